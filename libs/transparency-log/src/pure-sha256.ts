import type { Sha256 } from './sha256.js';

/** FIPS 180-4 in plain TypeScript: WebCrypto's own answers with a promise per hash, far too slow for a tree. */

const firstPrimes = (count: number): bigint[] => {
  const primes: bigint[] = [];
  for (let n = 2n; primes.length < count; n += 1n) if (primes.every((prime) => n % prime !== 0n)) primes.push(n);
  return primes;
};

/** The first 32 bits after the point of the `power`th root, exactly: by bisection on whole numbers. */
const rootFraction = (n: bigint, power: bigint): number => {
  const target = n << (32n * power);
  let low = 0n;
  let high = n << 32n;
  while (high - low > 1n) {
    const middle = (low + high) / 2n;
    if (middle ** power <= target) low = middle;
    else high = middle;
  }
  return Number(BigInt.asIntN(32, low));
};

const START = Int32Array.from(firstPrimes(8), (prime) => rootFraction(prime, 2n));
const ROUND = Int32Array.from(firstPrimes(64), (prime) => rootFraction(prime, 3n));

const rotate = (word: number, by: number): number => (word >>> by) | (word << (32 - by));

/** One block of 64 bytes, already in the first 16 words of `words`, folded into `state`. */
const compress = (state: Int32Array, words: Int32Array): void => {
  for (let t = 16; t < 64; t += 1) {
    const a = words[t - 15] as number;
    const b = words[t - 2] as number;
    const sigma0 = rotate(a, 7) ^ rotate(a, 18) ^ (a >>> 3);
    const sigma1 = rotate(b, 17) ^ rotate(b, 19) ^ (b >>> 10);
    words[t] = (words[t - 16] as number) + sigma0 + (words[t - 7] as number) + sigma1;
  }
  // Spelled out, because a loop over the eight makes garbage for every block.
  let a = state[0] as number;
  let b = state[1] as number;
  let c = state[2] as number;
  let d = state[3] as number;
  let e = state[4] as number;
  let f = state[5] as number;
  let g = state[6] as number;
  let h = state[7] as number;
  for (let t = 0; t < 64; t += 1) {
    const choice = (e & f) ^ (~e & g);
    const majority = (a & b) ^ (a & c) ^ (b & c);
    const one =
      (h + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + choice + (ROUND[t] as number) + (words[t] as number)) | 0;
    const two = ((rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + majority) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + one) | 0;
    d = c;
    c = b;
    b = a;
    a = (one + two) | 0;
  }
  state[0] = (state[0] as number) + a;
  state[1] = (state[1] as number) + b;
  state[2] = (state[2] as number) + c;
  state[3] = (state[3] as number) + d;
  state[4] = (state[4] as number) + e;
  state[5] = (state[5] as number) + f;
  state[6] = (state[6] as number) + g;
  state[7] = (state[7] as number) + h;
};

const words = new Int32Array(64);

export const pureSha256: Sha256 = (bytes) => {
  const state = START.slice();
  const whole = bytes.length - (bytes.length % 64);
  const take = (from: Uint8Array, at: number): void => {
    const view = new DataView(from.buffer, from.byteOffset + at, 64);
    for (let word = 0; word < 16; word += 1) words[word] = view.getInt32(word * 4);
    compress(state, words);
  };
  for (let at = 0; at < whole; at += 64) take(bytes, at);

  const rest = bytes.length - whole;
  const tail = new Uint8Array(rest < 56 ? 64 : 128);
  tail.set(bytes.subarray(whole));
  tail[rest] = 0x80;
  new DataView(tail.buffer).setBigUint64(tail.length - 8, BigInt(bytes.length) * 8n);
  for (let at = 0; at < tail.length; at += 64) take(tail, at);

  const digest = new Uint8Array(32);
  const view = new DataView(digest.buffer);
  state.forEach((word, at) => view.setInt32(at * 4, word));
  return digest;
};
