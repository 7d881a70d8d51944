import { concat } from './bytes.js';
import { TILE_WIDTH } from './tile-path.js';
import { VerificationError } from './verification-error.js';

export const MAX_ENTRY_BYTES = 65_535;
const LENGTH_BYTES = 2;

const refuse = (why: string): never => {
  throw new VerificationError('bad-bundle', why);
};

/** C2SP tlog-tiles: each entry after its length in two bytes, big end first. */
export const formatBundle = (entries: readonly Uint8Array[]): Uint8Array => {
  if (entries.length < 1 || entries.length > TILE_WIDTH) refuse(`a bundle does not hold ${entries.length} entries`);
  return concat(
    ...entries.flatMap((entry) => {
      if (entry.length > MAX_ENTRY_BYTES) refuse(`an entry of ${entry.length} bytes is too long`);
      return [Uint8Array.of(entry.length >> 8, entry.length & 0xff), entry];
    }),
  );
};

/** The entries, as views on the bundle. @throws VerificationError unless there are exactly `width` of them. */
export const parseBundle = (bytes: Uint8Array, width: number): Uint8Array[] => {
  const entries: Uint8Array[] = [];
  for (let at = 0; at < bytes.length;) {
    if (entries.length === width) refuse(`bytes follow the last of ${width} entries`);
    const [high, low] = bytes.subarray(at, at + LENGTH_BYTES);
    if (high === undefined || low === undefined) return refuse('the bundle ends within a length');
    const start = at + LENGTH_BYTES;
    at = start + ((high << 8) | low);
    if (at > bytes.length) refuse('the bundle ends within an entry');
    entries.push(bytes.subarray(start, at));
  }
  if (entries.length !== width) refuse(`the bundle holds ${entries.length} entries, not ${width}`);
  return entries;
};
