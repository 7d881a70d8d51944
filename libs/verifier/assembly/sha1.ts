/** Ids of events are UUIDv5 (RFC 9562 §5.5) of the command and the event's place in it, so they can be worked out again. */

const words: usize = memory.data(80 * 4, 16);

/** SHA-1 of a message of one block, whose words are in place (FIPS 180-4 §6.1): its first 16 bytes. Names things here, protects none. */
function sha1(out: usize): void {
  for (let at = words + 16 * 4; at < words + 80 * 4; at += 4)
    store<u32>(at, rotl(load<u32>(at - 12) ^ load<u32>(at - 32) ^ load<u32>(at - 56) ^ load<u32>(at - 64), 1));
  let a: u32 = 0x67452301;
  let b: u32 = 0xefcdab89;
  let c: u32 = 0x98badcfe;
  let d: u32 = 0x10325476;
  let e: u32 = 0xc3d2e1f0;
  for (let t = 0; t < 20; t += 1) {
    const next = rotl(a, 5) + (d ^ (b & (c ^ d))) + e + 0x5a827999 + load<u32>(words + ((<usize>t) << 2));
    e = d;
    d = c;
    c = rotl(b, 30);
    b = a;
    a = next;
  }
  for (let t = 20; t < 40; t += 1) {
    const next = rotl(a, 5) + (b ^ c ^ d) + e + 0x6ed9eba1 + load<u32>(words + ((<usize>t) << 2));
    e = d;
    d = c;
    c = rotl(b, 30);
    b = a;
    a = next;
  }
  for (let t = 40; t < 60; t += 1) {
    const next = rotl(a, 5) + ((b & c) | (d & (b | c))) + e + 0x8f1bbcdc + load<u32>(words + ((<usize>t) << 2));
    e = d;
    d = c;
    c = rotl(b, 30);
    b = a;
    a = next;
  }
  for (let t = 60; t < 80; t += 1) {
    const next = rotl(a, 5) + (b ^ c ^ d) + e + 0xca62c1d6 + load<u32>(words + ((<usize>t) << 2));
    e = d;
    d = c;
    c = rotl(b, 30);
    b = a;
    a = next;
  }
  store<u32>(out, a + 0x67452301);
  store<u32>(out, b + 0xefcdab89, 4);
  store<u32>(out, c + 0x98badcfe, 8);
  store<u32>(out, d + 0x10325476, 12);
}

/** The id that event number `place` of the command whose four words stand there must have. */
export function eventIdInto(command: usize, place: u32, out: usize): void {
  memory.fill(words, 0, 64);
  memory.copy(words, command, 16);
  // The place is written out in digits after the command, most significant byte of each word first.
  let digits = 1;
  for (let rest = place; rest > 9; rest /= 10) digits += 1;
  let rest = place;
  for (let digit = digits - 1; digit >= 0; digit -= 1, rest /= 10) put(16 + digit, 0x30 + (rest % 10));
  put(16 + digits, 0x80);
  store<u32>(words, 8 * (16 + digits), 15 * 4);
  sha1(out);
  store<u32>(out, (load<u32>(out, 4) & 0xffff0fff) | 0x5000, 4);
  store<u32>(out, (load<u32>(out, 8) & 0x3fffffff) | 0x80000000, 8);
}

function put(place: i32, byte: u32): void {
  store<u8>(words + <usize>(place ^ 3), <u8>byte);
}
