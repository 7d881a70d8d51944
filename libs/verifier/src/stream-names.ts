import type { Book } from './book.js';
import { Interned } from './interned.js';
import { UUID_LENGTH } from './row.js';

const LETTERS = /^[A-Za-z]{1,60}$/;
/** Kinds of things are few; whoever makes up more of them has the names of their streams kept as texts. */
const MOST_CATEGORIES = 2_000;
const NONE = -1;

/** Numbers for streams, from 0, as they appear. Nearly all are a kind of thing and a UUID; the rest is kept as text. */
export class StreamNames {
  private readonly categories = new Interned();
  private readonly odd = new Map<string, number>();

  /** `firstOf`: the number of the kind that the first entry of such a thing must be of; 0 for any. */
  constructor(
    private readonly book: Book,
    private readonly firstOf: (category: string) => number,
  ) {}

  get size(): number {
    return this.book.code.streamsSoFar();
  }

  /** Lets the machine know a kind of thing. @returns whether it may. */
  add(letters: string): boolean {
    const known = this.categories.find(letters);
    const category = known ?? this.categories.of(letters);
    if (known === undefined && category < MOST_CATEGORIES) {
      const length = this.book.name(letters);
      if (length === undefined || this.book.code.addCategory(length, category, this.firstOf(letters)) === 0) throw new Error('no room for a kind of thing'); // prettier-ignore
    }
    return category < MOST_CATEGORIES;
  }

  /** The number of a kind of thing that rules name. */
  category(letters: string): number {
    this.add(letters);
    return this.categories.of(letters);
  }

  /** The number of a stream; a new one for a new stream. */
  of(name: string): number {
    const category = this.categoryOf(name, true);
    return category === NONE ? this.ofOdd(name) : this.book.code.streamOf(category);
  }

  /** Whether there is such a stream so far. */
  has(name: string): boolean {
    const category = this.categoryOf(name, false);
    return category === NONE ? this.odd.has(name) : this.book.code.findStream(category) >= 0;
  }

  /** The same for a kind of thing and the words of a UUID that the machine has just read. */
  hasRead(letters: string): boolean {
    const category = this.categories.find(letters);
    return category !== undefined && category < MOST_CATEGORIES && this.book.code.findStream(category) >= 0;
  }

  name(number: number): string {
    for (const [name, odd] of this.odd) if (odd === number) return name;
    const category = this.book.code.readStream(number);
    const digits = Array.from(this.book.words(), (word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
    return `${this.categories.name(category)}-${digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')}`;
  }

  private ofOdd(name: string): number {
    const known = this.odd.get(name);
    if (known !== undefined) return known;
    const number = this.book.code.newStream();
    this.odd.set(name, number);
    return number;
  }

  /** Puts the words of a regular name in place. @returns NONE for another. */
  private categoryOf(name: string, mayAdd: boolean): number {
    const dash = name.length - UUID_LENGTH - 1;
    const letters = name.slice(0, Math.max(0, dash));
    if (name[dash] !== '-' || !LETTERS.test(letters)) return NONE;
    if (mayAdd ? !this.add(letters) : this.categories.find(letters) === undefined) return NONE;
    const category = this.categories.of(letters);
    return category < MOST_CATEGORIES && this.book.id(name.slice(dash + 1)) !== undefined ? category : NONE;
  }
}
