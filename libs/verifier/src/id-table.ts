import type { IdWords } from './event-id.js';

const SMALLEST = 1024;

/** Which entry has which id: 20 bytes a slot, so that a million ids need tens of megabytes and not hundreds. */
export class IdTable {
  private words = new Uint32Array(SMALLEST * 4);
  /** Index of the entry plus one; 0 for a free slot. */
  private entries = new Uint32Array(SMALLEST);
  private count = 0;

  /** The entry that has this id already; or undefined, and from now on it is `entry`. */
  put(id: IdWords, entry: number): number | undefined {
    if (this.count * 3 > this.entries.length * 2) this.grow();
    const slot = this.slotOf(id);
    const there = this.entries[slot] as number;
    if (there !== 0) return there - 1;
    this.words.set(id, slot * 4);
    this.entries[slot] = entry + 1;
    this.count += 1;
    return undefined;
  }

  get(id: IdWords): number | undefined {
    const there = this.entries[this.slotOf(id)] as number;
    return there === 0 ? undefined : there - 1;
  }

  private slotOf([a, b, c, d]: IdWords): number {
    const mask = this.entries.length - 1;
    // Whoever writes the bundle chooses the ids; all four words are mixed so that a chain of equal slots takes work.
    let slot = (Math.imul(a ^ Math.imul(b, 0x9e3779b1) ^ Math.imul(c, 0x85ebca6b) ^ d, 0xc2b2ae35) >>> 7) & mask;
    for (; this.entries[slot] !== 0; slot = (slot + 1) & mask) {
      const at = slot * 4;
      const { words } = this;
      if (words[at] === a && words[at + 1] === b && words[at + 2] === c && words[at + 3] === d) break;
    }
    return slot;
  }

  private grow(): void {
    const [words, entries] = [this.words, this.entries];
    this.words = new Uint32Array(words.length * 2);
    this.entries = new Uint32Array(entries.length * 2);
    entries.forEach((entry, at) => {
      if (entry === 0) return;
      const id = [words[at * 4], words[at * 4 + 1], words[at * 4 + 2], words[at * 4 + 3]] as unknown as IdWords;
      const slot = this.slotOf(id);
      this.words.set(id, slot * 4);
      this.entries[slot] = entry;
    });
  }
}
