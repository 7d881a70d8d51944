/**
 * The whole log by place instead of by stream: leaf 0 is the first event of all. Which events are leaves: all of ours,
 * in store order. The transparency log is built on this and on nothing else, so that both adapters have the same root.
 */
export interface Leaves {
  /** Takes in what the store has beyond what is known here. Answers how many leaves there are now. */
  follow(): Promise<number>;

  /** How many leaves were known when last looked. */
  count(): number;

  /** SHA-256(0x00 ‖ leaf) as it was stored with the event. @throws RecordFault for a leaf that is not there. */
  hash(index: number): Uint8Array;

  /** The hashes from `from` on, at most `limit`. @throws RecordFault when one in between is missing. */
  hashes(from: number, limit: number): Uint8Array[];

  /** The bytes too, and what the table says of them. @throws RecordFault when one in between is missing. */
  entries(from: number, limit: number): StoredLeaf[];

  /** Where an event lies in the log; undefined for what is no event of ours. */
  indexOf(eventId: string): number | undefined;

  /** Releases what this holds open; the store stays. */
  close(): void;
}

export interface StoredLeaf {
  readonly index: number;
  readonly leaf: Uint8Array;
  readonly hash: Uint8Array;
  /** What other columns say of the same event: the leaf says it too, and only the leaf is hashed. */
  readonly columns: LeafColumns;
}

export interface LeafColumns {
  readonly id?: string;
  readonly stream?: string;
  readonly rev?: number;
  readonly type?: string;
}

/** Something stored is not what it was: where, so that it can be found, and in words for an operator. */
export class RecordFault extends Error {
  constructor(
    readonly table: string,
    /** Of the leaf; the first that is wrong. */
    readonly index: number,
    message: string,
  ) {
    super(message);
    this.name = 'RecordFault';
  }
}

export const missingLeaf = (table: string, index: number): RecordFault =>
  new RecordFault(table, index, `Entry ${index} is missing from the table "${table}".`);
