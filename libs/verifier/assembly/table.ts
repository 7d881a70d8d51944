/**
 * Numbers by keys of four words, such as ids, and one word that tells kinds of them apart. A key is kept once, at its
 * number, at the beginning of a record that has room for more; four bytes for each slot come on top, of which two thirds
 * are full at most.
 */
@final
export class WordTable {
  private records: usize;
  /** Number plus one, and below it a few bits of the mixed key, so that few other keys are looked at; 0 for a free slot. */
  private slots: usize;
  private slotCount: u32;
  private count: u32 = 0;

  /**
   * Numbers are below `most`. Memory that no number has touched is not taken from the machine. `kindAt`: where a record has
   * its kind; 0 for none. `expected`: so many keys there will be, as far as is known.
   */
  constructor(
    most: u32,
    private size: usize,
    private kindAt: usize,
    expected: u32,
  ) {
    this.records = heap.alloc(<usize>most * size);
    this.slotCount = max(FEWEST_SLOTS, expected + expected / 2 + 2);
    this.slots = heap.alloc(<usize>this.slotCount * 4);
  }

  at(number: u32): usize {
    return this.records + <usize>number * this.size;
  }
  kindOf(number: u32): u32 {
    return this.kindAt == 0 ? 0 : load<u32>(this.at(number) + this.kindAt);
  }

  /** The number of a key; -1 when there is none. */
  find(key: usize, kind: u32): i32 {
    return <i32>(load<u32>(this.slotOf(key, kind)) >>> TAG_BITS) - 1;
  }

  /** @returns the number that the key has already; or -1, and from now on it has this one. */
  put(key: usize, kind: u32, number: u32): i32 {
    const slot = this.slotOf(key, kind);
    const there = load<u32>(slot);
    if (there != 0) return <i32>(there >>> TAG_BITS) - 1;
    v128.store(this.at(number), v128.load(key));
    if (this.kindAt != 0) store<u32>(this.at(number) + this.kindAt, kind);
    store<u32>(slot, ((number + 1) << TAG_BITS) | (mixed(key, kind) & TAG));
    this.count += 1;
    if (<u64>this.count * 3 > <u64>this.slotCount * 2) this.grow();
    return -1;
  }

  /** Reads what `find` and `put` will look at. Done for many keys one after another, the machine waits for all at once. */
  touch(key: usize, kind: u32): u32 {
    return load<u32>(this.slots + ((<usize>this.first(mixed(key, kind))) << 2));
  }
  /** The same for the record that the slot leads to. */
  touchRecord(key: usize, kind: u32): u32 {
    const there = this.touch(key, kind);
    return there == 0 ? 0 : load<u32>(this.at((there >>> TAG_BITS) - 1));
  }

  private first(mix: u32): u32 {
    return <u32>((<u64>mix * this.slotCount) >> 32);
  }

  private slotOf(key: usize, kind: u32): usize {
    const x = v128.load(key);
    const mix = mixed(key, kind);
    const end = this.slots + ((<usize>this.slotCount) << 2);
    let slot = this.slots + ((<usize>this.first(mix)) << 2);
    for (let there = load<u32>(slot); there != 0; there = load<u32>(slot)) {
      if (((there ^ mix) & TAG) == 0) {
        const number = (there >>> TAG_BITS) - 1;
        if (!v128.any_true(v128.xor(v128.load(this.at(number)), x)) && this.kindOf(number) == kind) break;
      }
      slot += 4;
      if (slot == end) slot = this.slots;
    }
    return slot;
  }

  private grow(): void {
    const before = this.slots;
    const end = before + ((<usize>this.slotCount) << 2);
    this.slotCount *= 2;
    this.slots = heap.alloc((<usize>this.slotCount) << 2);
    for (let at = before; at < end; at += 4) {
      const there = load<u32>(at);
      if (there == 0) continue;
      const number = (there >>> TAG_BITS) - 1;
      store<u32>(this.slotOf(this.at(number), this.kindOf(number)), there);
    }
  }
}

const FEWEST_SLOTS: u32 = 1024;
/** What is left for a number is more than any table has. */
const TAG_BITS: u32 = 7;
const TAG: u32 = 127;

/** Whoever writes the bundle chooses the keys; all words are mixed so that a chain of equal slots takes work. */
function mixed(key: usize, kind: u32): u32 {
  const b = load<u32>(key, 4) * 0x9e3779b1;
  const c = load<u32>(key, 8) * 0x85ebca6b;
  const mix = (load<u32>(key) ^ b ^ c ^ load<u32>(key, 12) ^ kind) * 0xc2b2ae35;
  return (mix ^ (mix >>> 15)) * 0x2c1b3c6d;
}
