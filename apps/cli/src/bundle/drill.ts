import type { BundleFile } from '#verifier/bundle-files';
import { type DrillResult, TAMPERINGS, tamperDrill } from '#verifier/tamper-drill';
import type { Trust } from '#verifier/trust';
import type { OpenBundle } from './open-bundle.js';

export interface DrillFigures {
  readonly tamperings: number;
  readonly found: number;
  readonly located: number;
  readonly exactly: number;
  /** What got past the verifier, or was not found where it was done. */
  readonly missed: readonly DrillResult[];
}

/** Spoils copies of a good bundle in memory; the bundle itself is only read. */
export const drill = async (
  { files }: OpenBundle,
  trust: Trust,
  given: { readonly count: number; readonly seed: number },
  onProgress: (done: number) => void,
): Promise<DrillFigures> => {
  const good: BundleFile[] = [];
  for (const path of files.paths) good.push({ path, bytes: await files.read(path) });
  let [found, located, exactly, done] = [0, 0, 0, 0];
  const missed: DrillResult[] = [];
  for await (const result of tamperDrill(good, trust, given)) {
    done += 1;
    if (result.found) found += 1;
    if (result.located !== 'no') located += 1;
    if (result.located === 'exactly') exactly += 1;
    if (!result.found || result.located === 'no') missed.push(result);
    onProgress(done);
  }
  return { tamperings: done, found, located, exactly, missed };
};

export const drillLines = ({ tamperings, found, located, exactly, missed }: DrillFigures): string[] => [
  `${tamperings} tamperings of ${TAMPERINGS.length} kinds: ${found} found, ${located} located, ${exactly} of them exactly.`,
  ...missed.map(({ kind, leaf, file }) => `Missed: ${kind} (${[file ?? '', leaf ?? ''].join(' ').trim()})`),
];
