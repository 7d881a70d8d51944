import { readFileSync } from 'node:fs';
import { nodeSha256 } from '#transparency-log/node-sha256';
import { readTrust } from '#verifier/trust';
import { isWrong } from '#verifier/verdict';
import { verifyBundle } from '#verifier/verify-bundle';
import { startHashThread } from '../bundle/hash-thread.js';
import { openBundle } from '../bundle/open-bundle.js';

/**
 * A process of its own that judges one bundle, as `verify` does, and prints what that took: BUNDLE KEY [2 | quick]: with a second
 * thread; or only the seal and whether the entries are the signed ones. Its memory is looked at while it works, because
 * what matters is the most there ever was.
 */
const [path = '', key = '', how = ''] = process.argv.slice(2);

/** Linux only (proc(5)); elsewhere not measured. Not `maxRSS`, which begins with what the process was started from. */
const statusMiB = (name: string): number => {
  try {
    return Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) / 1024;
  } catch {
    return Number.NaN;
  }
};
const ownMiB = (): number => statusMiB('RssAnon');

let most = 0;
let files = 0;
const look = (): void => {
  if (files++ % 64 === 0) most = Math.max(most, ownMiB());
};

const trust = readTrust({ keys: [key] }, nodeSha256);
const [begin, cpu, own] = [performance.now(), process.cpuUsage(), process.threadCpuUsage()];
const bundle = await openBundle(path);
const beside = how === '2' ? startHashThread() : undefined;
const verdict = await verifyBundle(bundle.files, trust, {
  onProgress: look,
  quick: how === 'quick',
  ...(beside && { hashEntries: beside.hashEntries }),
});
const seconds = (performance.now() - begin) / 1000;
const [used, usedHere] = [process.cpuUsage(cpu), process.threadCpuUsage(own)];
await beside?.close();
await bundle.close();
most = Math.max(most, ownMiB());
const level = (id: string): string => verdict.levels.find((each) => each.id === id)?.state ?? '';
if (isWrong(verdict) || ['signed', 'whole', ...(how === 'quick' ? [] : ['rules'])].some((id) => level(id) !== 'good'))
  throw new Error(`a good bundle was not found good: ${JSON.stringify(verdict.levels)}`);
console.log(
  JSON.stringify({
    events: verdict.size,
    seconds,
    cpuSeconds: (used.user + used.system) / 1e6,
    threadSeconds: (usedHere.user + usedHere.system) / 1e6,
    ownMiB: Math.round(most),
    peakMiB: Math.round(statusMiB('VmHWM')),
  }),
);
