import { VerificationError } from './verification-error.js';

/** A size or an index: a uint64 in every format, so a bigint inside; whole numbers that are exact may be handed in. */
export type Count = number | bigint;

export const MAX_COUNT = 2n ** 64n - 1n;

export const toCount = (value: Count, what: string): bigint => {
  if (typeof value === 'number' && !Number.isSafeInteger(value))
    throw new VerificationError('bad-number', `${what} is not an exact whole number`);
  const count = BigInt(value);
  if (count < 0n || count > MAX_COUNT) throw new VerificationError('bad-number', `${what} is not within 64 bits`);
  return count;
};

/** For what a database or an array will count. @throws VerificationError beyond 2^53, rather than a wrong answer. */
export const toSafeNumber = (value: Count, what: string): number => {
  const number = Number(value);
  if (!Number.isSafeInteger(number) || number < 0)
    throw new VerificationError('bad-number', `${what} is not a whole number that can be counted exactly`);
  return number;
};

/** ASCII digits without a sign, a space or a leading zero, at most 2^64 - 1. */
export const parseCount = (text: string, what: string): bigint => {
  if (!/^(?:0|[1-9][0-9]{0,19})$/.test(text))
    throw new VerificationError('bad-number', `${what} is not a plain decimal number`);
  return toCount(BigInt(text), what);
};
