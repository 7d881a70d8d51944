export interface EventStoreDbOptions {
  /**
   * How an append travels. `single` (default): a call of its own, with a deadline the client keeps. `batch`: the
   * client's one shared call, for very many small appends; ADR 0004 lists what it gets wrong.
   */
  readonly appendCall?: 'single' | 'batch';
  /** How long one attempt of an append may take before its outcome counts as unknown, in milliseconds. */
  readonly appendTimeoutMs?: number;
  /** How long an append is tried again, all attempts together, in milliseconds. */
  readonly appendBudgetMs?: number;
  /** How long a read may stay silent, in milliseconds. */
  readonly readTimeoutMs?: number;
  /** How long a read is tried again, all attempts together, in milliseconds. */
  readonly readBudgetMs?: number;
  /** How long `status()` waits for an answer, in milliseconds. */
  readonly statusTimeoutMs?: number;
  /** How long a lost subscription waits before it resumes: the first time, and at most. In milliseconds. */
  readonly resumeFirstMs?: number;
  readonly resumeMostMs?: number;
}

export type Settings = Required<EventStoreDbOptions>;

export const settingsFrom = (options: EventStoreDbOptions): Settings => ({
  appendCall: 'single',
  appendTimeoutMs: 4_000,
  appendBudgetMs: 12_000,
  readTimeoutMs: 8_000,
  readBudgetMs: 4_000,
  statusTimeoutMs: 2_500,
  resumeFirstMs: 100,
  resumeMostMs: 5_000,
  ...options,
});
