import { toHex } from '#transparency-log/bytes';
import { formatTilePath, parseTilePath } from '#transparency-log/tile-path';
import { VerificationError } from '#transparency-log/verification-error';

/** What the files of a bundle are called. Entries and hashes have the paths of C2SP tlog-tiles. */

export const MANIFEST = 'manifest.json';
export const CHECKPOINT = 'checkpoint';
export const POLICY = 'policy';
export const REPORT = 'report.json';
export const REPORT_PAGE = 'report.html';
export const PROV = 'prov.jsonld';

const shorten = (path: string): string => path.slice('tile/'.length);

export const entriesPath = (index: number, width: number): string =>
  shorten(formatTilePath({ level: 'entries', index, width }));
/** The leaf hashes as the log keeps them: vouched for by the root, and what a changed entry is located with. */
export const hashesPath = (index: number, width: number): string => formatTilePath({ level: 0, index, width });
export const proofPath = (index: number): string => `proofs/${index}.tlog-proof`;
export const sealedPath = (digest: Uint8Array): string => `sealed/${toHex(digest)}`;
export const keyPath = (kid: string): string => `keys/${kid}.json`;
export const historyPath = (size: number): string => `history/${size}.checkpoint`;
export const consistencyPath = (size: number): string => `history/${size}.consistency`;

export type BundlePath =
  | { readonly kind: 'single' }
  | { readonly kind: 'entries' | 'hashes'; readonly index: number; readonly width: number }
  | { readonly kind: 'proof' | 'history' | 'consistency'; readonly index: number }
  | { readonly kind: 'sealed' | 'key'; readonly name: string };

const SINGLE: readonly string[] = [MANIFEST, CHECKPOINT, POLICY, REPORT, REPORT_PAGE, PROV];

const tile = (path: string): BundlePath | undefined => {
  try {
    const { level, index, width } = parseTilePath(path);
    if ((level !== 'entries' && level !== 0) || index > BigInt(Number.MAX_SAFE_INTEGER)) return undefined;
    return { kind: level === 0 ? 'hashes' : 'entries', index: Number(index), width };
  } catch (error) {
    if (error instanceof VerificationError) return undefined;
    throw error;
  }
};

const NUMBERED = /^(proofs|history)\/(0|[1-9][0-9]{0,14})\.(tlog-proof|checkpoint|consistency)$/;

/** Undefined for a file that no bundle has. */
export const parseBundlePath = (path: string): BundlePath | undefined => {
  if (SINGLE.includes(path)) return { kind: 'single' };
  if (path.startsWith('entries/')) return tile(`tile/${path}`);
  if (path.startsWith('tile/0/')) return tile(path);
  const [, folder, number, ending] = NUMBERED.exec(path) ?? [];
  if (folder === 'proofs' && ending === 'tlog-proof') return { kind: 'proof', index: Number(number) };
  if (folder === 'history' && (ending === 'checkpoint' || ending === 'consistency'))
    return { kind: ending === 'checkpoint' ? 'history' : 'consistency', index: Number(number) };
  const [, digest] = /^sealed\/([0-9a-f]{64})$/.exec(path) ?? [];
  if (digest !== undefined) return { kind: 'sealed', name: digest };
  const [, kid] = /^keys\/([A-Za-z0-9_-]{1,100})\.json$/.exec(path) ?? [];
  return kid === undefined ? undefined : { kind: 'key', name: kid };
};
