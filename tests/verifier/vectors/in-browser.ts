import { toHex } from '#transparency-log/bytes';
import { pureSha256 } from '#transparency-log/pure-sha256';
import { digestsOf, inputs } from './digests.js';
import { judgeJson } from './json.js';
import { judgeCheckpoints, judgeKeys, judgeNotes } from './notes.js';
import type { Row } from './row.js';
import { judgeTiles } from './tiles.js';
import { judgeTrees } from './trees.js';

/** Called by name from a test page, which is made as the page of the verifier is, of the same modules. */
export const JUDGES = { judgeTrees, judgeNotes, judgeKeys, judgeCheckpoints, judgeTiles, judgeJson } as const;
export type Judge = keyof typeof JUDGES;

export const judge = (by: Judge, vectors: unknown): Promise<Row[]> =>
  (JUDGES[by] as (vectors: unknown, sha256: typeof pureSha256) => Promise<Row[]>)(vectors, pureSha256);

export const pureDigests = (count: number, seed: number): string[] => digestsOf(count, seed, pureSha256);

/** A third opinion: the browser's own. */
export const webDigests = async (count: number, seed: number): Promise<string[]> => {
  const found: string[] = [];
  for (const bytes of inputs(count, seed)) {
    const digest = await globalThis.crypto.subtle.digest('SHA-256', new Uint8Array(bytes));
    found.push(`${bytes.length} ${toHex(new Uint8Array(digest))}`);
  }
  return found;
};
