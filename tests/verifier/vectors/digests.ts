import { toHex } from '#transparency-log/bytes';
import type { Sha256 } from '#transparency-log/sha256';
import { seededRandom } from '#verifier/tamper-drill';

/** Every length around the block borders, then any up to some thousand bytes, and now and then a long one. */
const lengthOf = (round: number, random: (below: number) => number): number => {
  if (round < 300) return round;
  return random(50) === 0 ? random(60_000) : random(5_000);
};

/** The same bytes for the same seed on every machine, also where they begin in the middle of something larger. */
export function* inputs(count: number, seed: number): Generator<Uint8Array> {
  const random = seededRandom(seed);
  for (let round = 0; round < count; round += 1) {
    const start = random(4);
    const length = lengthOf(round, random);
    const whole = Uint8Array.from({ length: start + length }, () => random(256));
    yield whole.subarray(start);
  }
}

export const digestsOf = (count: number, seed: number, sha256: Sha256): string[] =>
  Array.from(inputs(count, seed), (bytes) => `${bytes.length} ${toHex(sha256(bytes))}`);
