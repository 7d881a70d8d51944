import { type BundleFile, badBundle, requirePaths } from './bundle-files.js';
import { type Crc32, crc32 } from './crc32.js';
import { centralHeader, endRecord, localHeader, MAX_ZIP_BYTES, MAX_ZIP_FILES, type ZipEntry } from './zip-format.js';

/**
 * The bytes of the ZIP file, piece by piece, in the order in which the files come.
 * @throws VerificationError for a path no bundle has, or more than a ZIP file of this kind holds.
 */
export async function* zipOf(
  files: Iterable<BundleFile> | AsyncIterable<BundleFile>,
  checksum: Crc32 = crc32,
): AsyncGenerator<Uint8Array> {
  const entries: ZipEntry[] = [];
  let offset = 0;
  for await (const { path, bytes } of files) {
    const entry = { path, size: bytes.length, crc: checksum(bytes), offset };
    entries.push(entry);
    const header = localHeader(entry);
    offset += header.length + bytes.length;
    if (entries.length > MAX_ZIP_FILES || offset > MAX_ZIP_BYTES)
      throw badBundle('this is too much for one ZIP file: write the bundle as a folder');
    yield header;
    yield bytes;
  }
  requirePaths(entries.map(({ path }) => path));
  let length = 0;
  for (const entry of entries) {
    const header = centralHeader(entry);
    length += header.length;
    yield header;
  }
  if (offset + length > MAX_ZIP_BYTES)
    throw badBundle('this is too much for one ZIP file: write the bundle as a folder');
  yield endRecord(entries.length, length, offset);
}
