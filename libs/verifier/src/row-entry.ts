import type { Envelope, SealedNote } from './envelope.js';
import { asciiAt } from './interned.js';
import { ACTOR_AT, CAUSE_AT, DATA_AT, DATA_END, FLAGS, ID_AT, IMPORTED, INSTANT_LENGTH, OCCURRED_AT, RECORDED_AT, REVISION, ROW, type Rows, SEALED_AT, SEALED_END, STREAM_AT, STREAM_END, TYPE_AT, TYPE_END, UUID_LENGTH } from './row.js'; // prettier-ignore
import type { JsonObject } from './strict-json.js';

interface Described {
  readonly kid: string;
  readonly iv: string;
  readonly len: number;
  readonly h: string;
}

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * An entry by its row, moved from one to the next: whoever keeps anything of it keeps a copy. What is not a number is
 * read from the bytes when it is asked for, which for most entries is never.
 */
export class RowEntry implements Envelope {
  private file: Rows = { bytes: new Uint8Array(), rows: new Int32Array(), extra: new Int32Array() };
  private rows = this.file.rows;
  private base = 0;
  /** Its place in the file. */
  row = 0;
  index = 0;
  private read: JsonObject | undefined;
  private notes: readonly SealedNote[] | undefined;

  open(file: Rows): void {
    this.file = file;
    this.rows = file.rows;
  }
  move(row: number, index: number): void {
    this.row = row;
    this.base = row * ROW;
    this.index = index;
    this.read = undefined;
    this.notes = undefined;
  }

  get bytes(): Uint8Array {
    return this.file.bytes;
  }
  get extra(): Int32Array {
    return this.file.extra;
  }
  int(which: number): number {
    return this.rows[this.base + which] as number;
  }
  private ascii(from: number, to: number): string {
    return asciiAt(this.bytes, from, to);
  }
  private json(from: number, to: number): unknown {
    return JSON.parse(utf8.decode(this.bytes.subarray(from, to)));
  }

  get id(): string {
    return this.ascii(this.int(ID_AT), this.int(ID_AT) + UUID_LENGTH);
  }
  get stream(): string {
    return this.ascii(this.int(STREAM_AT), this.int(STREAM_END));
  }
  /** What stands before the UUID in the name of the stream, and its dash. */
  get category(): string {
    return this.ascii(this.int(STREAM_AT), this.int(STREAM_END) - UUID_LENGTH - 1);
  }
  get rev(): number {
    return this.int(REVISION);
  }
  get type(): string {
    return this.ascii(this.int(TYPE_AT), this.int(TYPE_END));
  }
  get occurredAt(): string {
    return this.ascii(this.int(ID_AT) + OCCURRED_AT, this.int(ID_AT) + OCCURRED_AT + INSTANT_LENGTH);
  }
  get recordedAt(): string {
    return this.ascii(this.int(ID_AT) + RECORDED_AT, this.int(ID_AT) + RECORDED_AT + INSTANT_LENGTH);
  }
  get actor(): { readonly role: string; readonly ref: string } {
    // Up to the cause, whose name and colon stand between them.
    return this.json(this.int(ACTOR_AT), this.int(CAUSE_AT) - ',"cause":'.length) as { role: string; ref: string };
  }
  get isImported(): boolean {
    return (this.int(FLAGS) & IMPORTED) !== 0;
  }
  private get cause(): { readonly command: string; readonly events: readonly string[] } {
    return this.json(this.int(CAUSE_AT), this.int(DATA_AT) - ',"data":'.length) as {
      command: string;
      events: string[];
    };
  }
  get command(): string {
    return this.cause.command;
  }
  get causes(): readonly string[] {
    return this.cause.events;
  }
  get data(): JsonObject {
    return (this.read ??= this.json(this.int(DATA_AT), this.int(DATA_END)) as JsonObject);
  }

  get sealed(): readonly SealedNote[] {
    if (this.notes) return this.notes;
    const fields = this.json(this.int(SEALED_AT), this.int(SEALED_END)) as Record<string, Described>;
    return (this.notes = Object.entries(fields).map(([pointer, { kid, iv, len, h }]) => ({
      pointer,
      kid,
      iv,
      len,
      digest: h,
    })));
  }
}
