import { type Book, CAUSE_UNKNOWN, GAP, ID_TWICE, ID_WRONG, REPEATED } from './book.js';
import type { Envelope, ForeignEntry } from './envelope.js';
import type { Findings, Place } from './finding.js';
import type { RowEntry } from './row-entry.js';
import { StreamNames } from './stream-names.js';

type AnyEntry = Envelope | ForeignEntry;

/** Each stream is numbered from 0 without a gap, each id is the only one of its kind and follows from its command. */
export class StreamRules {
  readonly names: StreamNames;
  /** Where each run of 256 numbers begins in the log. */
  private readonly starts: number[] = [];

  constructor(
    private readonly findings: Findings,
    private readonly book: Book,
    firstOf: (category: string) => number,
  ) {
    this.names = new StreamNames(book, firstOf);
  }

  /** To be called before the entries of each file, with the first of them. @returns the number of that entry. */
  open(start: number): number {
    this.starts.push(start);
    return (this.starts.length - 1) * 256;
  }

  /** What there is to say about an entry that the machine has taken. */
  tell(entry: RowEntry, said: number): void {
    const { code } = this.book;
    const [next, earlier] = [code.nextNumber.value >>> 0, code.earlier.value];
    this.tellOrder(entry, said, next);
    if ((said & ID_WRONG) !== 0) this.tellWrongId(entry);
    if ((said & CAUSE_UNKNOWN) !== 0) this.causesOf(entry, this.numberOf(entry.index));
    if ((said & ID_TWICE) !== 0) this.tellTwice(entry, earlier);
  }

  /** The same for an entry that is not in form. @returns the number of its stream. */
  take(entry: AnyEntry): number {
    const { book } = this;
    const { code } = book;
    const stream = this.names.of(entry.stream);
    const said = code.follow(stream, entry.rev);
    this.tellOrder(entry, said, code.nextNumber.value >>> 0);
    if ('foreign' in entry) return stream;
    const command = book.command(entry.command);
    const place = code.placeIn(stream, command.at);
    const id = book.id(entry.id);
    if (id === undefined || !command.isId) {
      this.findings.add('id-wrong', placeOf(entry), `The number of entry ${entry.index}, or of what led to it, is not a UUID.`); // prettier-ignore
      return stream;
    }
    if (said === 0 && code.isIdOf(id, command.at, place) === 0) this.tellWrongId(entry);
    this.causesOf(entry, -1);
    const earlier = code.putId(book.id(entry.id) as number, this.numberOf(entry.index));
    if (earlier >= 0) this.tellTwice(entry, earlier);
    return stream;
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

  private numberOf(leaf: number): number {
    const start = this.starts.length - 1;
    return start * 256 + leaf - (this.starts[start] as number);
  }

  /** `own`: the number that the entry has already, which is no cause of its own. */
  private causesOf(entry: Envelope, own: number): void {
    for (const cause of entry.causes) {
      const at = this.book.id(cause);
      const number = at === undefined ? -1 : this.book.code.findId(at);
      if (number < 0 || number === own)
        this.findings.add('cause-unknown', placeOf(entry), `Entry ${entry.index} says that ${cause} led to it, but no entry before it has that number.`); // prettier-ignore
    }
  }

  private tellOrder(entry: AnyEntry, said: number, next: number): void {
    const { index: leaf, stream: name, rev: revision } = entry;
    if ((said & GAP) !== 0)
      this.findings.add('gap-in-stream', placeOf(entry), `Entry ${leaf} is number ${revision} of ${name}, but number ${next} should come next.`); // prettier-ignore
    if ((said & REPEATED) !== 0)
      this.findings.add('repeated-in-stream', placeOf(entry), `Entry ${leaf} is number ${revision} of ${name}, which was there before.`); // prettier-ignore
  }

  private tellWrongId(entry: AnyEntry): void {
    this.findings.add('id-wrong', placeOf(entry), `The number of entry ${entry.index} does not follow from the command that made it.`); // prettier-ignore
  }

  private tellTwice(entry: AnyEntry, earlier: number): void {
    this.findings.add('id-twice', placeOf(entry), `Entry ${entry.index} has the same number as entry ${this.leafOf(earlier)}.`); // prettier-ignore
  }
}

const placeOf = ({ index: leaf, stream, rev: revision }: AnyEntry): Place => ({ leaf, stream, revision });
