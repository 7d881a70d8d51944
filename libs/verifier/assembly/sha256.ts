import { cell, END, file, hashes, ROW, rows, START } from './layout';

/**
 * SHA-256 (FIPS 180-4) of four messages side by side, one in each lane of a vector: a tree has many small messages, and
 * no machine that runs this lends its own instruction for one of them.
 */

// prettier-ignore
const ROUND: usize = memory.data<u32>([
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
  0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
  0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
  0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
  0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
  0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
  0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
  0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
]);
// prettier-ignore
const FIRST: usize = memory.data<u32>([
  0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
]);
const BLOCK: usize = 64;
const LANES: usize = 4;

/** 64 words and 8 words of each lane, side by side. */
const words: usize = memory.data(64 * 16, 16);
const state: usize = memory.data(8 * 16, 16);

function rotate(x: v128, by: i32): v128 {
  return v128.or(i32x4.shr_u(x, by), i32x4.shl(x, 32 - by));
}
/** Words are written with their largest byte first. */
function turned(x: v128): v128 {
  return v128.shuffle<u8>(x, x, 3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12);
}

/** Four words of each lane. */
function take(at: usize, p: usize, q: usize, r: usize, s: usize): void {
  const a = turned(v128.load(p + at));
  const b = turned(v128.load(q + at));
  const c = turned(v128.load(r + at));
  const d = turned(v128.load(s + at));
  const abLow = v128.shuffle<u32>(a, b, 0, 4, 1, 5);
  const abHigh = v128.shuffle<u32>(a, b, 2, 6, 3, 7);
  const cdLow = v128.shuffle<u32>(c, d, 0, 4, 1, 5);
  const cdHigh = v128.shuffle<u32>(c, d, 2, 6, 3, 7);
  const to = words + at * LANES;
  v128.store(to, v128.shuffle<u64>(abLow, cdLow, 0, 2));
  v128.store(to, v128.shuffle<u64>(abLow, cdLow, 1, 3), 16);
  v128.store(to, v128.shuffle<u64>(abHigh, cdHigh, 0, 2), 32);
  v128.store(to, v128.shuffle<u64>(abHigh, cdHigh, 1, 3), 48);
}

function fold(at: usize, x: v128): void {
  v128.store(state + at, i32x4.add(v128.load(state + at), x));
}

/** One block of each lane into its state. */
function compress(p: usize, q: usize, r: usize, s: usize): void {
  for (let at: usize = 0; at < BLOCK; at += 16) take(at, p, q, r, s);
  for (let word = words + 16 * 16; word < words + 64 * 16; word += 16) {
    const x = v128.load(word - 15 * 16);
    const y = v128.load(word - 2 * 16);
    const sigma0 = v128.xor(v128.xor(rotate(x, 7), rotate(x, 18)), i32x4.shr_u(x, 3));
    const sigma1 = v128.xor(v128.xor(rotate(y, 17), rotate(y, 19)), i32x4.shr_u(y, 10));
    const earlier = i32x4.add(v128.load(word - 16 * 16), v128.load(word - 7 * 16));
    v128.store(word, i32x4.add(i32x4.add(earlier, sigma0), sigma1));
  }
  let a = v128.load(state);
  let b = v128.load(state, 16);
  let c = v128.load(state, 32);
  let d = v128.load(state, 48);
  let e = v128.load(state, 64);
  let f = v128.load(state, 80);
  let g = v128.load(state, 96);
  let h = v128.load(state, 112);
  for (let t: usize = 0; t < 64; t += 1) {
    const sum1 = v128.xor(v128.xor(rotate(e, 6), rotate(e, 11)), rotate(e, 25));
    const choice = v128.xor(g, v128.and(e, v128.xor(f, g)));
    const given = i32x4.add(v128.load32_splat(ROUND + t * 4), v128.load(words + t * 16));
    const one = i32x4.add(i32x4.add(i32x4.add(h, sum1), choice), given);
    const sum0 = v128.xor(v128.xor(rotate(a, 2), rotate(a, 13)), rotate(a, 22));
    const two = i32x4.add(sum0, v128.xor(v128.and(v128.xor(a, b), c), v128.and(a, b)));
    h = g;
    g = f;
    f = e;
    e = i32x4.add(d, one);
    d = c;
    c = b;
    b = a;
    a = i32x4.add(one, two);
  }
  fold(0, a);
  fold(16, b);
  fold(32, c);
  fold(48, d);
  fold(64, e);
  fold(80, f);
  fold(96, g);
  fold(112, h);
}

function begin(): void {
  for (let at: usize = 0; at < 8; at += 1) v128.store(state + at * 16, v128.load32_splat(FIRST + at * 4));
}

/** Writes the digest of one lane. */
function end(lane: usize, to: usize): void {
  for (let at: usize = 0; at < 8; at += 1) store<u32>(to + at * 4, bswap(load<u32>(state + at * 16 + lane * 4)));
}

/** A node is 65 bytes: a one, and two hashes. With what SHA-256 adds, two blocks. */
const nodes: usize = memory.data(4 * 128, 16);
const NODE_BITS: u16 = 65 * 8;

/** The nodes above so many hashes, at most four of them, written over their beginning. */
function level(from: usize, to: usize, count: usize): void {
  for (let lane: usize = 0; lane < count; lane += 1) memory.copy(nodes + lane * 128 + 1, from + lane * 64, 64);
  begin();
  compress(nodes, nodes + 128, nodes + 256, nodes + 384);
  compress(nodes + 64, nodes + 192, nodes + 320, nodes + 448);
  for (let lane: usize = 0; lane < count; lane += 1) end(lane, to + lane * 32);
}

/** The root over the first so many hashes of a file, a power of two; it stands where the first of them stood. */
export function rootOver(count: i32): void {
  for (let lane: usize = 0; lane < LANES; lane += 1) {
    store<u8>(nodes + lane * 128, 1);
    store<u8>(nodes + lane * 128 + 65, 0x80);
    store<u16>(nodes + lane * 128 + 126, <u16>((NODE_BITS >> 8) | (NODE_BITS << 8)));
  }
  for (let width = <usize>count / 2; width > 0; width /= 2)
    for (let at: usize = 0; at < width; at += LANES) level(hashes + at * 64, hashes + at * 32, min(LANES, width - at));
}

/** The leaf of a lane: where its message begins, its whole blocks, all its blocks, those that are done, and its number. */
class Lane {
  from: usize = 0;
  whole: usize = 0;
  blocks: usize = 0;
  done: usize = 0;
  leaf: i32 = -1;
  /** Its last blocks: what is left of the message, and what SHA-256 adds. */
  tail: usize = heap.alloc(2 * BLOCK);

  constructor(private at: usize) {}

  get block(): usize {
    return this.done < this.whole ? this.from + this.done * BLOCK : this.tail + (this.done - this.whole) * BLOCK;
  }

  /** A leaf is a zero and its bytes; the zero is written over the byte before them. */
  begin(leaf: i32): void {
    const row = rows + <usize>(leaf * ROW * 4);
    const start = file + <usize>cell(row, START);
    const end = file + <usize>cell(row, END);
    store<u8>(start - 1, 0);
    const length = end - start + 1;
    const rest = length % BLOCK;
    memory.copy(this.tail, end - rest, rest);
    memory.fill(this.tail + rest, 0, 2 * BLOCK - rest);
    store<u8>(this.tail + rest, 0x80);
    this.from = start - 1;
    this.whole = length / BLOCK;
    this.blocks = this.whole + (rest + 9 > BLOCK ? 2 : 1);
    this.done = 0;
    this.leaf = leaf;
    store<u64>(this.tail + (this.blocks - this.whole) * BLOCK - 8, bswap<u64>((<u64>length) << 3));
    for (let at: usize = 0; at < 8; at += 1) store<u32>(state + at * 16 + this.at * 4, load<u32>(FIRST + at * 4));
  }

  /** After a block. @returns whether its leaf is done, and its hash written. */
  step(): bool {
    this.done += 1;
    if (this.leaf < 0 || this.done < this.blocks) {
      // A lane without a leaf goes on with what it has, and counts for nothing.
      if (this.leaf < 0) this.done = 0;
      return false;
    }
    end(this.at, hashes + <usize>(this.leaf * 32));
    return true;
  }
}
const lanes: Lane[] = [new Lane(0), new Lane(1), new Lane(2), new Lane(3)];

/** The hashes of the first so many entries of the file. */
export function hashLeaves(count: i32): void {
  let given = 0;
  let done = 0;
  for (let at = 0; at < 4; at += 1) {
    lanes[at].leaf = -1;
    if (given < count) lanes[at].begin(given++);
  }
  while (done < count) {
    compress(lanes[0].block, lanes[1].block, lanes[2].block, lanes[3].block);
    for (let at = 0; at < 4; at += 1) {
      if (!lanes[at].step()) continue;
      done += 1;
      lanes[at].leaf = -1;
      lanes[at].done = 0;
      if (given < count) lanes[at].begin(given++);
    }
  }
}
