import { parentPort } from 'node:worker_threads';
import { nodeSha256 } from '#transparency-log/node-sha256';
import { treeHasher } from '#transparency-log/tree-hasher';
import { hashEntries } from '#verifier/hash-entries';

/** The second thread: files of entries come in, and go back, with their hashes, in the same order. Nothing is copied. */
const hash = hashEntries(treeHasher(nodeSha256));

interface Wish {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly isQuick: boolean;
}

parentPort?.on('message', ({ bytes, isQuick }: Wish) => {
  const hashed = hash(bytes, isQuick);
  const { hashes, rows, extra } = hashed;
  parentPort?.postMessage(hashed, [bytes.buffer, ...[hashes, rows, extra].map(({ buffer }) => buffer as ArrayBuffer)]);
});
