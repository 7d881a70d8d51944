/**
 * Numbers by keys of four words, such as ids, and one word that tells kinds of them apart. A key is kept once, at its
 * number, at the beginning of a record that has room for more; four bytes for each slot come on top, of which two thirds
 * are full at most.
 */
@final
export class WordTable {
  private records: usize;
  /** Number plus one; 0 for a free slot. */
  private slots: usize;
  private mask: u32;
  private count: u32 = 0;

  /** Numbers are below `most`. Memory that no number has touched is not taken from the machine. `kindAt`: where a record has its kind; 0 for none. */
  constructor(
    most: u32,
    private size: usize,
    private kindAt: usize,
  ) {
    this.records = heap.alloc(<usize>most * size);
    this.mask = 1023;
    this.slots = heap.alloc(1024 * 4);
  }

  at(number: u32): usize {
    return this.records + <usize>number * this.size;
  }
  kindOf(number: u32): u32 {
    return this.kindAt == 0 ? 0 : load<u32>(this.at(number) + this.kindAt);
  }

  /** The number of a key; -1 when there is none. */
  find(key: usize, kind: u32): i32 {
    return load<i32>(this.slotOf(key, kind)) - 1;
  }

  /** @returns the number that the key has already; or -1, and from now on it has this one. */
  put(key: usize, kind: u32, number: u32): i32 {
    const slot = this.slotOf(key, kind);
    const there = load<i32>(slot);
    if (there != 0) return there - 1;
    v128.store(this.at(number), v128.load(key));
    if (this.kindAt != 0) store<u32>(this.at(number) + this.kindAt, kind);
    store<u32>(slot, number + 1);
    this.count += 1;
    if (<u64>this.count * 3 > <u64>(this.mask + 1) * 2) this.grow();
    return -1;
  }

  /** Reads what `find` and `put` will look at. Done for many keys one after another, the machine waits for all at once. */
  touch(key: usize, kind: u32): u32 {
    return load<u32>(this.slots + ((<usize>(mixed(key, kind) & this.mask)) << 2));
  }

  private slotOf(key: usize, kind: u32): usize {
    const x = v128.load(key);
    let at = mixed(key, kind);
    let slot = this.slots + ((<usize>(at & this.mask)) << 2);
    while (load<u32>(slot) != 0) {
      const number = load<u32>(slot) - 1;
      const isSame = !v128.any_true(v128.xor(v128.load(this.at(number)), x));
      if (isSame && this.kindOf(number) == kind) break;
      at += 1;
      slot = this.slots + ((<usize>(at & this.mask)) << 2);
    }
    return slot;
  }

  private grow(): void {
    const before = this.slots;
    const end = before + ((<usize>(this.mask + 1)) << 2);
    this.mask = this.mask * 2 + 1;
    this.slots = heap.alloc((<usize>(this.mask + 1)) << 2);
    for (let at = before; at < end; at += 4) {
      const number = load<u32>(at) - 1;
      if (number != u32.MAX_VALUE) store<u32>(this.slotOf(this.at(number), this.kindOf(number)), number + 1);
    }
  }
}

/** Whoever writes the bundle chooses the keys; all words are mixed so that a chain of equal slots takes work. */
function mixed(key: usize, kind: u32): u32 {
  const b = load<u32>(key, 4) * 0x9e3779b1;
  const c = load<u32>(key, 8) * 0x85ebca6b;
  return ((load<u32>(key) ^ b ^ c ^ load<u32>(key, 12) ^ kind) * 0xc2b2ae35) >>> 7;
}
