import { availableParallelism } from 'node:os';
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { entriesFiles } from '#verifier/entries';
import type { BundleFiles } from '#verifier/bundle-files';
import type { HashedFile, HashEntries } from '#verifier/hash-entries';

/** A thread that hashes entries while others are judged. */
export interface HashThread {
  readonly hashEntries: HashEntries;
  close(): Promise<void>;
}

/** A file of entries holds 256; for fewer files, starting a thread takes longer than it saves. */
const WORTH_IT = 100;

interface Waiting {
  resolve(hashed: HashedFile): void;
  reject(error: Error): void;
}

/** @returns undefined for a small bundle, and on a machine with one core. */
export const hashThreadFor = (files: BundleFiles): HashThread | undefined =>
  availableParallelism() > 1 && entriesFiles(files, 'entries').length >= WORTH_IT ? startHashThread() : undefined;

export const startHashThread = (): HashThread => {
  const worker = new Worker(new URL(`./hash-worker${extname(import.meta.url)}`, import.meta.url));
  const waiting: Waiting[] = [];
  let ended: Error | undefined;
  const end = (error: Error): void => {
    ended ??= error;
    for (const each of waiting.splice(0)) each.reject(ended);
  };
  worker.on('message', (hashed: HashedFile) => waiting.shift()?.resolve(hashed));
  worker.on('error', end);
  worker.on('exit', () => end(new Error('the thread that hashes has ended')));
  return {
    hashEntries: (bytes, isQuick, isOurs) =>
      new Promise((resolve, reject) => {
        if (ended) return reject(ended);
        waiting.push({ resolve, reject });
        // What is handed over is gone here.
        const own = isOurs ? (bytes as Uint8Array<ArrayBuffer>) : new Uint8Array(bytes);
        worker.postMessage({ bytes: own, isQuick }, [own.buffer]);
      }),
    close: async () => void (await worker.terminate()),
  };
};
