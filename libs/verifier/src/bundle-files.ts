import { VerificationError } from '#transparency-log/verification-error';

/** A bundle as the verifier sees it, wherever it lies: a folder, a ZIP file, or memory. Read file by file. */
export interface BundleFiles {
  readonly paths: readonly string[];
  /**
   * `room`: memory that the answer may lie in, so that thousands of files need not each have their own.
   * @throws VerificationError when there is no such file, or it cannot be read.
   */
  read(path: string, room?: Uint8Array): Promise<Uint8Array>;
  /** Files whose container says that they were damaged, and why; filled as they are read. */
  readonly damaged?: ReadonlyMap<string, string>;
}

export interface BundleFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

export const badBundle = (why: string): VerificationError => new VerificationError('bad-bundle', why);

const LONGEST_PATH = 200;
const PART = /^[A-Za-z0-9_-][A-Za-z0-9._-]*$/;

/** Letters, digits, dot, dash, underscore and single slashes: no way out of the folder on any system. */
export const isSafePath = (path: string): boolean =>
  path.length <= LONGEST_PATH && path.split('/').every((part) => PART.test(part) && !part.endsWith('.'));

/** @throws VerificationError for a path that could lead out of the bundle, or that stands there twice. */
export const requirePaths = (paths: readonly string[]): readonly string[] => {
  const seen = new Set<string>();
  for (const path of paths) {
    if (!isSafePath(path)) throw badBundle('a file of the bundle has a name that no bundle has');
    // Two names that differ only in capitals are one file on some systems.
    const folded = path.toLowerCase();
    if (seen.has(folded)) throw badBundle(`the bundle holds ${path} twice`);
    seen.add(folded);
  }
  return paths;
};

export const memoryFiles = (files: Iterable<BundleFile>): BundleFiles => {
  const all = new Map<string, Uint8Array>();
  const paths: string[] = [];
  for (const { path, bytes } of files) {
    paths.push(path);
    all.set(path, bytes);
  }
  requirePaths(paths);
  return {
    paths,
    read: async (path) => {
      const bytes = all.get(path);
      if (!bytes) throw badBundle(`the bundle has no file ${path}`);
      return bytes;
    },
  };
};
