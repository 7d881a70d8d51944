import fc from 'fast-check';
import { concat, toHex } from './bytes.js';
import { formatBundle, parseBundle } from './entry-bundle.js';
import { grown, hasher } from './testing/grown-tree.js';
import { refusalOf } from './testing/refusal.js';
import { formatTilePath, parseTilePath } from './tile-path.js';
import {
  bundleOf,
  bundlesFor,
  isInTree,
  nodesFromTiles,
  parseTile,
  tileBytes,
  tileOf,
  tileOfNode,
  tileWidth,
} from './tiles.js';
import { consistencyProof, inclusionProof } from './tree-proofs.js';

const leaves = Array.from({ length: 700 }, (_, i) => Uint8Array.of(i >> 8, i & 0xff));
const { nodes } = grown(leaves);

describe('tiles', () => {
  it('of a tree of 256 are a full one and a single hash above it', () => {
    expect(tileWidth(256, { level: 0, index: 0n })).toBe(256);
    expect(tileWidth(256, { level: 1, index: 0n })).toBe(1);
    expect(tileWidth(256, { level: 0, index: 1n })).toBe(0);
    expect(tileWidth(0, { level: 0, index: 0n })).toBe(0);
    expect(tileWidth(2n ** 64n - 1n, { level: 7, index: 0n })).toBe(255);
    expect(tileWidth(2n ** 64n - 1n, { level: 63, index: 0n })).toBe(0);
    expect(refusalOf(() => tileOf(256, 0, 1))).toBe('bad-index');
  });

  it('are served as far as the tree goes', () => {
    const isServed = (path: string) => isInTree(parseTilePath(path), 700);
    expect(
      ['tile/0/000', 'tile/0/000.p/5', 'tile/0/002.p/188', 'tile/1/000.p/2', 'tile/entries/002.p/1'].every(isServed),
    ).toBe(true);
    expect(
      ['tile/0/002', 'tile/0/002.p/189', 'tile/0/003', 'tile/1/000', 'tile/2/000.p/1', 'tile/entries/002'].some(
        isServed,
      ),
    ).toBe(false);
  });

  it('hold the nodes at every eighth level, in order', () => {
    const bytes = tileBytes(nodes, tileOf(700, 1, 0));
    expect(parseTile(bytes, 2).map(toHex)).toEqual([nodes.node(8, 0), nodes.node(8, 1)].map(toHex));
    expect(refusalOf(() => parseTile(bytes, 1))).toBe('bad-tile');
    expect(refusalOf(() => parseTile(bytes.slice(1), 2))).toBe('bad-tile');
    expect(refusalOf(() => tileBytes(nodes, tileOf(700, 'entries', 0)))).toBe('bad-tile-path');
  });

  it('are enough for every proof', () => {
    const asked = new Set<string>();
    const published = nodesFromTiles(hasher, 700, (path) => {
      asked.add(formatTilePath(path));
      return tileBytes(nodes, path);
    });
    for (let at = 0; at < 700; at += 41) {
      expect(inclusionProof(hasher, published, at, 700)).toEqual(inclusionProof(hasher, nodes, at, 700));
      expect(consistencyProof(hasher, published, at + 1, 700)).toEqual(consistencyProof(hasher, nodes, at + 1, 700));
    }
    expect([...asked].toSorted()).toEqual(['tile/0/000', 'tile/0/001', 'tile/0/002.p/188', 'tile/1/000.p/2']);
    expect(refusalOf(() => published.node(3, 87))).toBe('bad-index');
  });

  it('hold each node in one place', () => {
    expect(tileOfNode(0, 255)).toEqual({ tileLevel: 0, tileIndex: 0n, nodeLevel: 0, nodeIndex: 255 });
    expect(tileOfNode(7, 2)).toEqual({ tileLevel: 0, tileIndex: 1n, nodeLevel: 7, nodeIndex: 0 });
    expect(tileOfNode(8, 256)).toEqual({ tileLevel: 1, tileIndex: 1n, nodeLevel: 0, nodeIndex: 0 });
  });
});

describe('bundles of entries', () => {
  it('are found one after the other', () => {
    expect(
      [...bundlesFor(250, 300, 700)].map(({ index, width, first, count }) => [index, width, first, count]),
    ).toEqual([
      [0n, 256, 250, 6],
      [1n, 256, 0, 256],
      [2n, 188, 0, 38],
    ]);
    expect([...bundlesFor(700, 5, 700)]).toEqual([]);
    expect([...bundlesFor(0, 0, 700)]).toEqual([]);
    expect([...bundlesFor(0, 5, 0)]).toEqual([]);
    expect(refusalOf(() => bundleOf(700, 700))).toBe('bad-index');
  });

  it('are read as they are written', () =>
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 600 }), { minLength: 1, maxLength: 256 }), (entries) => {
        const bundle = formatBundle(entries);
        expect(parseBundle(bundle, entries.length)).toEqual(entries);
        expect(refusalOf(() => parseBundle(bundle, entries.length + 1))).toBe('bad-bundle');
        expect(refusalOf(() => parseBundle(bundle, entries.length - 1))).toBe('bad-bundle');
        expect(refusalOf(() => parseBundle(bundle.slice(0, -1), entries.length))).toBe('bad-bundle');
        expect(refusalOf(() => parseBundle(concat(bundle, Uint8Array.of(0)), entries.length))).toBe('bad-bundle');
      }),
    ));

  it('are refused or read back the same, whatever the bytes', () =>
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 40 }),
        fc.integer({ min: 1, max: 20 }),
        (some, width) => {
          const bytes = Uint8Array.from(some);
          if (refusalOf(() => parseBundle(bytes, width)) === 'accepted')
            expect(formatBundle(parseBundle(bytes, width))).toEqual(bytes);
        },
      ),
      { numRuns: 5_000 },
    ));

  it('hold entries of up to 65,535 bytes', () => {
    const longest = new Uint8Array(65_535);
    expect(parseBundle(formatBundle([longest]), 1)[0]?.length).toBe(65_535);
    expect(refusalOf(() => formatBundle([new Uint8Array(65_536)]))).toBe('bad-bundle');
    expect(refusalOf(() => formatBundle([]))).toBe('bad-bundle');
    expect(refusalOf(() => formatBundle(Array.from({ length: 257 }, () => new Uint8Array())))).toBe('bad-bundle');
  });
});
