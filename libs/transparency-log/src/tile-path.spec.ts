import fc from 'fast-check';
import { refusalOf } from './testing/refusal.js';
import { describeWithVectors } from './testing/vectors.js';
import { formatTilePath, parseTilePath } from './tile-path.js';
import { bundleOf, bundlesFor, tileOfNode, tilesAtLevel } from './tiles.js';

describe('the path of a tile', () => {
  it.each([
    'tile/0/000',
    'tile/63/999.p/255',
    'tile/0/x001/000',
    'tile/10/x018/x446/x744/x073/x709/x551/615',
    'tile/entries/x123/x456/789.p/1',
  ])('is %s', (text) => expect(formatTilePath(parseTilePath(text))).toBe(text));

  it.each([
    ...['', 'tile', 'tile/', 'tile/0', 'tile/0/', 'tile/0/0', 'tile/0/00', 'tile/0/0000', '/tile/0/000', 'tile/0/000/'],
    ...[
      'tile/00/000',
      'tile/01/000',
      'tile/64/000',
      'tile/-1/000',
      'tile/+1/000',
      'tile/100/000',
      'tile//000',
      'tile/0//000',
    ],
    ...['tile/0/x000/001', 'tile/0/x000/000', 'tile/0/x001', 'tile/0/001/002', 'tile/0/X001/002', 'tile/0/x01/002'],
    ...['tile/0/000.p/', 'tile/0/000.p', 'tile/0/000.p/0', 'tile/0/000.p/01', 'tile/0/000.p/256', 'tile/0/000.p/-1'],
    ...['tile/0/000.p/1000', 'tile/0/000.p/1.p/1', 'tile/0/000.q/1', 'tile/0/000\n', 'tile/0/000.p/1\n', 'tile/0/00a'],
    ...['tile/0/x018/x446/x744/x073/x709/x551/616', 'tile/0/x999/x999/x999/x999/x999/x999/999', 'tile/0/٠٠٠'],
    ...[
      'tile/0/x001/x001/x001/x001/x001/x001/x001/001',
      'tile/entries',
      'tile/Entries/000',
      'tile/0/../000',
      'tile/0/%30',
    ],
  ])('is not %j', (text) => expect(refusalOf(() => parseTilePath(text))).toMatch(/^bad-(tile-path|number)$/));

  it.each([
    { level: 64, index: 0 },
    { level: -1, index: 0 },
    { level: 0.5, index: 0 },
    { level: 0, index: -1 },
    { level: 0, index: 2 ** 53 },
    { level: 0, index: 0, width: 0 },
    { level: 0, index: 0, width: 257 },
    { level: 0, index: 0, width: 1.5 },
  ])('is not written for %j', (path) => expect(refusalOf(() => formatTilePath(path))).not.toBe('accepted'));

  it('is written in one way only', () => {
    const path = fc.record({
      level: fc.oneof(fc.integer({ min: 0, max: 63 }), fc.constant('entries' as const)),
      index: fc.bigInt(0n, 2n ** 64n - 1n),
      width: fc.integer({ min: 1, max: 256 }),
    });
    fc.assert(fc.property(path, (one) => expect(parseTilePath(formatTilePath(one))).toEqual(one)));
    const mangled = fc.array(
      fc.constantFrom('tile/', '0', 'x', '00', '1', '/', '.p/', '255', '000', 'entries/', '\n'),
      {
        maxLength: 9,
      },
    );
    fc.assert(
      fc.property(mangled, (parts) => {
        const text = `tile/0/${parts.join('')}`;
        if (refusalOf(() => parseTilePath(text)) === 'accepted') expect(formatTilePath(parseTilePath(text))).toBe(text);
      }),
      { numRuns: 5_000 },
    );
  });
});

interface Path {
  readonly level?: number;
  readonly index: number | string;
  readonly partial: number;
}
interface Vectors {
  readonly tile: readonly (Path & { readonly path: string })[];
  readonly entries: readonly (Path & { readonly path: string })[];
  readonly entriesForLogIndex: readonly { readonly seq: number; readonly logSize: number; readonly path: string }[];
  readonly parse: readonly (Path & { readonly levelStr: string; readonly pathStr: string })[];
  readonly parseErrors: readonly (readonly [string, string])[];
  readonly nodeToTile: readonly Record<
    'treeLevel' | 'treeIndex' | 'tileLevel' | 'tileIndex' | 'nodeLevelInTile' | 'nodeIndexInTile',
    number
  >[];
  readonly specExample: Record<string, number>;
  readonly bundleRanges: {
    readonly cases: readonly {
      from: number;
      N: number;
      treeSize: number;
      want: readonly (Path & { first: number; n: number })[];
    }[];
  };
}
describeWithVectors<Vectors>('tiles/tile-paths.json', "tiles, by others' vectors", (vectors) => {
  const here = ({ level, index, partial }: Path) => ({
    level: level ?? ('entries' as const),
    index: BigInt(index),
    width: partial === 0 ? 256 : partial,
  });
  it.each([...vectors.tile, ...vectors.entries].map((one) => [one.path, one] as const))('%s', (path, one) => {
    expect(formatTilePath(here(one))).toBe(path);
    expect(parseTilePath(path)).toEqual(here(one));
  });
  it.each(vectors.parse.map((one) => [`tile/${one.levelStr}/${one.pathStr}`, one] as const))('reads %s', (path, one) =>
    expect(parseTilePath(path)).toEqual(here(one)),
  );
  it.each(vectors.parseErrors)('refuses level %s, path %s', (level, path) =>
    expect(refusalOf(() => parseTilePath(`tile/${level}/${path}`))).not.toBe('accepted'),
  );
  it.each(vectors.entriesForLogIndex)('finds entry $seq of $logSize', ({ seq, logSize, path }) =>
    expect(formatTilePath(bundleOf(seq, logSize))).toBe(path),
  );
  it.each(vectors.nodeToTile)('finds node $treeIndex of level $treeLevel', (one) =>
    expect(tileOfNode(one.treeLevel, one.treeIndex)).toEqual({
      tileLevel: one.tileLevel,
      tileIndex: BigInt(one.tileIndex),
      nodeLevel: one.nodeLevelInTile,
      nodeIndex: one.nodeIndexInTile,
    }),
  );
  it('has the tiles of the example in the specification', () => {
    const {
      treeSize = 0,
      fullLevel0 = 0,
      partialLevel0,
      fullLevel1 = 0,
      partialLevel1,
      partialLevel2,
    } = vectors.specExample;
    expect([0, 1, 2, 3].map((level) => tilesAtLevel(treeSize, level))).toEqual([
      { full: BigInt(fullLevel0), partial: partialLevel0 },
      { full: BigInt(fullLevel1), partial: partialLevel1 },
      { full: 0n, partial: partialLevel2 },
      { full: 0n, partial: 0 },
    ]);
  });
  it.each(vectors.bundleRanges.cases)('takes $N entries from $from of $treeSize', ({ from, N, treeSize, want }) =>
    expect([...bundlesFor(from, N, treeSize)]).toEqual(
      want.map(({ first, n, ...path }) => ({ ...here(path), first, count: n })),
    ),
  );
});
