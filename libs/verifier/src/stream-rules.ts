import type { Envelope, ForeignEntry } from './envelope.js';
import { eventIdInto, wordsInto } from './event-id.js';
import type { Findings, Place } from './finding.js';
import { CAUSE, CAUSES, CAUSES_AT, COMMAND, ID } from './row.js';
import type { RowEntry } from './row-entry.js';
import { StreamNames } from './stream-names.js';
import { WordTable } from './word-table.js';

const LAST_REVISION = 0xffffffff;
const NONE = -1;
type AnyEntry = Envelope | ForeignEntry;

/** Each stream is numbered from 0 without a gap, each id is the only one of its kind and follows from its command. */
export class StreamRules {
  private readonly names: StreamNames;
  private readonly next: Uint32Array;
  /** By stream: the command that wrote the last event, and the place that its next one would have. */
  private readonly commands: Int32Array;
  private readonly places: Uint32Array;
  private readonly ids: WordTable;
  /** Where each run of 256 numbers begins in the log. */
  private readonly starts: number[] = [];
  private readonly expected = new Int32Array(4);
  private readonly read = new Int32Array(8);

  /** `most`: so many entries there are at most. */
  constructor(
    private readonly findings: Findings,
    most: number,
  ) {
    this.names = new StreamNames(most);
    this.next = new Uint32Array(most);
    this.commands = new Int32Array(most * 4);
    this.places = new Uint32Array(most);
    this.ids = new WordTable(most);
  }

  /** To be called before the entries of each file, with the first of them. */
  open(start: number): void {
    this.starts.push(start);
  }

  /** @returns the number of its stream. */
  takeRow(entry: RowEntry): number {
    const stream = this.names.ofRow(entry);
    const follows = this.follows(stream, entry);
    const { rows, base } = entry;
    const place = this.placeIn(stream, rows, base + COMMAND);
    this.checkId(entry, rows, base + ID, base + COMMAND, follows ? place : NONE);
    const count = entry.int(CAUSES);
    for (let at = 0, from = entry.int(CAUSES_AT); at < count; at += 1, from += CAUSE)
      if (this.ids.find(entry.extra, from) < 0) this.unknownCause(entry, entry.causes[at]);
    this.addId(entry, rows, base + ID);
    return stream;
  }

  /** The same for an entry that is not in form. */
  take(entry: AnyEntry): number {
    const stream = this.names.of(entry.stream);
    const follows = this.follows(stream, entry);
    if ('foreign' in entry) return stream;
    const { read } = this;
    const isNumbered = wordsInto(entry.id, read, 0);
    const isCommanded = wordsInto(entry.command, read, 4);
    if (!isCommanded) read.fill(0, 4);
    const place = this.placeIn(stream, read, 4);
    if (!isNumbered || !isCommanded) {
      this.findings.add('id-wrong', placeOf(entry), `The number of entry ${entry.index}, or of what led to it, is not a UUID.`); // prettier-ignore
      return stream;
    }
    this.checkId(entry, read, 0, 4, follows ? place : NONE);
    for (const cause of entry.causes) if (this.entryOf(cause) === undefined) this.unknownCause(entry, cause);
    this.addId(entry, read, 0);
    return stream;
  }

  /** Where an id stands in the log. */
  private entryOf(id: string): number | undefined {
    const number = wordsInto(id, this.expected, 0) ? this.ids.find(this.expected, 0) : NONE;
    return number < 0 ? undefined : this.leafOf(number);
  }

  has(stream: string): boolean {
    return this.names.has(stream);
  }

  nameOf(stream: number): string {
    return this.names.name(stream);
  }

  get count(): number {
    return this.names.size;
  }

  private leafOf(number: number): number {
    return (this.starts[number >> 8] as number) + (number & 255);
  }

  private follows(stream: number, entry: AnyEntry): boolean {
    const next = this.next[stream] as number;
    const { rev: revision } = entry;
    if (revision === next) {
      this.next[stream] = next + 1;
      return true;
    }
    const { index: leaf, stream: name } = entry;
    if (revision > next)
      this.findings.add('gap-in-stream', placeOf(entry), `Entry ${leaf} is number ${revision} of ${name}, but number ${next} should come next.`); // prettier-ignore
    else
      this.findings.add('repeated-in-stream', placeOf(entry), `Entry ${leaf} is number ${revision} of ${name}, which was there before.`); // prettier-ignore
    this.next[stream] = Math.min(LAST_REVISION, Math.max(next, revision + 1));
    return false;
  }

  /** Counts the events that one command wrote into a stream. */
  private placeIn(stream: number, ints: Int32Array, at: number): number {
    const { commands } = this;
    const to = stream * 4;
    const isSame =
      commands[to] === ints[at] &&
      commands[to + 1] === ints[at + 1] &&
      commands[to + 2] === ints[at + 2] &&
      commands[to + 3] === ints[at + 3];
    if (!isSame) for (let word = 0; word < 4; word += 1) commands[to + word] = ints[at + word] as number;
    const place = isSame ? (this.places[stream] as number) : 0;
    this.places[stream] = place + 1;
    return place;
  }

  private checkId(entry: AnyEntry, ints: Int32Array, idAt: number, commandAt: number, place: number): void {
    if (place === NONE) return;
    const { expected } = this;
    eventIdInto(ints, commandAt, place, expected);
    if (expected[0] !== ints[idAt] || expected[1] !== ints[idAt + 1] || expected[2] !== ints[idAt + 2] || expected[3] !== ints[idAt + 3]) // prettier-ignore
      this.findings.add('id-wrong', placeOf(entry), `The number of entry ${entry.index} does not follow from the command that made it.`); // prettier-ignore
  }

  private addId(entry: AnyEntry, ints: Int32Array, idAt: number): void {
    const start = this.starts.length - 1;
    const earlier = this.ids.put(ints, idAt, start * 256 + entry.index - (this.starts[start] as number));
    if (earlier >= 0)
      this.findings.add('id-twice', placeOf(entry), `Entry ${entry.index} has the same number as entry ${this.leafOf(earlier)}.`); // prettier-ignore
  }

  private unknownCause(entry: AnyEntry, cause: string | undefined): void {
    this.findings.add('cause-unknown', placeOf(entry), `Entry ${entry.index} says that ${cause} led to it, but no entry before it has that number.`); // prettier-ignore
  }
}

const placeOf = ({ index: leaf, stream, rev: revision }: AnyEntry): Place => ({ leaf, stream, revision });
