import { concat } from './bytes.js';
import { type Count, toCount, toSafeNumber } from './count.js';
import { HASH_BYTES, requireHash } from './sha256.js';
import { TILE_WIDTH, type TilePath } from './tile-path.js';
import type { NodeSource } from './tree-nodes.js';
import type { TreeHasher } from './tree-hasher.js';
import { VerificationError } from './verification-error.js';

/** Which tiles a tree of some size has, and what is in them. A tile is a view on the nodes, eight levels at a time. */

const LEVELS_PER_TILE = 8;
const WIDTH = BigInt(TILE_WIDTH);

/** What a tree of `size` leaves has at a tile level: so many full tiles, and perhaps one that is partial. */
export const tilesAtLevel = (size: Count, level: number): { full: bigint; partial: number } => {
  const hashes = toCount(size, 'the size of the tree') >> BigInt(LEVELS_PER_TILE * level);
  return { full: hashes / WIDTH, partial: Number(hashes % WIDTH) };
};

/** How much of a tile a tree of `size` leaves fills: 0 (it has no such tile) to 256. Entries count as level 0. */
export const tileWidth = (size: Count, { level, index }: Pick<TilePath, 'level' | 'index'>): number => {
  const { full, partial } = tilesAtLevel(size, level === 'entries' ? 0 : level);
  return index < full ? TILE_WIDTH : index === full ? partial : 0;
};

/** Whether some checkpoint up to `size` asks for this tile: then it may be served. */
export const isInTree = (path: TilePath, size: Count): boolean => path.width <= tileWidth(size, path);

/** The tile that the tree of `size` leaves has at this place. @throws VerificationError when it has none. */
export const tileOf = (size: Count, level: TilePath['level'], index: Count): TilePath => {
  const place = { level, index: toCount(index, 'the index of the tile') };
  const width = tileWidth(size, place);
  if (width === 0) throw new VerificationError('bad-index', 'the tree has no such tile');
  return { ...place, width };
};

/** The bundle that holds an entry, as long as it is in a log of `size` entries. */
export const bundleOf = (entry: Count, size: Count): TilePath => {
  const index = toCount(entry, 'the index of the entry');
  if (index >= toCount(size, 'the size of the log'))
    throw new VerificationError('bad-index', `there is no entry ${index} in a log of ${size}`);
  return tileOf(size, 'entries', index / WIDTH);
};

export interface BundlePart extends TilePath {
  /** The first entry wanted of this bundle, and how many. */
  readonly first: number;
  readonly count: number;
}

/** The bundles that hold `count` entries from `from` on, as far as the log goes; one by one, however many there are. */
export function* bundlesFor(from: Count, count: Count, size: Count): Generator<BundlePart> {
  const start = toCount(from, 'the first entry');
  const wanted = start + toCount(count, 'the number of entries');
  const limit = toCount(size, 'the size of the log');
  const end = wanted < limit ? wanted : limit;
  for (let at = start; at < end;) {
    const bundle = bundleOf(at, size);
    const first = at % WIDTH;
    const next = (bundle.index + 1n) * WIDTH;
    const upTo = next < end ? next : end;
    yield { ...bundle, first: Number(first), count: Number(upTo - at) };
    at = upTo;
  }
}

/** In which tile a node lies, and where under it: levels within a tile are computed from its hashes. */
export const tileOfNode = (level: number, index: Count) => {
  const nodeLevel = level % LEVELS_PER_TILE;
  const first = toCount(index, 'the index of the node') << BigInt(nodeLevel);
  return {
    tileLevel: Math.floor(level / LEVELS_PER_TILE),
    tileIndex: first / WIDTH,
    nodeLevel,
    nodeIndex: Number((first % WIDTH) >> BigInt(nodeLevel)),
  };
};

/** The bytes of a tile, from the nodes at hand. `width` nodes must be complete. */
export const tileBytes = (source: NodeSource, { level, index, width }: TilePath): Uint8Array => {
  if (level === 'entries') throw new VerificationError('bad-tile-path', 'a bundle of entries is not a tile of hashes');
  const first = toSafeNumber(index * WIDTH, 'the index of the node');
  return concat(
    ...Array.from({ length: width }, (_, at) =>
      requireHash(source.node(level * LEVELS_PER_TILE, first + at), 'a node'),
    ),
  );
};

/** @throws VerificationError unless the bytes are exactly the hashes that the path promises. */
export const parseTile = (bytes: Uint8Array, width: number): Uint8Array[] => {
  if (bytes.length !== width * HASH_BYTES)
    throw new VerificationError('bad-tile', `${bytes.length} bytes are not ${width} hashes`);
  return Array.from({ length: width }, (_, at) => bytes.slice(at * HASH_BYTES, (at + 1) * HASH_BYTES));
};

/** The root over a power of two of hashes. */
const rootOf = (hasher: TreeHasher, hashes: readonly Uint8Array[]): Uint8Array => {
  const [left, right] = [hashes.slice(0, hashes.length >> 1), hashes.slice(hashes.length >> 1)];
  return left.length === 0 ? (right[0] as Uint8Array) : hasher.node(rootOf(hasher, left), rootOf(hasher, right));
};

/** The nodes of a tree that is published as tiles, for proofs: each tile is asked for at the width the tree has it. */
export const nodesFromTiles = (
  hasher: TreeHasher,
  size: Count,
  readTile: (path: TilePath) => Uint8Array,
): NodeSource => ({
  node(level, index) {
    const { tileLevel, tileIndex, nodeLevel, nodeIndex } = tileOfNode(level, index);
    const path = tileOf(size, tileLevel, tileIndex);
    const hashes = parseTile(readTile(path), path.width);
    const start = nodeIndex * 2 ** nodeLevel;
    const end = start + 2 ** nodeLevel;
    if (end > path.width) throw new VerificationError('bad-index', 'the tree has no such node');
    return rootOf(hasher, hashes.slice(start, end));
  },
});
