import { parentPort } from 'node:worker_threads';
import { nodeSha256 } from '#transparency-log/node-sha256';
import { hashEntries } from '#verifier/hash-entries';
import { Machine } from '#verifier/machine';

/** The second thread: files of entries come in, and go back, with their hashes, in the same order. Nothing is copied. */
const hash = hashEntries(nodeSha256, new Machine());

interface Wish {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly isQuick: boolean;
}

parentPort?.on('message', ({ bytes, isQuick }: Wish) => {
  const hashed = hash(bytes, isQuick);
  const { hashes, rows, extra } = hashed;
  parentPort?.postMessage(hashed, [bytes.buffer, ...[hashes, rows, extra].map(({ buffer }) => buffer as ArrayBuffer)]);
});
