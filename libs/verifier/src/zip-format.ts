import { concat, utf8 } from '#transparency-log/bytes';

/**
 * ZIP as a bundle uses it (APPNOTE 6.3): stored without compression, one after another from the first byte, dated
 * 1 January 1980, no extras, no comment. There is one way to write a given list of files, so nothing can hide between
 * them. At most 65,534 files and just under 4 GiB; a larger bundle is a folder.
 */
export interface ZipEntry {
  readonly path: string;
  readonly size: number;
  readonly crc: number;
  /** Where its local header begins. */
  readonly offset: number;
}

export const MAX_ZIP_FILES = 0xfffe;
export const MAX_ZIP_BYTES = 0xffff_fffe;
export const LOCAL_BYTES = 30;
export const CENTRAL_BYTES = 46;
export const END_BYTES = 22;

const VERSION = 20;
const DATE = 0x21;

const numbers = (...pairs: readonly (readonly [width: 2 | 4, value: number])[]): Uint8Array => {
  const bytes = new Uint8Array(pairs.reduce((sum, [width]) => sum + width, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [width, value] of pairs) {
    if (width === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += width;
  }
  return bytes;
};

/** What both headers of a file say: version, flags, method, time, date, checksum, sizes, lengths of name and extras. */
const facts = ({ path, size, crc }: ZipEntry): Uint8Array =>
  numbers([2, VERSION], [2, 0], [2, 0], [2, 0], [2, DATE], [4, crc], [4, size], [4, size], [2, path.length], [2, 0]);

export const localHeader = (entry: ZipEntry): Uint8Array =>
  concat(numbers([4, 0x04034b50]), facts(entry), utf8(entry.path));

export const centralHeader = (entry: ZipEntry): Uint8Array =>
  concat(
    numbers([4, 0x02014b50], [2, VERSION]),
    facts(entry),
    numbers([2, 0], [2, 0], [2, 0], [4, 0], [4, entry.offset]),
    utf8(entry.path),
  );

export const endRecord = (files: number, bytes: number, offset: number): Uint8Array =>
  numbers([4, 0x06054b50], [2, 0], [2, 0], [2, files], [2, files], [4, bytes], [4, offset], [2, 0]);
