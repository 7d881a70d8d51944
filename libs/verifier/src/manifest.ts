import { toBase64 } from '#transparency-log/base64';
import { badBundle } from './bundle-files.js';
import { isObject, jsonBytes, parseStrictJson } from './strict-json.js';

/** What was put into the bundle besides every entry of the log. */
export interface Scope {
  /** Streams whose sealed words are in the bundle as far as they have not been erased; 'all' for every one. */
  readonly streams: 'all' | readonly string[];
  /** Whether their keys are in it too: only for people who may read the words. */
  readonly keys: boolean;
  /** Entries that the report cites, in order: each has a proof that stands alone. */
  readonly cited: readonly number[];
}

/** A convenience, vouched for by nobody: everything it says is checked against something else. */
export interface Manifest {
  readonly bundle: 'throughline-bundle/v1';
  readonly origin: string;
  readonly size: number;
  /** Base64. */
  readonly root: string;
  readonly scope: Scope;
  /** SHA-256 (base64) by path, of every file but this one, the entries and the hashes, which the root vouches for. */
  readonly files: Readonly<Record<string, string>>;
}

const VERSION = 'throughline-bundle/v1';

export const formatManifest = (
  manifest: Omit<Manifest, 'bundle' | 'root'> & { readonly root: Uint8Array },
): Uint8Array => jsonBytes({ bundle: VERSION, ...manifest, root: toBase64(manifest.root) });

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((each) => typeof each === 'string');
const isRising = (values: readonly (number | string)[]): boolean =>
  values.every((value, at) => at === 0 || (values[at - 1] as number | string) < value);

const readScope = (value: unknown): Scope => {
  const refuse = (): never => {
    throw badBundle('manifest.json does not say properly what is in the bundle');
  };
  if (!isObject(value) || Object.keys(value).join() !== 'cited,keys,streams') return refuse();
  const { streams, keys, cited } = value;
  if (typeof keys !== 'boolean' || !Array.isArray(cited) || !cited.every(isCount) || !isRising(cited)) return refuse();
  if (streams !== 'all' && !(isTexts(streams) && isRising(streams))) return refuse();
  return { streams, keys, cited };
};

/** @throws VerificationError unless it is a manifest of this version, in its one form. */
export const parseManifest = (bytes: Uint8Array): Manifest => {
  const value = parseStrictJson(bytes, 'manifest.json');
  if (value['bundle'] !== VERSION) throw badBundle('this is not a bundle of version 1');
  if (Object.keys(value).join() !== 'bundle,files,origin,root,scope,size')
    throw badBundle('manifest.json has other members than a bundle of version 1');
  const { origin, size, root, files } = value;
  if (typeof origin !== 'string' || !isCount(size) || typeof root !== 'string' || !isObject(files))
    throw badBundle('manifest.json does not say which record this is');
  if (!isTexts(Object.values(files))) throw badBundle('manifest.json has a file without a digest');
  return {
    bundle: VERSION,
    origin,
    size,
    root,
    scope: readScope(value['scope']),
    files: files as Record<string, string>,
  };
};
