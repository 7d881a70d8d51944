import type { Effect } from '#kernel/codes';
import type { Concept } from '../concepts.js';
import type { When } from '../dates/when.js';
import type { FieldValue } from './evaluate.js';

/** A link before it is known whether its target is there. */
export interface DraftLink {
  readonly as: string;
  readonly to: DraftTarget;
  readonly effect: Effect | null;
  readonly why: string | null;
}

export interface DraftTarget {
  readonly concept: Concept;
  readonly by: 'id' | 'series';
  readonly name: string;
}

/** What one row says about one thing. Fields that it does not say are left out, not null: absence never takes anything back. */
export interface DraftFact {
  readonly concept: Concept;
  readonly sourceId: string;
  readonly occurredAt: When;
  readonly authority: string;
  readonly public: boolean;
  readonly language: string | null;
  readonly series: string | null;
  readonly fields: Readonly<Record<string, FieldValue>>;
  readonly links: readonly DraftLink[];
  readonly from: DraftTarget | null;
}

export interface RowProblem {
  readonly level: 'error' | 'warning';
  readonly code: string;
  readonly message: string;
  readonly column?: string;
}

/** What one row gives: facts, or the reasons why it cannot be imported. A row goes in whole or not at all. */
export interface RowResult {
  readonly facts: readonly DraftFact[];
  /** Concept of each thing that the row tells of, also of those that do not fit. */
  readonly concepts: readonly Concept[];
  readonly problems: readonly RowProblem[];
  /** The mapping leaves this row out on purpose, and says why. */
  readonly ignored: string | null;
  /** Of this row; decides which copy is the later one. */
  readonly updatedAt: string | null;
}
