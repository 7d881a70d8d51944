import { UUID_LENGTH } from './byte-words.js';
import { wordsInto } from './event-id.js';
import { Interned } from './interned.js';
import { STREAM, STREAM_AT, STREAM_END } from './row.js';
import type { RowEntry } from './row-entry.js';
import { WordTable } from './word-table.js';

const LETTERS = /^[A-Za-z]{1,60}$/;
/** Kinds of things are few; whoever makes up more of them has them kept as texts. */
const MOST_CATEGORIES = 60_000;
const NONE = -1;

/** Numbers for streams, from 0, as they appear. Nearly all are a kind of thing and a UUID; the rest is kept as text. */
export class StreamNames {
  private readonly categories = new Interned();
  private readonly regular: WordTable;
  private readonly odd = new Map<string, number>();
  private readonly words = new Int32Array(4);
  private count = 0;

  constructor(most: number) {
    this.regular = new WordTable(most, { hasKinds: true });
  }

  get size(): number {
    return this.count;
  }

  ofRow(entry: RowEntry): number {
    const category = this.categories.at(entry.bytes, entry.int(STREAM_AT), entry.int(STREAM_END) - UUID_LENGTH - 1);
    return category < MOST_CATEGORIES ? this.put(entry.rows, entry.base + STREAM, category) : this.ofOdd(entry.stream);
  }

  /** The number of a stream; a new one for a new stream. */
  of(name: string): number {
    const category = this.categoryOf(name, (letters) => this.categories.of(letters));
    return category === NONE ? this.ofOdd(name) : this.put(this.words, 0, category);
  }

  /** Whether there is such a stream so far. */
  has(name: string): boolean {
    const category = this.categoryOf(name, (letters) => this.categories.find(letters) ?? NONE);
    return category === NONE ? this.odd.has(name) : this.regular.find(this.words, 0, category) >= 0;
  }

  name(number: number): string {
    for (const [name, odd] of this.odd) if (odd === number) return name;
    const { words, kind } = this.regular.key(number);
    const digits = words.map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
    return `${this.categories.name(kind)}-${digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')}`;
  }

  private put(ints: Int32Array, at: number, category: number): number {
    const known = this.regular.put(ints, at, this.count, category);
    return known >= 0 ? known : this.count++;
  }

  private ofOdd(name: string): number {
    const known = this.odd.get(name);
    if (known !== undefined) return known;
    this.odd.set(name, this.count);
    return this.count++;
  }

  /** Puts the words of a regular name in place. @returns NONE for another. */
  private categoryOf(name: string, number: (letters: string) => number): number {
    const dash = name.length - UUID_LENGTH - 1;
    const letters = name.slice(0, Math.max(0, dash));
    if (name[dash] !== '-' || !LETTERS.test(letters) || !wordsInto(name.slice(dash + 1), this.words, 0)) return NONE;
    const category = number(letters);
    return category < MOST_CATEGORIES ? category : NONE;
  }
}
