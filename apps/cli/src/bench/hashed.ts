import { hash } from 'node:crypto';
import { nodeSha256 } from '#transparency-log/node-sha256';
import { TreeEdge } from '#transparency-log/tree-edge';
import { treeHasher } from '#transparency-log/tree-hasher';
import { entriesFiles, splitEntries } from '#verifier/entries';
import { openBundle } from '../bundle/open-bundle.js';

/**
 * A process of its own that only hashes what a bundle's entries are, and prints the seconds: BUNDLE. Reading is not
 * counted. In large pieces, which is as fast as this machine can; leaf by leaf; and as the tree, with its nodes.
 */
const [path = ''] = process.argv.slice(2);
const bundle = await openBundle(path);
const hasher = treeHasher(nodeSha256);
const edge = TreeEdge.empty(hasher);
const seconds = { pieces: 0, leaves: 0, tree: 0 };
const cpu = { pieces: 0, leaves: 0, tree: 0 };
let [events, bytes] = [0, 0];

const timed = (what: keyof typeof seconds, work: () => void): void => {
  const [begin, used] = [performance.now(), process.cpuUsage()];
  work();
  const { user, system } = process.cpuUsage(used);
  cpu[what] += (user + system) / 1e6;
  seconds[what] += (performance.now() - begin) / 1000;
};

for (const { path: file } of entriesFiles(bundle.files, 'entries')) {
  const piece = await bundle.files.read(file);
  const { entries } = splitEntries(piece);
  events += entries.length;
  bytes += piece.length;
  timed('pieces', () => hash('sha256', piece, 'buffer'));
  timed('leaves', () => entries.forEach((entry) => hasher.leaf(entry)));
  timed('tree', () => entries.forEach((entry) => edge.append(hasher.leaf(entry))));
}
await bundle.close();
console.log(JSON.stringify({ events, bytes, ...seconds, cpu }));
