import { type Count, parseCount, toCount } from './count.js';
import { VerificationError } from './verification-error.js';

/** C2SP tlog-tiles: where a tile of hashes, or a bundle of entries, is found under the log's address. */

export const TILE_WIDTH = 256;
export const MAX_TILE_LEVEL = 63;

export interface TilePath {
  /** A tile's level, or the entries themselves. */
  readonly level: number | 'entries';
  readonly index: bigint;
  /** 256 when full; a partial tile holds 1 to 255. */
  readonly width: number;
}

const refuse = (why: string): never => {
  throw new VerificationError('bad-tile-path', why);
};

/** Groups of three digits, all but the last with an x before them: 1234067 is x001/x234/067. */
const formatIndex = (index: bigint): string => {
  const digits = String(index);
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/.../g) ?? [];
  return groups.map((group, at) => (at < groups.length - 1 ? `x${group}` : group)).join('/');
};

export const formatTilePath = (path: {
  readonly level: number | 'entries';
  readonly index: Count;
  readonly width?: number;
}): string => {
  const { level, index, width = TILE_WIDTH } = path;
  if (level !== 'entries' && !(Number.isInteger(level) && level >= 0 && level <= MAX_TILE_LEVEL))
    refuse(`there is no tile level ${level}`);
  if (!(Number.isInteger(width) && width >= 1 && width <= TILE_WIDTH)) refuse(`a tile does not hold ${width} hashes`);
  const partial = width === TILE_WIDTH ? '' : `.p/${width}`;
  return `tile/${level}/${formatIndex(toCount(index, 'the index of the tile'))}${partial}`;
};

/** The path after the log's address and its slash. @throws VerificationError for all but the one way of writing it. */
export const parseTilePath = (text: string): TilePath => {
  const parts = /^tile\/(entries|0|[1-9][0-9]?)\/((?:x[0-9]{3}\/){0,6}[0-9]{3})(?:\.p\/([1-9][0-9]{0,2}))?$/.exec(text);
  const [, level, groups, width] = parts ?? [];
  if (level === undefined || groups === undefined) return refuse('this is not the path of a tile');
  if (groups.startsWith('x000')) refuse('the index of the tile has a leading group of zeros');
  const digits = groups.replace(/[x/]/g, '').replace(/^0+(?=.)/, '');
  const path: TilePath = {
    level: level === 'entries' ? 'entries' : Number(level),
    index: parseCount(digits, 'the index of the tile'),
    width: width === undefined ? TILE_WIDTH : Number(width),
  };
  if (path.level !== 'entries' && path.level > MAX_TILE_LEVEL) refuse(`there is no tile level ${level}`);
  if (width !== undefined && path.width >= TILE_WIDTH) refuse('a partial tile holds at most 255 hashes');
  return path;
};
