import { toBase64 } from '#transparency-log/base64';
import type { KeptCheckpoint } from './checkpoints.js';
import type { Problem } from './log-keeper.js';
import type { WitnessContact } from './witness-contacts.js';
import type { Vouched } from './witness-round.js';

/** How the seal of the record stands: for readiness, metrics and the page that says it to everyone. */
export interface LogState {
  readonly origin: string | null;
  /** Entries in the record; null while it cannot be counted. */
  readonly entries: number | null;
  readonly checkpoint: { readonly size: number; readonly root: string; readonly signedAt: string } | null;
  /** The last signed checkpoint of the log before this one, where there was one: what it held must still be here. */
  readonly predecessor: string | null;
  /** Why nothing new is sealed, in words for the person who can mend it. */
  readonly problem: Problem | null;
  readonly witnesses: {
    /** Servers of others that are asked. 0 is said plainly: nobody else vouches for this record. */
    readonly asked: number;
    /** How many of them have cosigned the newest checkpoint. */
    readonly independent: number;
    /** Whether that is as many as the policy wants; with no policy nobody is wanted. */
    readonly isQuorum: boolean;
    readonly newest: string | null;
    readonly ageSeconds: number | null;
    /** Younger than an hour; older may mean that an old view is shown. */
    readonly isFresh: boolean;
    readonly each: readonly WitnessContact[];
    /** Witnesses that have seen another history of this record. Each holds its evidence. */
    readonly conflicts: number;
  };
}

const HOUR = 3_600;

export const stateOf = (known: {
  readonly entries: number | null;
  readonly last: KeptCheckpoint | undefined;
  readonly predecessor: string | null;
  readonly asked: number;
  readonly vouched: Vouched | undefined;
  readonly problem: Problem | undefined;
  readonly isSigned: boolean;
  readonly contacts: readonly WitnessContact[];
  readonly now: Date;
}): LogState => {
  const { entries, last, predecessor, asked, vouched, problem, isSigned, contacts, now } = known;
  const newest = vouched?.newest ?? null;
  const ageSeconds = newest === null ? null : Math.max(0, Math.round((now.getTime() - Date.parse(newest)) / 1_000));
  const noSigner = { message: 'There is no signer: this record is not sealed.', since: now.toISOString() };
  return {
    origin: last?.origin ?? null,
    entries,
    checkpoint: last ? { size: last.size, root: toBase64(last.root), signedAt: last.signedAt } : null,
    predecessor,
    problem: problem ?? (isSigned ? null : noSigner),
    witnesses: {
      asked,
      independent: vouched?.independent ?? 0,
      isQuorum: vouched?.isQuorum ?? false,
      newest,
      ageSeconds,
      isFresh: ageSeconds !== null && ageSeconds < HOUR,
      each: contacts,
      conflicts: contacts.filter(({ conflict }) => conflict !== null).length,
    },
  };
};
