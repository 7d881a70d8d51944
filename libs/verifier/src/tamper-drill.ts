import { type BundleFile, memoryFiles } from './bundle-files.js';
import { BUNDLE_WIDTH } from './entries.js';
import { parseBundlePath } from './paths.js';
import type { Sha256 } from '#transparency-log/sha256';
import { Spoilt } from './tampering.js';
import type { Trust } from './trust.js';
import type { Finding } from './finding.js';
import { verifyBundle } from './verify-bundle.js';

/** Spoils a good bundle in every way we know of, and looks whether each is found, and where. */

export interface Tampering {
  readonly kind: string;
  /** Where it was done: a file, an entry, or either. */
  readonly leaf?: number;
  readonly file?: string;
}

const isEntry = (spoilt: Spoilt, path: string, at: number): number | undefined => {
  const parsed = parseBundlePath(path);
  if (parsed?.kind === 'hashes') return parsed.index * BUNDLE_WIDTH + Math.floor(at / 32);
  if (parsed?.kind !== 'entries') return undefined;
  let leaf = parsed.index * BUNDLE_WIDTH;
  for (let end = 0; leaf < spoilt.leaves.length; leaf += 1) {
    end += 2 + (spoilt.leaves[leaf] as Uint8Array).length;
    if (end > at) break;
  }
  return leaf;
};

/** Each spoils the bundle and tells where. `mend`: the list of contents is made to fit. */
const KINDS: Readonly<Record<string, (spoilt: Spoilt) => Omit<Tampering, 'kind'>>> = {
  'flip a bit of a file': (spoilt) => {
    const path = spoilt.anyFile();
    const { bytes, at } = spoilt.flip(spoilt.files.get(path) as Uint8Array);
    spoilt.put(path, bytes);
    const leaf = isEntry(spoilt, path, at);
    return { file: path, ...(leaf !== undefined && { leaf }) };
  },
  'flip a bit of an entry': (spoilt) => {
    const leaf = spoilt.random(spoilt.leaves.length);
    spoilt.leaves[leaf] = spoilt.flip(spoilt.leaves[leaf] as Uint8Array).bytes;
    spoilt.repack(false);
    return { leaf };
  },
  'change an entry': (spoilt) => {
    const leaf = spoilt.random(spoilt.leaves.length);
    spoilt.rewrite(leaf);
    spoilt.repack(false);
    return { leaf };
  },
  'change an entry and its fingerprint': (spoilt) => {
    const leaf = spoilt.random(spoilt.leaves.length);
    spoilt.rewrite(leaf);
    spoilt.repack(true);
    return { leaf };
  },
  'delete an entry': (spoilt) => {
    const leaf = spoilt.random(spoilt.leaves.length);
    spoilt.leaves.splice(leaf, 1);
    spoilt.repack(false);
    return { leaf };
  },
  'delete an entry and its fingerprint': (spoilt) => {
    const leaf = spoilt.random(spoilt.leaves.length);
    spoilt.leaves.splice(leaf, 1);
    spoilt.repack(true);
    return { leaf };
  },
  'swap two entries': (spoilt) => {
    const [leaf, other] = spoilt.pair(spoilt.leaves.map((_, at) => at));
    [spoilt.leaves[leaf], spoilt.leaves[other]] = [
      spoilt.leaves[other] as Uint8Array,
      spoilt.leaves[leaf] as Uint8Array,
    ];
    spoilt.repack(false);
    return { leaf };
  },
  'insert an entry': (spoilt) => {
    const leaf = spoilt.random(spoilt.leaves.length);
    spoilt.leaves.splice(leaf, 0, spoilt.pick(spoilt.leaves));
    if (spoilt.random(2) === 0) spoilt.rewrite(leaf);
    spoilt.repack(false);
    return { leaf };
  },
  'cut off the end': (spoilt) => {
    const leaf = spoilt.leaves.length - 1 - spoilt.random(Math.min(spoilt.leaves.length - 1, 400));
    spoilt.leaves = spoilt.leaves.slice(0, leaf);
    spoilt.repack(spoilt.random(2) === 0);
    return { leaf };
  },
  'put sealed words in the place of others': (spoilt) => {
    const [file, other] = spoilt.pair(spoilt.paths('sealed'));
    spoilt.put(file, spoilt.files.get(other) as Uint8Array);
    spoilt.mendManifest();
    return { file };
  },
  'swap two keys': (spoilt) => {
    const [file, other] = spoilt.pair(spoilt.paths('key'));
    spoilt.swapKeys(file, other);
    spoilt.mendManifest();
    return { file };
  },
  'take sealed words away': (spoilt) => {
    const file = spoilt.pick(spoilt.paths('sealed'));
    spoilt.files.delete(file);
    spoilt.mendManifest();
    return { file };
  },
  'take a key away': (spoilt) => {
    const file = spoilt.pick(spoilt.paths('key'));
    spoilt.files.delete(file);
    spoilt.mendManifest();
    return { file };
  },
  'take a file away': (spoilt) => {
    const file = spoilt.anyFile();
    spoilt.files.delete(file);
    const parsed = parseBundlePath(file);
    return { file, ...(parsed && 'width' in parsed && { leaf: parsed.index * BUNDLE_WIDTH }) };
  },
  'add a file': (spoilt) => {
    const file = spoilt.pick([
      'notes.txt',
      'sealed/00',
      'proofs/1000000.tlog-proof',
      'entries/999',
      'entries/000.p/1',
      'tile/0/999',
      'tile/0/000.p/1',
      'keys/a.json',
    ]);
    spoilt.put(file, Uint8Array.of(1, 2, 3));
    return { file };
  },
};

export interface DrillResult extends Tampering {
  readonly found: boolean;
  /** `exactly`: the entry or the file itself; `within`: a stretch of entries that holds it. */
  readonly located: 'exactly' | 'within' | 'no';
  /** What located it: where the verifier says that something is wrong, at which level, and in which words. */
  readonly by?: Finding;
}

const locate = (
  findings: readonly Finding[],
  { leaf, file }: Tampering,
  places: ReadonlySet<number>,
): Pick<DrillResult, 'located' | 'by'> => {
  // prettier-ignore
  const isExact = (each: Finding): boolean =>
    (file !== undefined && each.file === file) ||
    (each.leaf !== undefined && (each.upTo ?? each.leaf) === each.leaf && (each.leaf === leaf || places.has(each.leaf)));
  const exact = findings.find(isExact);
  if (exact) return { located: 'exactly', by: exact };
  const isWithin = (each: Finding): boolean =>
    leaf !== undefined && each.leaf !== undefined && each.leaf <= leaf && leaf <= (each.upTo ?? each.leaf);
  const within = findings.find(isWithin);
  return within ? { located: 'within', by: within } : { located: 'no' };
};

/** Small and the same everywhere: mulberry32. */
export const seededRandom = (seed: number): ((below: number) => number) => {
  let state = seed | 0;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
};

/** Where words were taken away, the finding names the entries that hold them: any of these is the place. */
const placesOf = (findings: readonly Finding[], { kind }: Tampering): ReadonlySet<number> =>
  new Set(
    /^take (sealed words|a key) away$/.test(kind)
      ? findings.flatMap(({ code, leaf }) => (code === 'words-missing' && leaf !== undefined ? [leaf] : []))
      : [],
  );

export const TAMPERINGS: readonly string[] = Object.keys(KINDS);

/** What there must be at least two of. */
const NEEDS: Readonly<Record<string, string>> = {
  'put sealed words in the place of others': 'sealed',
  'take sealed words away': 'sealed',
  'swap two keys': 'key',
  'take a key away': 'key',
};

/** The kinds that can be done to this bundle: one without personal words has none to swap. */
export const tamperingsOf = (good: readonly BundleFile[]): readonly string[] =>
  TAMPERINGS.filter((kind) => {
    const needed = NEEDS[kind];
    return needed === undefined || good.filter(({ path }) => parseBundlePath(path)?.kind === needed).length > 1;
  });

/** One tampering of a good bundle, which stays as it is. */
export const spoil = (
  good: readonly BundleFile[],
  kind: string,
  sha256: Sha256,
  random: (below: number) => number,
): { readonly files: BundleFile[]; readonly tampering: Tampering } => {
  const spoilt = new Spoilt(good, sha256, random);
  const where = (KINDS[kind] as (of: Spoilt) => Omit<Tampering, 'kind'>)(spoilt);
  return { files: spoilt.result(), tampering: { kind, ...where } };
};

/** One tampering of a good bundle, and what the verifier says to it. `verify`: another one, which may be worse. */
export const tryTampering = async (
  good: readonly BundleFile[],
  trust: Trust,
  kind: string,
  random: (below: number) => number,
  verify = verifyBundle,
): Promise<DrillResult> => {
  const { files, tampering } = spoil(good, kind, trust.sha256, random);
  const verdict = await verify(memoryFiles(files), trust);
  const findings = verdict.levels.flatMap((level) => level.findings);
  const found = verdict.levels.some(({ state }) => state === 'wrong') && findings.length > 0;
  return { ...tampering, found, ...locate(findings, tampering, placesOf(findings, tampering)) };
};

/** So many tamperings of a good bundle, one after another, the same for the same seed. */
export async function* tamperDrill(
  good: readonly BundleFile[],
  trust: Trust,
  { count, seed }: { readonly count: number; readonly seed: number },
): AsyncGenerator<DrillResult> {
  const random = seededRandom(seed);
  const kinds = tamperingsOf(good);
  for (let round = 0; round < count; round += 1) {
    const kind = kinds[round % kinds.length] as string;
    yield tryTampering(good, trust, kind, random);
  }
}
