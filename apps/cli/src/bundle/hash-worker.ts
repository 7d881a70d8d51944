import { parentPort } from 'node:worker_threads';
import { nodeSha256 } from '#transparency-log/node-sha256';
import { treeHasher } from '#transparency-log/tree-hasher';
import { hashEntries } from '#verifier/hash-entries';

/** The second thread: files of entries come in, and go back, with their hashes, in the same order. Nothing is copied. */
const hash = hashEntries(treeHasher(nodeSha256));

parentPort?.on('message', (bytes: Uint8Array<ArrayBuffer>) => {
  const hashed = hash(bytes);
  parentPort?.postMessage(hashed, [bytes.buffer, hashed.hashes.buffer as ArrayBuffer]);
});
