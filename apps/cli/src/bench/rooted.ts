import { nodeSha256 } from '#transparency-log/node-sha256';
import { treeHasher } from '#transparency-log/tree-hasher';
import { entriesFiles } from '#verifier/entries';
import { Findings } from '#verifier/finding';
import { ahead, hashEntries } from '#verifier/hash-entries';
import { checkSeal } from '#verifier/seal';
import { readTrust } from '#verifier/trust';
import { WholeRecord } from '#verifier/whole';
import { openBundle } from '../bundle/open-bundle.js';

/**
 * A process of its own that checks two of the seven levels, and prints the seconds: BUNDLE KEY. The seal is signed, and
 * every entry, read from the disk, hashes into its root. No entry is decoded, so no rule is checked.
 */
const [path = '', key = ''] = process.argv.slice(2);
const trust = readTrust({ keys: [key] }, nodeSha256);
const begin = performance.now();
const bundle = await openBundle(path);
const { files } = bundle;
const findings = new Findings();
const seal = await checkSeal(files, trust, findings);
const hash = hashEntries(treeHasher(nodeSha256));
const whole = new WholeRecord(files, trust.hasher, new Set());
const read = async (file: { path: string }) => hash(await files.read(file.path));
for await (const { hashes, root } of ahead(entriesFiles(files, 'entries'), read)) whole.take(hashes, root);
const checkpoint = seal.read?.checkpoint;
const isWhole = checkpoint && (await whole.end(Number(checkpoint.size), checkpoint.root, findings));
const seconds = (performance.now() - begin) / 1000;
await bundle.close();
if (!isWhole || seal.outcome.state !== 'good') throw new Error('a good bundle was not found good');
console.log(JSON.stringify({ events: whole.count, seconds }));
