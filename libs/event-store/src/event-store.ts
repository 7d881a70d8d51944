/**
 * The event store port. Two adapters stand behind it: embedded SQLite (`./sqlite`) and EventStoreDB / KurrentDB
 * (`./eventstoredb`). It offers what both can keep: one stream per append, optimistic concurrency by expected
 * revision, and one total order. The contract suite beside it (`./testing`) is what "can keep" means.
 */
export interface EventStore {
  /**
   * Appends a batch to one stream, all or nothing. Resolves only when the batch is durable (survives power loss).
   * Retry-safe: appending the same ids at the same expected revision again answers the first result.
   * @throws RevisionConflict when the stream is not at `expected`; carries the actual revision.
   * @throws AppendTooLarge when the batch exceeds {@link MAX_APPEND_BYTES} or a leaf {@link MAX_LEAF_BYTES}.
   * @throws StoreUnavailable when the outcome is unknown or the store is away: retry with the same ids.
   */
  append(stream: string, events: readonly EventToAppend[], expected: ExpectedRevision): Promise<Appended>;

  /** Events of one stream in revision order, from `from` (inclusive, default 0) on. An unknown stream yields nothing. */
  read(stream: string, options?: { from?: number; limit?: number }): AsyncIterable<StoredEvent>;

  /** All events in store order, strictly after `after` (default: the beginning). */
  readAll(options?: { after?: Position; limit?: number }): AsyncIterable<StoredEvent>;

  /**
   * Hands over every event after `after` in store order, then live ones as they come, without gap or repeat, in
   * batches. A batch is handed over only when the previous call has settled. A throwing handler ends the subscription
   * and `closed` rejects with its error; loss of the store does not: the subscription resumes by itself.
   */
  subscribe(
    options: { after?: Position; batch?: number },
    handle: (events: readonly StoredEvent[]) => Promise<void>,
  ): Subscription;

  /** The position of the newest event, or null in an empty store. */
  head(): Promise<Position | null>;

  /** Orders two positions of this store: negative when `a` is before `b`. */
  compare(a: Position, b: Position): number;

  /** Whether the store answers now; never throws. `broken`: it will not write again until a new process opens it. */
  status(): Promise<{ reachable: boolean; detail: string; broken?: true }>;

  /** Waits for appends under way, ends subscriptions, releases the store. */
  close(): Promise<void>;
}

/** Opaque, per adapter; comes back from the store and is compared only by it. Safe in JSON and in SQLite TEXT. */
export type Position = string;

/** `'none'`: the stream must not exist. `'any'`: no check (idempotent by event id as far as the adapter can see). */
export type ExpectedRevision = number | 'none' | 'any';

export interface EventToAppend {
  /** UUID; UUIDv5 of command id and index, so that a retried command carries the same ids. */
  readonly id: string;
  /** Stored type with version, for example `decision-made.v1`. */
  readonly type: string;
  /** The leaf: canonical JSON, stored and returned byte for byte. */
  readonly leaf: Uint8Array;
  readonly correlation?: string;
  readonly causation?: string;
}

export interface StoredEvent {
  readonly id: string;
  readonly stream: string;
  /** From 0, contiguous within the stream. */
  readonly revision: number;
  readonly type: string;
  readonly leaf: Uint8Array;
  readonly position: Position;
}

export interface Appended {
  /** Revision of the last event of the batch. */
  readonly revision: number;
  readonly position: Position;
}

export interface Subscription {
  /** Ends the subscription; resolves when the handler under way has settled. */
  stop(): Promise<void>;
  /** Resolves after `stop()`, rejects when the handler threw. */
  readonly closed: Promise<void>;
}

/** Bytes of one leaf (a tile entry carries its length in 16 bits; C2SP tlog-tiles). */
export const MAX_LEAF_BYTES = 65_535;
/** Bytes of one append: below the 1 MiB default of EventStoreDB up to 24. */
export const MAX_APPEND_BYTES = 900_000;

export class RevisionConflict extends Error {
  constructor(
    readonly stream: string,
    readonly expected: ExpectedRevision,
    readonly actual: number | 'none',
  ) {
    super(`stream ${stream} is at ${actual}, expected ${expected}`);
    this.name = 'RevisionConflict';
  }
}

export class AppendTooLarge extends Error {
  constructor(
    readonly bytes: number,
    readonly limit: number,
  ) {
    super(`${bytes} bytes, the limit is ${limit}`);
    this.name = 'AppendTooLarge';
  }
}

export class StoreUnavailable extends Error {
  constructor(detail: string, options?: ErrorOptions) {
    super(detail, options);
    this.name = 'StoreUnavailable';
  }
}
