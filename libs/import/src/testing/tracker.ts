import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Recorded } from '#kernel/event';
import { Trace, TraceHandler } from '#traceability/chain.queries';
import type { Chain } from '#traceability/chain.types';
import { factId } from '../fact-id.js';
import type { Concept } from '../concepts.js';
import type { Recording } from './recording.js';

const SOURCE = 'tracker';
const at = (column: string, more: object = {}) => ({ from: '@item', pattern: column, ...more });

/** A tracker as teams keep it: view, answer, promise and what came of it in one row. */
export const TRACKER = {
  source: SOURCE, public: true, authority: { from: 'Council', otherwise: 'keep-as-missing' },
  dates: { formats: ['YYYY-MM-DD', 'YYYY-MM'], zone: 'Europe/London' },
  files: [{ yields: [
    { concept: 'contribution', id: '{Ref}', occurredAt: 'Day',
      fields: { words: 'Said', channel: { constant: 'phone' }, capacity: { constant: 'uses-services' }, voice: 'Voice', attribution: { constant: 'group' } },
      links: [{ as: 'duplicate-of', each: { from: 'Same as', split: ';' }, to: { concept: 'contribution', id: '{@item}' } }] },
    { concept: 'decision', id: '{Ref}', when: { from: 'Answer', present: true }, occurredAt: 'Decided',
      fields: { statement: 'Answer', reasonWords: 'Why', status: 'State' },
      links: [{ as: 'answers', to: { concept: 'contribution', id: '{Ref}' } }, { as: 'answers', each: { from: 'Also', split: ';' }, to: { concept: 'contribution', id: '{@item}' } }] },
    { concept: 'serviceChange', id: '{Ref}', when: { from: 'Change', present: true }, occurredAt: 'Decided',
      fields: { what: 'Change', ownerRole: 'Owner', due: 'Due', status: 'State' },
      links: [{ as: 'follows-from', to: { concept: 'decision', id: '{Ref}' } }] },
    { concept: 'progress', id: '{Ref}-{@index}', each: { from: 'Steps', split: ';' }, occurredAt: at('^([^|]+)'),
      fields: { state: at('^[^|]+\\|([^|>]+)'), words: at('\\|[^|]+\\|([^|]+)'), newDue: at('>([^|]+)') },
      links: [{ as: 'about', to: { concept: 'serviceChange', id: '{Ref}' } }] },
    { concept: 'withdrawal', id: '{Ref}', when: { from: 'Taken back', present: true }, occurredAt: 'Taken back',
      links: [{ as: 'of', to: { concept: 'contribution', id: '{Ref}' } }] },
  ] }],
}; // prettier-ignore

const COLUMNS = ['Council', 'Ref', 'Day', 'Said', 'Voice', 'Same as', 'Answer', 'Decided', 'Why', 'State', 'Also', 'Change', 'Owner', 'Due', 'Steps', 'Taken back'] as const; // prettier-ignore
export type TrackerRow = Partial<Record<(typeof COLUMNS)[number], string>>;

const cell = (value: string) => `"${value.replaceAll('"', '""')}"`;

/** A file of the tracker in the folder of a recording. */
export const trackerFile = (recording: Recording, name: string, ...rows: readonly TrackerRow[]): string => {
  mkdirSync(recording.folder, { recursive: true });
  const path = join(recording.folder, name);
  const basics = { Council: 'essex', Day: '2023-01-02', Decided: '2023-02-01', Voice: 'own' };
  const lines = rows.map((row) => COLUMNS.map((column) => cell({ ...basics, ...row }[column] ?? '')).join(','));
  writeFileSync(path, [COLUMNS.join(','), ...lines].join('\n'));
  return path;
};

export const idOf = (concept: Concept, ref: string): string => factId(SOURCE, ref, concept);

export const chainOf = async ({ engine }: Recording, concept: Concept, ref: string): Promise<Chain> => {
  const { rows, vault, clock } = engine;
  const chain = await new TraceHandler(rows, vault, clock).execute(new Trace(idOf(concept, ref), 'staff'));
  if (!chain) throw new Error(`there is no ${concept} ${ref}`);
  return chain;
};

/** Types of the events of one thing, in order; without those of keys. */
export const eventsOf = async ({ engine }: Recording, concept: Concept, ref: string): Promise<readonly Recorded[]> => {
  const events: Recorded[] = [];
  for await (const stored of engine.store.read(`${concept}-${idOf(concept, ref)}`))
    events.push(engine.codec.decode(stored));
  return events.filter(({ type }) => type !== 'SubjectKeyCreated');
};
