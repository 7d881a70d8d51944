import type { Concept } from '../concepts.js';
import type { Position } from '#event-store/event-store';

/** What became of the facts of one concept. */
export interface Tally {
  /** Recorded for the first time; `changed`: recorded before, and something new was added; `unchanged`: as recorded. */
  new: number;
  changed: number;
  unchanged: number;
  /** Refused; each is listed. */
  rejected: number;
  /** Not recorded yet: what they point at is not in the record. Imported again after it, they are. */
  waiting: number;
  /** Changed at the source in a way that the record cannot say; it keeps what it has. */
  kept: number;
}

export interface Applied {
  readonly concepts: Partial<Record<Concept, Tally>>;
  recorded: number;
  changed: number;
  unchanged: number;
  waiting: number;
  differing: number;
  /** Of what the record cannot say: how often each field differs, like `commitment.proofWanted`. */
  readonly keptFields: Record<string, number>;
  readonly refused: RefusedFact[];
  /** How many more were refused than are listed. */
  refusedMore: number;
  events: number;
  last: Position | null;
}

export interface RefusedFact {
  readonly file: string;
  readonly row: number;
  readonly concept: string;
  /** The source's own id of it. */
  readonly sourceId: string;
  readonly code: string;
  readonly message: string;
}

export const nothingApplied = (): Applied => ({
  concepts: {}, recorded: 0, changed: 0, unchanged: 0, waiting: 0, differing: 0, keptFields: {}, refused: [], refusedMore: 0, events: 0, last: null,
}); // prettier-ignore

const TOTALS = { new: 'recorded', changed: 'changed', unchanged: 'unchanged', waiting: 'waiting', kept: 'differing' } as const; // prettier-ignore

export const emptyTally = (): Tally => ({ new: 0, changed: 0, unchanged: 0, rejected: 0, waiting: 0, kept: 0 });

export const tally = (applied: Applied, concept: Concept, what: keyof Tally): void => {
  const of = (applied.concepts[concept] ??= emptyTally());
  of[what]++;
  if (what !== 'rejected') applied[TOTALS[what]]++;
};

export const keptOf = (
  { keptFields }: Pick<Applied, 'keptFields'>,
  concept: Concept,
  fields: readonly string[],
): void => {
  for (const field of fields) keptFields[`${concept}.${field}`] = (keptFields[`${concept}.${field}`] ?? 0) + 1;
};

const MOST_LISTED = 1_000;

export const refused = (applied: Applied, fact: RefusedFact): void => {
  if (applied.refused.length < MOST_LISTED) applied.refused.push(fact);
  else applied.refusedMore++;
};
