import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { crc32 } from 'node:zlib';
import { type BundleFiles, badBundle, requirePaths } from '#verifier/bundle-files';
import { openZip } from '#verifier/zip-reader';

/** A bundle on a disk: a folder, or a ZIP file that is read piece by piece. */
export interface OpenBundle {
  readonly files: BundleFiles;
  close(): Promise<void>;
}

const why = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** @returns undefined for a file that is larger. */
const readInto = (path: string, room: Uint8Array): Uint8Array | undefined => {
  const file = openSync(path, 'r');
  try {
    for (let at = 0; at < room.length;) {
      const count = readSync(file, room, at, room.length - at, null);
      if (count === 0) return room.subarray(0, at);
      at += count;
    }
    return undefined;
  } finally {
    closeSync(file);
  }
};

/** Everything in a bundle is a plain file: a link could lead anywhere. */
const openFolder = async (folder: string): Promise<BundleFiles> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const odd = entries.find((entry) => !entry.isFile() && !entry.isDirectory());
  if (odd) throw badBundle(`${odd.name} is neither a file nor a folder`);
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
  const known = new Set(requirePaths(paths));
  return {
    paths,
    read: async (path, room) => {
      if (!known.has(path)) throw badBundle(`the bundle has no file ${path}`);
      try {
        // Thousands of small files: handing each to another thread and back takes longer than to read it.
        return (room && readInto(join(folder, path), room)) ?? readFileSync(join(folder, path));
      } catch (error) {
        throw badBundle(`${path} cannot be read: ${why(error)}`);
      }
    },
  };
};

const openFile = async (path: string, size: number): Promise<OpenBundle> => {
  const handle = await open(path, 'r');
  const read = async (offset: number, length: number): Promise<Uint8Array> => {
    const bytes = new Uint8Array(length);
    const bytesRead = readSync(handle.fd, bytes, 0, length, offset);
    return bytes.subarray(0, bytesRead);
  };
  try {
    return { files: await openZip({ size, read }, (bytes) => crc32(bytes)), close: () => handle.close() };
  } catch (error) {
    await handle.close();
    throw error;
  }
};

/** @throws VerificationError when there is no bundle there, or it cannot be read. */
export const openBundle = async (path: string): Promise<OpenBundle> => {
  const found = await stat(path).catch((error: unknown) => {
    throw badBundle(`${path} cannot be read: ${why(error)}`);
  });
  if (found.isDirectory()) return { files: await openFolder(path), close: async () => undefined };
  return openFile(path, found.size);
};
