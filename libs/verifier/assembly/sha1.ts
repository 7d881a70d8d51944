/**
 * Ids of events are UUIDv5 (RFC 9562 §5.5) of the command and the event's place in it, so they can be worked out again: of
 * four events side by side, one in each lane of a vector.
 */

const BLOCK: usize = 64;
const LANES: usize = 4;
/** The messages, of one block each, as words; the same side by side, and what follows from them; and the ids. */
const messages: usize = memory.data(4 * 64, 16);
const words: usize = memory.data(80 * 16, 16);
const digests: usize = memory.data(4 * 16, 16);
const ids: usize = memory.data(4 * 16, 16);

function rotate(x: v128, by: i32): v128 {
  return v128.or(i32x4.shl(x, by), i32x4.shr_u(x, 32 - by));
}

function spread(): void {
  for (let at: usize = 0; at < BLOCK; at += 4) {
    const to = words + at * LANES;
    for (let lane: usize = 0; lane < LANES; lane += 1)
      store<u32>(to + lane * 4, load<u32>(messages + lane * BLOCK + at));
  }
  for (let at = words + 16 * 16; at < words + 80 * 16; at += 16) {
    const near = v128.xor(v128.load(at - 3 * 16), v128.load(at - 8 * 16));
    const far = v128.xor(v128.load(at - 14 * 16), v128.load(at - 16 * 16));
    v128.store(at, rotate(v128.xor(near, far), 1));
  }
}

/** SHA-1 of the messages (FIPS 180-4 §6.1): the first 16 bytes of each. Names things here, protects none. */
function sha1(): void {
  spread();
  let a = i32x4.splat(0x67452301);
  let b = i32x4.splat(0xefcdab89);
  let c = i32x4.splat(0x98badcfe);
  let d = i32x4.splat(0x10325476);
  let e = i32x4.splat(0xc3d2e1f0);
  for (let t: usize = 0; t < 80; t += 1) {
    const either = v128.xor(v128.xor(b, c), d);
    let mix: v128;
    if (t < 20) mix = i32x4.add(v128.xor(d, v128.and(b, v128.xor(c, d))), i32x4.splat(0x5a827999));
    else if (t < 40) mix = i32x4.add(either, i32x4.splat(0x6ed9eba1));
    else if (t < 60) mix = i32x4.add(v128.or(v128.and(b, c), v128.and(d, v128.or(b, c))), i32x4.splat(0x8f1bbcdc));
    else mix = i32x4.add(either, i32x4.splat(0xca62c1d6));
    const next = i32x4.add(i32x4.add(rotate(a, 5), mix), i32x4.add(e, v128.load(words + t * 16)));
    e = d;
    d = c;
    c = rotate(b, 30);
    b = a;
    a = next;
  }
  v128.store(digests, i32x4.add(a, i32x4.splat(0x67452301)));
  v128.store(digests, i32x4.add(b, i32x4.splat(0xefcdab89)), 16);
  v128.store(digests, i32x4.add(c, i32x4.splat(0x98badcfe)), 32);
  v128.store(digests, i32x4.add(d, i32x4.splat(0x10325476)), 48);
}

/** Puts the command whose four words stand there, and the place of an event, in a lane. */
export function prepare(lane: usize, command: usize, place: u32): void {
  const message = messages + lane * BLOCK;
  memory.fill(message, 0, BLOCK);
  v128.store(message, v128.load(command));
  // The place is written out in digits after the command, most significant byte of each word first.
  let digits = 1;
  for (let rest = place; rest > 9; rest /= 10) digits += 1;
  let rest = place;
  for (let digit = digits - 1; digit >= 0; digit -= 1, rest /= 10) put(message, 16 + digit, 0x30 + (rest % 10));
  put(message, 16 + digits, 0x80);
  store<u32>(message, 8 * (16 + digits), 15 * 4);
}

function put(message: usize, place: i32, byte: u32): void {
  store<u8>(message + <usize>(place ^ 3), <u8>byte);
}

/** Works out the ids of all lanes. */
export function workOut(): void {
  sha1();
  for (let lane: usize = 0; lane < LANES; lane += 1) {
    const id = ids + lane * 16;
    const from = digests + lane * 4;
    store<u32>(id, load<u32>(from));
    store<u32>(id, (load<u32>(from, 16) & 0xffff0fff) | 0x5000, 4);
    store<u32>(id, (load<u32>(from, 32) & 0x3fffffff) | 0x80000000, 8);
    store<u32>(id, load<u32>(from, 48), 12);
  }
}

/** Whether the id that was worked out in a lane is this one. */
export function isIn(lane: usize, id: usize): bool {
  return !v128.any_true(v128.xor(v128.load(ids + lane * 16), v128.load(id)));
}
