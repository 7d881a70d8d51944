import { createHash } from 'node:crypto';
import { createReadStream, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface CopiedFile {
  readonly name: string;
  readonly bytes: number;
  /** SHA-256, base64. */
  readonly sha256: string;
}

interface Manifest {
  readonly v: 1;
  /** ISO-8601 UTC. What was recorded after it is not in here. */
  readonly takenAt: string;
  /** The random number that ties ciphertexts and keys together, base64. */
  readonly pair: string;
  readonly files: readonly CopiedFile[];
}

/** The log and the sealed words. */
export interface RecordManifest extends Manifest {
  readonly kind: 'record';
  /** Left out where the log lies in EventStoreDB and is backed up there. */
  readonly log?: {
    readonly entries: number;
    /** RFC 6962 tree hash over all entries, base64. */
    readonly root: string;
  };
}

/** The keys and what else may be forgotten. */
export interface VaultManifest extends Manifest {
  readonly kind: 'vault';
  /** Lines in the list of erasures: whoever puts this back must know at least as many. */
  readonly erasures: number;
}

const NAME = 'manifest.json';

export const writeManifest = (folder: string, manifest: RecordManifest | VaultManifest): void =>
  writeFileSync(join(folder, NAME), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600, flush: true });

/** @throws Error when it is none of this kind, or a file is not as it was when the backup was taken. */
export const readManifest = async <T extends RecordManifest | VaultManifest>(
  folder: string,
  kind: T['kind'],
): Promise<T> => {
  const manifest = parse(folder) as Partial<T>;
  if (manifest.v !== 1 || manifest.kind !== kind || !Array.isArray(manifest.files))
    throw new Error(`${folder} is not a backup of the ${kind} that this release can read.`);
  for (const { name, bytes, sha256 } of manifest.files as readonly CopiedFile[]) {
    const found = await describeFile(folder, name).catch(() => undefined);
    if (found?.bytes !== bytes || found.sha256 !== sha256)
      throw new Error(`${join(folder, name)} is not as it was when the backup was taken. Use another backup.`);
  }
  return manifest as T;
};

const parse = (folder: string): unknown => {
  try {
    return JSON.parse(readFileSync(join(folder, NAME), 'utf8'));
  } catch {
    throw new Error(`${folder} holds no backup: its ${NAME} is missing or cannot be read.`);
  }
};

export const describeFile = async (folder: string, name: string): Promise<CopiedFile> => {
  const path = join(folder, name);
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return { name, bytes: statSync(path).size, sha256: hash.digest('base64') };
};
