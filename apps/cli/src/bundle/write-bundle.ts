import { mkdir, open, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { crc32 } from 'node:zlib';
import { type BundleFile, badBundle, isSafePath } from '#verifier/bundle-files';
import { zipOf } from '#verifier/zip-writer';

type Files = Iterable<BundleFile> | AsyncIterable<BundleFile>;

/** Into a folder that must not be there yet, so that nothing old can stand between the new files. */
export const writeFolder = async (folder: string, files: Files): Promise<void> => {
  await mkdir(folder);
  for await (const { path, bytes } of files) {
    if (!isSafePath(path)) throw badBundle(`no bundle has a file ${path}`);
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), bytes, { flag: 'wx' });
  }
};

/** Into a new file. */
export const writeZip = async (path: string, files: Files): Promise<void> => {
  const handle = await open(path, 'wx');
  try {
    for await (const piece of zipOf(files, (bytes) => crc32(bytes))) await handle.writeFile(piece);
  } finally {
    await handle.close();
  }
};
