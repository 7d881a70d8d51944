import { refusalOf } from '#transparency-log/testing/refusal';
import { formatTilePath, parseTilePath } from '#transparency-log/tile-path';
import { bundleOf, bundlesFor, tileOfNode, tilesAtLevel } from '#transparency-log/tiles';
import { is, refused, type Row, saidOf } from './row.js';

interface Path {
  readonly level?: number;
  readonly index: number | string;
  readonly partial: number;
}
type Node = Record<'treeLevel' | 'treeIndex' | 'tileLevel' | 'tileIndex' | 'nodeLevelInTile' | 'nodeIndexInTile', number>; // prettier-ignore
interface Range {
  readonly from: number;
  readonly N: number;
  readonly treeSize: number;
  readonly want: readonly (Path & { readonly first: number; readonly n: number })[];
}
export interface TileVectors {
  readonly tile: readonly (Path & { readonly path: string })[];
  readonly entries: readonly (Path & { readonly path: string })[];
  readonly entriesForLogIndex: readonly { readonly seq: number; readonly logSize: number; readonly path: string }[];
  readonly parse: readonly (Path & { readonly levelStr: string; readonly pathStr: string })[];
  readonly parseErrors: readonly (readonly [string, string])[];
  readonly nodeToTile: readonly Node[];
  readonly specExample: Readonly<Record<string, number>>;
  readonly bundleRanges: { readonly cases: readonly Range[] };
}

const placeOf = ({ level, index, partial }: Path) => ({
  level: level ?? ('entries' as const),
  index: BigInt(index),
  width: partial === 0 ? 256 : partial,
});
const plain = ({ level, index, width }: ReturnType<typeof placeOf>): string => `${level} ${index} ${width}`;
const readAs = (path: string) => saidOf(() => plain(parseTilePath(path)));

const paths = async ({ tile, entries, parse, parseErrors }: TileVectors): Promise<Row[]> => {
  const rows = parseErrors.map(([level, path]) => {
    const text = `tile/${level}/${path}`;
    return refused(text, refusalOf(() => parseTilePath(text))); // prettier-ignore
  });
  for (const one of [...tile, ...entries]) {
    const place = placeOf(one);
    rows.push(is(`write ${one.path}`, await saidOf(() => formatTilePath(place)), one.path));
    rows.push(is(`read ${one.path}`, await readAs(one.path), plain(place)));
  }
  for (const one of parse) {
    const text = `tile/${one.levelStr}/${one.pathStr}`;
    rows.push(is(`read ${text}`, await readAs(text), plain(placeOf(one))));
  }
  return rows;
};

export const judgeTiles = async (vectors: TileVectors): Promise<Row[]> => {
  const rows = await paths(vectors);
  for (const { seq, logSize, path } of vectors.entriesForLogIndex)
    rows.push(is(`entry ${seq} of ${logSize}`, await saidOf(() => formatTilePath(bundleOf(seq, logSize))), path));
  for (const one of vectors.nodeToTile) {
    const said = await saidOf(() => Object.values(tileOfNode(one.treeLevel, one.treeIndex)).join(' '));
    const wanted = [one.tileLevel, one.tileIndex, one.nodeLevelInTile, one.nodeIndexInTile].join(' ');
    rows.push(is(`node ${one.treeIndex} of level ${one.treeLevel}`, said, wanted));
  }
  const { treeSize = 0, ...example } = vectors.specExample;
  const levels = await saidOf(() => [0, 1, 2].map((level) => tilesAtLevel(treeSize, level)));
  const wanted = [0, 1, 2].map((level) => ({ full: `${example[`fullLevel${level}`] ?? 0}`, partial: example[`partialLevel${level}`] })); // prettier-ignore
  rows.push(is('example of the specification', levels, JSON.stringify(wanted)));
  for (const { from, N, treeSize: size, want } of vectors.bundleRanges.cases) {
    const said = await saidOf(() => [...bundlesFor(from, N, size)].map(({ first, count, ...path }) => `${plain(path as ReturnType<typeof placeOf>)} ${first} ${count}`)); // prettier-ignore
    const asked = want.map(({ first, n, ...path }) => `${plain(placeOf(path))} ${first} ${n}`);
    rows.push(is(`${N} entries from ${from} of ${size}`, said, JSON.stringify(asked)));
  }
  return rows;
};
