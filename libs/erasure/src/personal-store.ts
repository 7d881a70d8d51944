import type { Json } from '#kernel/personal';
import type { LedgerEntry } from '#vault/erasure-ledger';

/** Whose data it is, in the terms of every store: ids of people, views, keys and streams, never a name. */
export type Whose = Pick<LedgerEntry, 'person' | 'kind' | 'targets' | 'views' | 'kids' | 'streams'>;

/**
 * One place that may hold something about a person. Whatever is built next and keeps personal data adds one of these to
 * `every-store.ts`; a table or a file that is neither here nor declared free of personal data fails the build.
 */
export interface PersonalStore {
  /** A code: it stands in the event that says how much was purged. */
  readonly name: string;
  /** For people: "Names and contacts". */
  readonly title: string;
  /** `file/table`, `vault.db/record:kind`, or a file name; `*` stands for anything. */
  readonly holds: readonly string[];
  /** Takes everything of theirs out, also out of write-ahead logs. Twice does no harm. Answers how many things. */
  purge(whose: Whose): Promise<number>;
  /** What is left of theirs; 0 after a purge. Looked at before anybody says that it is done. */
  left(whose: Whose): Promise<number>;
  /** Everything of theirs that can be read, for a copy that they are given (article 15); what is about others is not in it. */
  copy(whose: Whose): Promise<readonly Json[]>;
}

/** A place that holds nothing about a person, and why that is so. */
export interface FreePlace {
  readonly place: string;
  readonly because: string;
}
