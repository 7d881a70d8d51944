import type { LifecycleState } from '#kernel/codes';

/** A promise as lists know it, of whichever kind; words and names are references. */
export interface PromiseRow {
  readonly id: string;
  readonly authority: string;
  readonly team: string | null;
  readonly what: string;
  readonly owner_person: string | null;
  readonly owner_name: string | null;
  readonly owner_role: string | null;
  readonly due: string | null;
  /** A source that gives no more than a month or a year: `due` is its last day. */
  readonly due_precision: 'month' | 'year' | null;
  readonly first_due: string | null;
  readonly proof_wanted: string | null;
  readonly checker_name: string | null;
  readonly checker_role: string | null;
  readonly state: LifecycleState;
  readonly accepted: number;
  readonly moved: number;
  readonly proofs: number;
  readonly look_again: string | null;
  readonly asked_date: string | null;
  /** Every council that had it, the first at the front, with spaces between; the last is `authority`. */
  readonly holders: string;
  /** Since when the council of today has it; null: it made it itself. */
  readonly transferred_on: string | null;
  readonly reference: string | null;
  readonly promised_at: string;
  /** How exactly it is known when; null: to the moment. */
  readonly promised_precision: 'day' | 'month' | 'year' | null;
  readonly updated_at: string;
  readonly updated_precision: 'day' | 'month' | 'year' | null;
  readonly imported: number;
  readonly position: string;
}
