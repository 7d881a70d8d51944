import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { Writable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { ImportFailure } from '../problem.js';

/** What has been read of a file so far; `digest` is complete when everything has been read. */
export interface FileTally {
  bytes: number;
  /** SHA-256 of the file as it lies on disk, hex; empty until the end. */
  digest: string;
  gzip: boolean;
}

const CHUNK = 256 * 1024;

/**
 * The contents of a file, unpacked when it is gzip. Whether it is gzip is seen from its first bytes, not from its name.
 * @throws ImportFailure for files that cannot be opened, are cut off, or are a spreadsheet program's own format.
 */
export async function* readBytes(path: string, name: string, tally: FileTally): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  const source = tallied(path, name, tally, hash);
  const first = await source.next();
  const start = first.done ? new Uint8Array() : first.value;
  refuseOtherFormats(start, name);
  tally.gzip = start[0] === 0x1f && start[1] === 0x8b;
  const whole = (async function* () {
    if (!first.done) yield first.value;
    yield* source;
  })();
  if (tally.gzip) yield* unpack(whole, name);
  else yield* whole;
  tally.digest = hash.digest('hex');
}

async function* tallied(
  path: string,
  name: string,
  tally: FileTally,
  hash: ReturnType<typeof createHash>,
): AsyncGenerator<Uint8Array> {
  const stream = createReadStream(path, { highWaterMark: CHUNK });
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      tally.bytes += chunk.length;
      hash.update(chunk);
      yield chunk;
    }
  } catch (error) {
    throw unreadable(error, name);
  } finally {
    stream.destroy();
  }
}

const unreadable = (error: unknown, name: string): unknown => {
  const { code } = error as NodeJS.ErrnoException;
  const message = {
    ENOENT: 'There is no such file. Check the name and the folder.',
    EACCES: 'This file may not be read. Ask for the right to read it.',
    EISDIR: 'This is a folder. Name a file, or describe its files in the mapping.',
  }[code ?? ''];
  return message ? failure(name, 'file-unreadable', message) : error;
};

const refuseOtherFormats = (start: Uint8Array, name: string): void => {
  const begins = (...bytes: readonly number[]): boolean => bytes.every((byte, index) => start[index] === byte);
  if (begins(0x50, 0x4b, 3, 4) || begins(0xd0, 0xcf, 0x11, 0xe0))
    throw failure(name, 'spreadsheet-file', 'This is a spreadsheet or zip file. Open it and save it as CSV (UTF-8).');
  if (begins(0x25, 0x50, 0x44, 0x46))
    throw failure(name, 'pdf-file', 'This is a PDF. Ask for the data as CSV or JSON.');
};

/** Every byte is hashed before it is unpacked, so the digest is that of the file on disk. */
async function* unpack(packed: AsyncIterable<Uint8Array>, name: string): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip();
  // The one who reads gets every error; without a listener one that comes late would end the process.
  gunzip.on('error', () => undefined);
  let sourceError: unknown = null;
  const feed = (async () => {
    try {
      for await (const chunk of packed) {
        if (gunzip.destroyed) return;
        if (!gunzip.write(chunk)) await roomIn(gunzip);
      }
      gunzip.end();
    } catch (error) {
      sourceError = error;
      gunzip.destroy();
    }
  })();
  try {
    for await (const chunk of gunzip as AsyncIterable<Buffer>) yield chunk;
  } catch (error) {
    if (sourceError) throw sourceError as Error;
    throw (error as { code?: string }).code === 'Z_BUF_ERROR'
      ? failure(name, 'gzip-truncated', 'This gzip file ends too early: it was cut off. Copy or download it again.')
      : failure(name, 'gzip-damaged', 'This gzip file is damaged and cannot be unpacked. Copy or download it again.');
  } finally {
    gunzip.destroy();
    await feed;
  }
}

const roomIn = (stream: Writable): Promise<void> =>
  new Promise((resolve) => {
    if (stream.closed) return resolve();
    const done = (): void => {
      stream.off('drain', done).off('close', done);
      resolve();
    };
    stream.on('drain', done).on('close', done);
  });

export const failure = (file: string, code: string, message: string, row = 0, line?: number): ImportFailure =>
  new ImportFailure({ level: 'fatal', file, row, code, message, ...(line !== undefined && { line }) });
