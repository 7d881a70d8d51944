import type { BundleFiles } from './bundle-files.js';
import type { Findings } from './finding.js';
import { parseBundlePath } from './paths.js';

/** One file of entries as it was found. */
export interface EntriesFile {
  readonly path: string;
  readonly index: number;
  /** So many entries its name promises. */
  readonly width: number;
}

export const BUNDLE_WIDTH = 256;

/** The files of entries in order, one per place; the widest wins where there are several. */
export const entriesFiles = (files: BundleFiles, kind: 'entries' | 'hashes'): EntriesFile[] => {
  const byIndex = new Map<number, EntriesFile>();
  for (const path of files.paths) {
    const parsed = parseBundlePath(path);
    if (parsed?.kind !== kind || !('width' in parsed)) continue;
    const { index, width } = parsed;
    if ((byIndex.get(index)?.width ?? 0) < width) byIndex.set(index, { path, index, width });
  }
  return [...byIndex.values()].sort((a, b) => a.index - b.index);
};

/** As many entries as can be read; a broken file still shows where it breaks. */
export const splitEntries = (bytes: Uint8Array): { entries: Uint8Array[]; isBroken: boolean } => {
  const entries: Uint8Array[] = [];
  let at = 0;
  while (at + 2 <= bytes.length) {
    const end = at + 2 + (((bytes[at] as number) << 8) | (bytes[at + 1] as number));
    if (end > bytes.length || entries.length === BUNDLE_WIDTH) break;
    entries.push(bytes.subarray(at + 2, end));
    at = end;
  }
  return { entries, isBroken: at !== bytes.length };
};

/** How many entries the file at this place must hold in a log of that size. */
export const widthIn = (size: number, index: number): number =>
  Math.max(0, Math.min(BUNDLE_WIDTH, size - index * BUNDLE_WIDTH));

/** Entries that the seal counts but no file holds, and files that the seal does not count. */
export const checkCount = (found: readonly EntriesFile[], size: number, findings: Findings): void => {
  let next = 0;
  const missing = (from: number, to: number): void => {
    const [leaf, upTo] = [from * BUNDLE_WIDTH, Math.min(size, to * BUNDLE_WIDTH) - 1];
    if (leaf <= upTo)
      findings.add('entry-missing', { leaf, upTo }, `Entries ${leaf} to ${upTo} are not in the bundle.`);
  };
  for (const { path, index, width } of found) {
    if (widthIn(size, index) === 0) {
      findings.add('entries-extra', { leaf: index * BUNDLE_WIDTH, file: path }, `The file ${path} holds entries that the seal does not count.`); // prettier-ignore
      continue;
    }
    missing(next, index);
    next = index + 1;
    const expected = widthIn(size, index);
    if (width !== expected)
      findings.add('entries-broken', { leaf: index * BUNDLE_WIDTH + Math.min(width, expected), upTo: index * BUNDLE_WIDTH + Math.max(width, expected), file: path }, `The file ${path} should hold ${expected} entries.`); // prettier-ignore
  }
  missing(next, Math.ceil(size / BUNDLE_WIDTH));
};
