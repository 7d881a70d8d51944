import type { Book } from './book.js';

/** What is linked to a thing: ids in the memory of the machine, and whatever else somebody wrote in their place. */
export class Links {
  private readonly odd = new Map<number, Set<unknown>>();
  private stream = 0;

  constructor(private readonly book: Book) {}

  of(stream: number): this {
    this.stream = stream;
    return this;
  }

  /** @returns whether it was not there yet. */
  add(linked: unknown): boolean {
    const { stream, book } = this;
    const at = this.idOf(linked);
    if (at !== undefined) {
      const isNew = book.code.isLinked(stream, at) === 0;
      book.code.link(stream, at);
      return isNew;
    }
    const odd = this.odd.get(stream) ?? new Set();
    this.odd.set(stream, odd);
    return odd.size < odd.add(linked).size;
  }

  /** @returns whether it was there. */
  delete(linked: unknown): boolean {
    const at = this.idOf(linked);
    return at === undefined
      ? (this.odd.get(this.stream)?.delete(linked) ?? false)
      : this.book.code.unlink(this.stream, at) === 1;
  }

  private idOf(linked: unknown): number | undefined {
    return typeof linked === 'string' ? this.book.id(linked) : undefined;
  }
}
