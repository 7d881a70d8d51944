import type { Effect } from '#kernel/codes';
import type { Concept, FieldsOf } from './concepts.js';
import type { When } from './dates/when.js';

/** Where a fact was read: names and digests, nothing personal. */
export interface Provenance {
  /** Name of the file, without its folder. */
  readonly file: string;
  /** SHA-256 of the file's bytes as they lie on disk, hex. */
  readonly digest: string;
  /** Row of the first copy; the header of a spreadsheet is row 1. */
  readonly row: number;
  /** How many rows of this run said something about this fact. */
  readonly copies: number;
}

export interface FactTarget {
  readonly concept: Concept;
  /** `factId` of the target. */
  readonly id: string;
  /** The source's own id; null where the mapping asked for the decision in force and there is none. */
  readonly sourceId: string | null;
  /** The target is in this run, or the caller's `isKnown` says it is recorded. Unresolved ones are listed in the report. */
  readonly resolved: boolean;
}

export interface FactLink {
  /** `answers`, `considers`, `duplicate-of` …: one of `LINKS`. */
  readonly as: string;
  readonly to: FactTarget;
  /** Only for `answers`; null when the source does not say what the view did. */
  readonly effect: Effect | null;
  readonly why: string | null;
}

export interface FactOf<C extends Concept> {
  readonly concept: C;
  /** UUIDv5 of source, concept and source id: the same thing in every run and every file of the source. */
  readonly id: string;
  readonly source: string;
  readonly sourceId: string;
  readonly occurredAt: When;
  readonly authority: string;
  /** May be shown to everyone. */
  readonly public: boolean;
  /** BCP 47 tag of the source's words; null when the mapping names none. */
  readonly language: string | null;
  /** Decisions on one and the same question; each supersedes the one before it. */
  readonly series: string | null;
  readonly fields: FieldsOf<C>;
  readonly links: readonly FactLink[];
  /** SHA-256, hex, of everything above that the source said; not of where it said it. */
  readonly digest: string;
  readonly provenance: Provenance;
}

/** A `link` fact connects two others: `from` is the one that the link belongs to, `links[0]` says as what and to what. */
export type LinkFact = FactOf<'link'> & { readonly from: FactTarget };

export type Fact = { [C in Exclude<Concept, 'link'>]: FactOf<C> }[Exclude<Concept, 'link'>] | LinkFact;
