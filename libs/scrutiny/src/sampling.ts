import type { ShapeOf } from '#kernel/shape';
import type { sampleFilter } from './audit.events.js';

export type SampleFilter = ShapeOf<typeof sampleFilter>;

/** Handed in from the edge, so that this file runs in a browser too. */
export type Hash = (bytes: Uint8Array) => Uint8Array;

/**
 * The order in which a population is drawn: by SHA-256 of the 32 bytes of the seed followed by the ASCII bytes of the id,
 * lowest first; the sample is the first `asked` of it. Nobody who does not know the seed can tell the order, and nobody
 * who knows it can change it. The order in which the population comes, and repeats in it, make no difference.
 * See docs/reference/sampling.md.
 */
export const drawn = (seed: string, population: Iterable<string>, asked: number, hash: Hash): readonly string[] => {
  const salt = bytesOf(seed);
  const ranked = [...new Set(population)].map((id) => ({ id, rank: hex(hash(joined(salt, id))) }));
  ranked.sort((a, b) => compare(a.rank, b.rank) || compare(a.id, b.id));
  return ranked.slice(0, asked).map(({ id }) => id);
};

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

const bytesOf = (seed: string): Uint8Array => {
  if (!/^[0-9a-f]{64}$/.test(seed)) throw new Error('a seed is 32 bytes in hexadecimal, small letters');
  return Uint8Array.from({ length: 32 }, (_, at) => parseInt(seed.slice(at * 2, at * 2 + 2), 16));
};

const joined = (salt: Uint8Array, id: string): Uint8Array => {
  const text = new TextEncoder().encode(id);
  const both = new Uint8Array(salt.length + text.length);
  both.set(salt);
  both.set(text, salt.length);
  return both;
};

/** What a page says when there was less than was asked for. */
export const shortfall = (asked: number, population: number): string | undefined =>
  population >= asked
    ? undefined
    : `You asked for ${asked}. There ${population === 1 ? 'is' : 'are'} ${population}. We have shown ${population === 1 ? 'it' : `all ${population}`}.`;
