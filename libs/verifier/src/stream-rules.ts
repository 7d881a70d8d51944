import type { Envelope, ForeignEntry } from './envelope.js';
import { eventIdWords, type IdWords, idWords, sameId } from './event-id.js';
import type { Findings } from './finding.js';
import { IdTable } from './id-table.js';

interface Stream {
  next: number;
  command: string;
  commandWords: IdWords | undefined;
  /** Place of the last event within its command. */
  place: number;
}

/** Each stream is numbered from 0 without a gap, each id is the only one of its kind and follows from its command. */
export class StreamRules {
  private readonly streams = new Map<string, Stream>();
  private readonly ids = new IdTable();

  constructor(private readonly findings: Findings) {}

  take(entry: Envelope | ForeignEntry): void {
    const { index: leaf, stream: name, rev: revision } = entry;
    const stream: Stream = this.streams.get(name) ?? { next: 0, command: '', commandWords: undefined, place: -1 };
    if (stream.next === 0) this.streams.set(name, stream);
    const where = { leaf, stream: name, revision };
    if (revision > stream.next)
      this.findings.add('gap-in-stream', where, `Entry ${leaf} is number ${revision} of ${name}, but number ${stream.next} should come next.`); // prettier-ignore
    else if (revision < stream.next)
      this.findings.add('repeated-in-stream', where, `Entry ${leaf} is number ${revision} of ${name}, which was there before.`); // prettier-ignore
    const follows = revision === stream.next;
    stream.next = Math.max(stream.next, revision + 1);
    if ('foreign' in entry) return;
    if (stream.command === entry.command) stream.place += 1;
    else {
      stream.place = 0;
      stream.command = entry.command;
      stream.commandWords = idWords(entry.command);
    }
    this.checkId(entry, stream.commandWords, follows ? stream.place : undefined);
  }

  /** Where an id stands in the log. */
  entryOf(id: string): number | undefined {
    const words = idWords(id);
    return words && this.ids.get(words);
  }

  has(stream: string): boolean {
    return this.streams.has(stream);
  }

  get count(): number {
    return this.streams.size;
  }

  private checkId(
    { index: leaf, stream, rev: revision, id, causes }: Envelope,
    commandWords: IdWords | undefined,
    place?: number,
  ): void {
    const where = { leaf, stream, revision };
    const words = idWords(id);
    if (!words || !commandWords)
      return this.findings.add('id-wrong', where, `The number of entry ${leaf}, or of what led to it, is not a UUID.`);
    const expected: IdWords | undefined = place === undefined ? undefined : eventIdWords(commandWords, place);
    if (expected && !sameId(words, expected))
      this.findings.add('id-wrong', where, `The number of entry ${leaf} does not follow from the command that made it.`); // prettier-ignore
    for (const cause of causes)
      if (this.entryOf(cause) === undefined)
        this.findings.add('cause-unknown', where, `Entry ${leaf} says that ${cause} led to it, but no entry before it has that number.`); // prettier-ignore
    const earlier = this.ids.put(words, leaf);
    if (earlier !== undefined)
      this.findings.add('id-twice', where, `Entry ${leaf} has the same number as entry ${earlier}.`);
  }
}
