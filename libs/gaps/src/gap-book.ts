import type { Rows } from '#projections/rows';
import { type Facts, type Gap, gapsOf, type Measured, measuresOf, type Ties } from './gap-rules.js';

/** One change to what is known. Plain data, so that it can wait until a recorded meeting is applied as a whole. */
export type Change =
  | {
      readonly op: 'make';
      readonly authority?: string | undefined;
      readonly team?: string | undefined;
      /** A sealed reference, or a title that is never personal. */
      readonly words?: string | undefined;
      readonly title?: string | undefined;
      readonly mayShow: boolean;
      readonly shown: boolean;
      readonly facts: Facts;
    }
  | { readonly op: 'set'; readonly facts: Readonly<Record<string, unknown>> }
  | { readonly op: 'pass'; readonly authority: string }
  | { readonly op: 'words'; readonly words: string }
  | { readonly op: 'show'; readonly shown: boolean }
  /** Whether it may be shown at all, and whether it then is. */
  | { readonly op: 'may-show'; readonly mayShow: boolean; readonly shown: boolean }
  | { readonly op: 'replied' | 'reply-failed'; readonly reply: string }
  | { readonly op: 'tie' | 'untie'; readonly to: string; readonly kind: TieKind };

export type TieKind = 'discussed' | 'decided' | 'concluded' | 'promised';

interface Kept {
  readonly authority: string | null;
  readonly team: string | null;
  readonly facts: string;
  readonly measured: string;
}

/** Applies a change and brings the gaps and the counts of whatever it touches up to date. */
export const keep = (rows: Rows, id: string, change: Change): void => {
  if ('to' in change) {
    const [from, to] = [id, change.to];
    if (change.op === 'tie')
      rows.run('INSERT INTO gap_tie VALUES (?, ?, ?) ON CONFLICT DO NOTHING', from, change.kind, to);
    else rows.run('DELETE FROM gap_tie WHERE from_id = ? AND kind = ? AND to_id = ?', from, change.kind, to);
    refresh(rows, from);
    refresh(rows, to);
    return;
  }
  if (change.op === 'make')
    rows.run(
      `INSERT INTO gap_thing VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, '{}') ON CONFLICT DO NOTHING`,
      id, change.facts.thing, change.authority, change.team, change.words, change.title, change.mayShow, change.shown,
      JSON.stringify(change.facts),
    ); // prettier-ignore
  else if (change.op === 'pass') pass(rows, id, change.authority);
  else if (change.op === 'words') rows.run('UPDATE gap_thing SET words = ? WHERE id = ?', change.words, id);
  else if (change.op === 'show') rows.run('UPDATE gap_thing SET shown = may_show AND ? WHERE id = ?', change.shown, id);
  else if (change.op === 'may-show')
    rows.run('UPDATE gap_thing SET may_show = ?, shown = ? WHERE id = ?', change.mayShow, change.shown, id);
  else setFacts(rows, id, change);
  refresh(rows, id);
};

/** To a new council, with its gaps and all that is counted of it. */
const pass = (rows: Rows, id: string, authority: string): void => {
  const row = rows.get<Kept>('SELECT authority, team, facts, measured FROM gap_thing WHERE id = ?', id);
  if (!row) return;
  count(rows, row, JSON.parse(row.measured) as Measured, -1);
  rows.run('DELETE FROM gap WHERE id = ?', id);
  rows.run(`UPDATE gap_thing SET authority = ?, measured = '{}' WHERE id = ?`, authority, id);
};

const setFacts = (
  rows: Rows,
  id: string,
  change: Extract<Change, { op: 'set' | 'replied' | 'reply-failed' }>,
): void => {
  const row = rows.get<{ facts: string }>('SELECT facts FROM gap_thing WHERE id = ?', id);
  if (!row) return;
  const facts = JSON.parse(row.facts) as Record<string, unknown> & { replies?: readonly string[] };
  const { replies = [] } = facts;
  const changed =
    change.op === 'set'
      ? change.facts
      : {
          replies:
            change.op === 'replied' ? [...replies, change.reply] : replies.filter((each) => each !== change.reply),
        };
  rows.run('UPDATE gap_thing SET facts = ? WHERE id = ?', JSON.stringify({ ...facts, ...changed }), id);
};

const tiesOf = (rows: Rows, id: string): Ties => {
  const out = new Set(
    rows.all<{ kind: TieKind }>('SELECT DISTINCT kind FROM gap_tie WHERE from_id = ?', id).map(({ kind }) => kind),
  );
  const hasView = rows.get(`SELECT 1 FROM gap_tie WHERE to_id = ? AND kind = 'decided' LIMIT 1`, id) !== undefined;
  return {
    discussed: out.has('discussed'),
    decided: out.has('decided') || out.has('concluded'),
    promised: out.has('promised'),
    hasView,
  };
};

const refresh = (rows: Rows, id: string): void => {
  const row = rows.get<Kept>('SELECT authority, team, facts, measured FROM gap_thing WHERE id = ?', id);
  if (!row) return;
  const facts = JSON.parse(row.facts) as Facts;
  const ties = tiesOf(rows, id);
  writeGaps(rows, id, row, gapsOf(facts, ties));
  const measured = measuresOf(facts, ties);
  const text = JSON.stringify(measured);
  if (text === row.measured) return;
  count(rows, row, JSON.parse(row.measured) as Measured, -1);
  count(rows, row, measured, 1);
  rows.run('UPDATE gap_thing SET measured = ? WHERE id = ?', text, id);
};

const writeGaps = (rows: Rows, id: string, { authority, team }: Kept, gaps: readonly Gap[]): void => {
  const before = rows.all<{ kind: string; from_day: string }>('SELECT kind, from_day FROM gap WHERE id = ?', id);
  for (const { kind, from_day } of before)
    if (!gaps.some((gap) => gap.kind === kind && gap.from === from_day))
      rows.run('DELETE FROM gap WHERE id = ? AND kind = ?', id, kind);
  for (const { kind, from } of gaps)
    rows.run('INSERT INTO gap VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING', id, kind, from, authority, team);
};

/** Who asks about everything, a council or a team reads one row a measure. */
export const scopesOf = (authority: string | null, team: string | null): string[] => [
  'all',
  ...(authority === null ? [] : [`authority ${authority}`]),
  ...(team === null ? [] : [`team ${team}`]),
];

const count = (rows: Rows, { authority, team }: Kept, measured: Measured, by: 1 | -1): void => {
  for (const [measure, is] of Object.entries(measured))
    for (const scope of scopesOf(authority, team))
      rows.run(
        `INSERT INTO gap_measure VALUES (?, ?, ?, ?, ?) ON CONFLICT (scope, measure)
         DO UPDATE SET have = have + excluded.have, missing = missing + excluded.missing, unknown = unknown + excluded.unknown`,
        scope, measure, is === true ? by : 0, is === false ? by : 0, is === null ? by : 0,
      ); // prettier-ignore
};
