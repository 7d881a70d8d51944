import type { FilePlan } from '../mapping/plan.js';
import { readMapping } from '../mapping/read-mapping.js';
import { mapRow } from '../rows/map-row.js';
import type { RowResult } from '../rows/draft.js';

export type Json = Record<string, unknown>;
export const contribution = {
  words: { constant: 'x' },
  channel: { constant: 'survey' },
  capacity: { constant: 'other' },
  voice: { constant: 'own' },
  attribution: { constant: 'group' },
};

/** Runs one yield over one row. */
export const run = (
  record: Json,
  yielded: Json,
  more: { file?: Json; root?: Json; join?: (name: string, key: string) => Json | null } = {},
): RowResult => {
  const mapping = readMapping({
    source: 's',
    public: true,
    authority: { constant: 'essex' },
    ...more.root,
    files: [{ file: 'a.csv', ...more.file, yields: [{ id: '{id}', occurredAt: { constant: '2020' }, ...yielded }] }],
  });
  const join = more.join ?? (() => null);
  return mapRow(mapping.files[0] as FilePlan, {
    record: { id: '1', ...record },
    row: 2,
    file: 'a.csv',
    join,
    authority: null,
  });
};
export const give = (record: Json, words: unknown, more = {}): unknown => {
  const { facts, problems } = run(
    record,
    { concept: 'contribution', fields: { ...contribution, words, reference: 'id' } },
    more,
  );
  return facts[0]?.fields['words'] ?? problems.map(({ code }) => code);
};
export const decide = (record: Json, fields: Json, more = {}): unknown => {
  const { facts, problems } = run(
    record,
    { concept: 'decision', fields: { statement: { constant: 's' }, ...fields } },
    more,
  );
  return problems.length > 0 ? problems.map(({ code, column }) => `${code} ${column}`) : facts[0]?.fields;
};
