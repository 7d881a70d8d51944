import type { Rows } from '#projections/rows';
import { measuresOver } from './every-measure.js';
import { type Counted, countedAs, standingOf, STANDINGS } from './measure.js';
import { spreadConfirmed, tieUp } from './evidence-ties.js';
import { toldBy } from './evidence-said.js';
import { type About, ALONE, type FactFacts, type Said, type Thing, type ThingFacts } from './things.js';

/** The entry that brought a change: its type, and its id, by which its seal is found. */
export type Entry = readonly [type: string, id: string];

/** One change to what is known. Plain data, so that it can wait until a recorded meeting is applied as a whole. */
export type Change =
  | {
      readonly op: 'make';
      readonly thing: Thing;
      /** The day on which it happened. */
      readonly day: string;
      readonly authority?: string | undefined;
      readonly team?: string | undefined;
      /** Role of who wrote it down. */
      readonly role: string;
      /** A sealed reference, or a title that is never personal. */
      readonly words?: string | undefined;
      readonly title?: string | undefined;
      /** What its page is found by, where that is another thing: the view of a reply. */
      readonly parent?: string | undefined;
      readonly mayShow: boolean;
      readonly shown: boolean;
      readonly facts: object;
      /** Of a view: who gave it, if that was written down. */
      readonly voice?: string | undefined;
      readonly entry: Entry;
    }
  | { readonly op: 'set'; readonly facts: Readonly<Record<string, unknown>>; readonly entry: Entry }
  /** Another entry of a fact; a first one in the place of one that was taken back also says day and title anew. */
  | {
      readonly op: 'did';
      readonly said: Said;
      readonly again?: { readonly day: string; readonly title: string };
      readonly entry: Entry;
    }
  | { readonly op: 'undid'; readonly of: string; readonly entry: Entry }
  | { readonly op: 'more'; readonly fact: string; readonly entry: Entry }
  | { readonly op: 'replied' | 'unreplied'; readonly reply: string; readonly entry: Entry }
  | { readonly op: 'words'; readonly words: string }
  | { readonly op: 'show'; readonly shown: boolean; readonly entry: Entry }
  /** Whether it may be shown at all, and whether it then is; no figure hangs on it. */
  | { readonly op: 'may-show'; readonly mayShow: boolean; readonly shown: boolean }
  | Tie;

export interface Tie {
  readonly op: 'tie' | 'untie';
  readonly kind: 'discussed' | 'decided' | 'concluded' | 'promised';
  readonly to: string;
  readonly effect?: string | undefined;
  readonly entry: Entry;
}

export interface Kept {
  readonly n: number;
  readonly thing: Thing;
  readonly day: string;
  readonly authority: string | null;
  readonly team: string | null;
  readonly facts: string;
  readonly about: string;
  readonly entries: string;
  readonly counted: string;
}

export const findKept = (rows: Rows, id: string): Kept | undefined =>
  rows.get<Kept>(
    'SELECT rowid AS n, thing, day, authority, team, facts, about, entries, counted FROM evidence_thing WHERE id = ?',
    id,
  );

/** Applies a change and brings the figures of whatever it touches up to date. */
export const keep = (rows: Rows, id: string, change: Change): void => {
  if (change.op === 'make') return make(rows, id, change);
  if ('to' in change) return tieUp(rows, id, change, note);
  if (change.op === 'words') return rows.run('UPDATE evidence_thing SET words = ? WHERE id = ?', change.words, id);
  if (change.op === 'may-show')
    return rows.run('UPDATE evidence_thing SET may_show = ?, shown = ? WHERE id = ?', change.mayShow, change.shown, id);
  if (change.op === 'show') {
    rows.run('UPDATE evidence_thing SET shown = may_show AND ? WHERE id = ?', change.shown, id);
    return note(rows, id, { facts: { chosen: true }, entry: change.entry });
  }
  if (change.op === 'set') return set(rows, id, change);
  const facts = factsOf(rows, id);
  if (change.op === 'did' || change.op === 'undid') {
    const { said: before = [] } = facts as Partial<FactFacts>;
    const said = change.op === 'did' ? [...before, change.said] : before.filter((each) => each.id !== change.of);
    // Nothing of it is counted now, so that its day may change.
    if (change.op === 'did' && change.again)
      rows.run('UPDATE evidence_thing SET day = ?, title = ? WHERE id = ?', change.again.day, change.again.title, id);
    return note(rows, id, { facts: { ...toldBy(said) }, entry: change.entry });
  }
  if (change.op === 'more')
    return note(rows, id, { facts: { [change.fact]: Number(facts[change.fact] ?? 0) + 1 }, entry: change.entry });
  const before = (facts['replied'] as readonly string[] | undefined) ?? [];
  const replied =
    change.op === 'replied' ? [...before, change.reply] : before.filter((reply) => reply !== change.reply);
  note(rows, id, { facts: { replied }, entry: change.entry });
};

/** Whether a promise is confirmed is told on, to the decision and the views behind it. */
const set = (rows: Rows, id: string, change: Extract<Change, { op: 'set' }>): void => {
  const { state } = factsOf(rows, id);
  note(rows, id, change);
  const now = change.facts['state'];
  if (state === undefined || now === undefined || (state === 'confirmed') === (now === 'confirmed')) return;
  spreadConfirmed(rows, id, now === 'confirmed' ? 1 : -1, note);
};

export const factsOf = (rows: Rows, id: string): Readonly<Record<string, unknown>> => {
  const row = rows.get<{ facts: string }>('SELECT facts FROM evidence_thing WHERE id = ?', id);
  return row ? (JSON.parse(row.facts) as Record<string, unknown>) : {};
};

const make = (rows: Rows, id: string, given: Extract<Change, { op: 'make' }>): void => {
  const { thing, day, authority, team, role, words, title, parent, mayShow, shown, voice, entry } = given;
  const facts = voice === undefined ? given.facts : { ...given.facts, first: speaks(rows, given, voice) };
  rows.run(
    `INSERT INTO evidence_thing VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '{}') ON CONFLICT DO NOTHING`,
    id, thing, day, authority, team, role, words, title, parent, mayShow, shown,
    JSON.stringify(facts), JSON.stringify(ALONE), JSON.stringify({ [entry[0]]: entry[1] }),
  ); // prettier-ignore
  count(rows, id);
};

/** What a note may change: what is known of the thing, what it is tied to, and which entry said so. */
export interface Note {
  readonly facts?: Readonly<Record<string, unknown>>;
  readonly about?: Partial<About>;
  readonly entry?: Entry;
}

/** Of a thing that is not there nothing can be noted. */
const note = (rows: Rows, id: string, { facts = {}, about = {}, entry }: Note): void => {
  const row = findKept(rows, id);
  if (!row) return;
  rows.run(
    'UPDATE evidence_thing SET facts = ?, about = ?, entries = ? WHERE id = ?',
    JSON.stringify({ ...(JSON.parse(row.facts) as object), ...facts }),
    JSON.stringify({ ...(JSON.parse(row.about) as object), ...about }),
    entry ? JSON.stringify({ ...(JSON.parse(row.entries) as object), [entry[0]]: entry[1] }) : row.entries,
    id,
  );
  count(rows, id);
};
export type NoteDown = typeof note;

/** Whether this person speaks for the first time; and one view more of theirs, wherever they are counted. */
const speaks = (rows: Rows, { authority, team }: Extract<Change, { op: 'make' }>, voice: string): boolean => {
  const isFirst =
    rows.get('SELECT 1 FROM evidence_voice WHERE scope = ? AND voice = ?', nameNumber(rows, 'all'), voice) ===
    undefined;
  for (const scope of scopesOf(authority ?? null, team ?? null))
    rows.run(
      'INSERT INTO evidence_voice VALUES (?, ?, 1) ON CONFLICT (scope, voice) DO UPDATE SET views = views + 1',
      nameNumber(rows, scope),
      voice,
    );
  return isFirst;
};

/** Who asks about everyone, a council or a team reads rows of one scope. */
export const scopesOf = (authority: string | null, team: string | null): string[] => [
  'all',
  ...(authority === null ? [] : [`authority ${authority}`]),
  ...(team === null ? [] : [`team ${team}`]),
];

/** Scopes and keys of measures as small numbers, in the order in which the record first needed them. */
const nameNumber = (rows: Rows, name: string): number => {
  const found = rows.get<{ n: number }>('SELECT n FROM evidence_name WHERE name = ?', name);
  if (found) return found.n;
  const { n } = rows.get<{ n: number }>('SELECT count(*) + 1 AS n FROM evidence_name') ?? { n: 1 };
  rows.run('INSERT INTO evidence_name VALUES (?, ?)', name, n);
  return n;
};

export const dayNumber = (day: string): number => Math.floor(Date.parse(`${day}T00:00:00Z`) / 86_400_000);

type CountedBy = Readonly<Record<string, Counted>>;

/** Counts the thing anew under every measure, and writes down only what is different. */
const count = (rows: Rows, id: string): void => {
  const row = findKept(rows, id);
  if (!row) return;
  const facts = JSON.parse(row.facts) as ThingFacts[Thing];
  const about = JSON.parse(row.about) as About;
  const counted: CountedBy = Object.fromEntries(
    measuresOver(row.thing).flatMap((each) => {
      const entry = countedAs(each, facts, about);
      return entry ? [entry] : [];
    }),
  );
  const before = JSON.parse(row.counted) as CountedBy;
  for (const key of new Set([...Object.keys(before), ...Object.keys(counted)])) {
    if (JSON.stringify(before[key]) === JSON.stringify(counted[key])) continue;
    if (before[key]) tally(rows, row, key, before[key], -1);
    if (counted[key]) tally(rows, row, key, counted[key], 1);
  }
  rows.run('UPDATE evidence_thing SET counted = ? WHERE id = ?', JSON.stringify(counted), id);
};

const tally = (rows: Rows, row: Kept, key: string, counted: Counted, by: 1 | -1): void => {
  const measure = nameNumber(rows, key);
  const standing = STANDINGS.indexOf(standingOf(counted));
  for (const name of scopesOf(row.authority, row.team)) {
    const scope = nameNumber(rows, name);
    rows.run(
      `INSERT INTO evidence_tally VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (scope, measure, month)
       DO UPDATE SET met = met + excluded.met, unmet = unmet + excluded.unmet, unknown = unknown + excluded.unknown`,
      scope, measure, row.day.slice(0, 7), by * counted.met, by * counted.unmet, by * counted.unknown,
    ); // prettier-ignore
    const at = [scope, measure, standing, dayNumber(row.day), row.n] as const;
    if (by === 1) rows.run('INSERT INTO evidence_case VALUES (?, ?, ?, ?, ?)', ...at);
    else
      rows.run(
        'DELETE FROM evidence_case WHERE scope = ? AND measure = ? AND standing = ? AND day = ? AND thing = ?',
        ...at,
      );
  }
};
