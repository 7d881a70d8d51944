const FEWEST_SLOTS = 1024;

/**
 * Numbers by keys of four words, such as ids, and one word that tells kinds of them apart. A key is kept once, at its
 * number: 20 bytes (16 where there are no kinds), and four bytes for each slot, of which two thirds are full at most.
 */
export class WordTable {
  private readonly words: Int32Array;
  private readonly kinds: Uint16Array | undefined;
  /** Number plus one; 0 for a free slot. */
  private slots = new Int32Array(FEWEST_SLOTS);
  private count = 0;

  /** `most`: numbers are below it. Memory that no number has touched is not taken from the machine. */
  constructor(most: number, { hasKinds = false } = {}) {
    this.words = new Int32Array(most * 4);
    this.kinds = hasKinds ? new Uint16Array(most) : undefined;
  }

  get size(): number {
    return this.count;
  }

  /** The four words of a key, and its kind. */
  key(number: number): { readonly words: readonly number[]; readonly kind: number } {
    return { words: [...this.words.subarray(number * 4, number * 4 + 4)], kind: this.kinds?.[number] ?? 0 };
  }

  /** The number of the key that stands `at` there; -1 when there is none. */
  find(ints: Int32Array, at: number, kind = 0): number {
    return (this.slots[this.slotOf(ints, at, kind)] as number) - 1;
  }

  /** @returns the number that the key has already; or -1, and from now on it has this one. */
  put(ints: Int32Array, at: number, number: number, kind = 0): number {
    const slot = this.slotOf(ints, at, kind);
    const there = this.slots[slot] as number;
    if (there !== 0) return there - 1;
    const { words } = this;
    const to = number * 4;
    words[to] = ints[at] as number;
    words[to + 1] = ints[at + 1] as number;
    words[to + 2] = ints[at + 2] as number;
    words[to + 3] = ints[at + 3] as number;
    if (this.kinds) this.kinds[number] = kind;
    this.slots[slot] = number + 1;
    this.count += 1;
    if (this.count * 3 > this.slots.length * 2) this.grow();
    return -1;
  }

  private slotOf(ints: Int32Array, at: number, kind: number): number {
    const { slots, words, kinds } = this;
    const [a, b, c, d] = [ints[at] as number, ints[at + 1] as number, ints[at + 2] as number, ints[at + 3] as number];
    const mask = slots.length - 1;
    // Whoever writes the bundle chooses the keys; all words are mixed so that a chain of equal slots takes work.
    let slot = (Math.imul(a ^ Math.imul(b, 0x9e3779b1) ^ Math.imul(c, 0x85ebca6b) ^ d ^ kind, 0xc2b2ae35) >>> 7) & mask;
    for (; slots[slot] !== 0; slot = (slot + 1) & mask) {
      const number = (slots[slot] as number) - 1;
      const from = number * 4;
      if (words[from] === a && words[from + 1] === b && words[from + 2] === c && words[from + 3] === d && (!kinds || kinds[number] === kind)) break; // prettier-ignore
    }
    return slot;
  }

  private grow(): void {
    const before = this.slots;
    this.slots = new Int32Array(before.length * 2);
    for (let at = 0; at < before.length; at += 1) {
      const number = (before[at] as number) - 1;
      if (number >= 0) this.slots[this.slotOf(this.words, number * 4, this.kinds?.[number] ?? 0)] = number + 1;
    }
  }
}
