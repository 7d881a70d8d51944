import { readUtf8, sameBytes } from '#transparency-log/bytes';
import { type BundleFiles, badBundle, requirePaths } from './bundle-files.js';
import { type Crc32, crc32 } from './crc32.js';
import {
  CENTRAL_BYTES,
  centralHeader,
  END_BYTES,
  endRecord,
  LOCAL_BYTES,
  localHeader,
  MAX_ZIP_BYTES,
  type ZipEntry,
} from './zip-format.js';

/** Something with bytes that can be read anywhere: an open file, or a file that was chosen in a browser. */
export interface ByteSource {
  readonly size: number;
  /** Exactly so many bytes from there. */
  read(offset: number, length: number): Promise<Uint8Array>;
}

export const memorySource = (bytes: Uint8Array): ByteSource => ({
  size: bytes.length,
  read: async (offset, length) => bytes.subarray(offset, offset + length),
});

const FOREIGN = 'this ZIP file was not written as a bundle; unpack it and check the folder';
const viewOn = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

const readExactly = async (source: ByteSource, offset: number, length: number): Promise<Uint8Array> => {
  const bytes = await source.read(offset, length);
  if (bytes.length !== length) throw badBundle('the ZIP file ends too early');
  return bytes;
};

/** The list at the end of the file. Each file must begin where the one before it ends, so none can overlap or hide. */
const readCentral = (central: Uint8Array, count: number): ZipEntry[] => {
  const view = viewOn(central);
  const entries: ZipEntry[] = [];
  let [at, offset] = [0, 0];
  for (let index = 0; index < count; index += 1) {
    if (at + CENTRAL_BYTES > central.length) throw badBundle(FOREIGN);
    const [crc, size, length] = [view.getUint32(at + 16, true), view.getUint32(at + 20, true), view.getUint16(at + 28, true)]; // prettier-ignore
    const path = readUtf8(central.subarray(at + CENTRAL_BYTES, at + CENTRAL_BYTES + length));
    const entry = { path, size, crc, offset };
    const written = centralHeader(entry);
    if (!sameBytes(written, central.subarray(at, at + written.length))) throw badBundle(FOREIGN);
    entries.push(entry);
    at += written.length;
    offset += LOCAL_BYTES + length + size;
  }
  if (at !== central.length) throw badBundle(FOREIGN);
  return entries;
};

/** @throws VerificationError for any ZIP file but one that `zipOf` could have written. */
export const openZip = async (source: ByteSource, checksum: Crc32 = crc32): Promise<BundleFiles> => {
  if (source.size < END_BYTES || source.size > MAX_ZIP_BYTES + END_BYTES) throw badBundle('this is not a ZIP file');
  const end = await readExactly(source, source.size - END_BYTES, END_BYTES);
  const view = viewOn(end);
  const [count, length, start] = [view.getUint16(10, true), view.getUint32(12, true), view.getUint32(16, true)];
  if (!sameBytes(end, endRecord(count, length, start)) || start + length + END_BYTES !== source.size)
    throw badBundle(FOREIGN);
  const entries = readCentral(await readExactly(source, start, length), count);
  const last = entries.at(-1);
  if ((last ? last.offset + LOCAL_BYTES + last.path.length + last.size : 0) !== start) throw badBundle(FOREIGN);
  const byPath = new Map(entries.map((entry) => [entry.path, entry]));
  requirePaths(entries.map(({ path }) => path));
  const damaged = new Map<string, string>();
  return {
    paths: [...byPath.keys()],
    damaged,
    read: async (path) => {
      const entry = byPath.get(path);
      if (!entry) throw badBundle(`the bundle has no file ${path}`);
      const header = localHeader(entry);
      const whole = await readExactly(source, entry.offset, header.length + entry.size);
      const bytes = whole.subarray(header.length);
      if (!sameBytes(whole.subarray(0, header.length), header)) damaged.set(path, 'its two headers differ');
      else if (checksum(bytes) !== entry.crc) damaged.set(path, 'its bytes are not the ones that were packed');
      return bytes;
    },
  };
};
