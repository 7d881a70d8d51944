import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { runAlone } from './children.js';
import { quantile } from './folder.js';

interface Judged {
  readonly events: number;
  readonly seconds: number;
  readonly cpuSeconds: number;
  /** Of these, the thread that judges. */
  readonly threadSeconds: number;
  readonly ownMiB: number;
  readonly peakMiB: number;
}

interface Hashed {
  readonly events: number;
  readonly bytes: number;
  readonly pieces: number;
  readonly leaves: number;
  readonly tree: number;
  /** The same in seconds of the processor, which other work on the machine does not lengthen. */
  readonly cpu: Readonly<Record<'pieces' | 'leaves' | 'tree', number>>;
}

const programAt = (name: string): string => fileURLToPath(new URL(`./${name}.js`, import.meta.url));

/** As `npm run throughline` starts the command: what is thrown away soon is thrown away before much of it lies about. */
const YOUNG = '--max-semi-space-size=8';

/** Only where the system has a way to keep a process on one core. */
const canPin = (): boolean => spawnSync('taskset', ['-V']).status === 0;

const run = async <T>(name: string, args: readonly string[], cores: 1 | 'all'): Promise<T> => {
  const program = ['--no-warnings', YOUNG, programAt(name), ...args];
  const onOne = ['--cpu-list', String(availableParallelism() - 1), process.execPath, ...program];
  const [line = ''] = await (cores === 1 && canPin()
    ? runAlone('taskset', onOne)
    : runAlone(process.execPath, program));
  return JSON.parse(line) as T;
};

const median = (values: readonly number[]): number => quantile(values, 0.5);
const perSecond = (events: number, seconds: number): number => Math.round(events / seconds);
const percent = (part: number, whole: number): number => Number(((100 * part) / whole).toFixed(1));

/**
 * A bundle judged on one core against the same core that only hashes the same bytes, in turns; and with a second
 * thread. Each time a process of its own, from its first file to its verdict.
 */
export const benchJudging = async (
  bundle: string,
  key: string,
  rounds: number,
  progress: (text: string) => void,
): Promise<{ rate: object; rootOnly: object; hashing: object; memory: object }> => {
  const [one, two, hashed, rooted]: [Judged[], Judged[], Hashed[], Judged[]] = [[], [], [], []];
  for (let round = 1; round <= rounds; round += 1) {
    progress(`judging, round ${round} of ${rounds}`);
    hashed.push(await run<Hashed>('hashed', [bundle], 1));
    rooted.push(await run<Judged>('judged', [bundle, key, 'quick'], 1));
    one.push(await run<Judged>('judged', [bundle, key], 1));
    two.push(await run<Judged>('judged', [bundle, key, '2'], 'all'));
  }
  const { events, bytes } = hashed[0] ?? { events: Number.NaN, bytes: Number.NaN };
  const seconds = {
    one: median(one.map((each) => each.seconds)),
    two: median(two.map((each) => each.seconds)),
    root: median(rooted.map((each) => each.seconds)),
  };
  const [pieces, leaves, tree] = (['pieces', 'leaves', 'tree'] as const).map((kind) => median(hashed.map((each) => each[kind]))) as [number, number, number]; // prettier-ignore
  const mib = bytes / 2 ** 20;
  const cpu = median(one.map((each) => each.cpuSeconds));
  const cpuOf = (kind: keyof Hashed['cpu']): number => median(hashed.map((each) => each.cpu[kind]));
  /** The longer of the two is what a bundle takes where both cores are free. */
  const judging = median(two.map((each) => each.threadSeconds));
  const hashing = median(two.map((each) => each.cpuSeconds - each.threadSeconds));
  const cpuShares = {
    inLargePieces: percent(cpuOf('pieces'), cpu),
    leafByLeaf: percent(cpuOf('leaves'), cpu),
    leavesAndNodes: percent(cpuOf('tree'), cpu),
  };
  const shares = (took: number) => ({
    inLargePieces: percent(pieces, took),
    leafByLeaf: percent(leaves, took),
    leavesAndNodes: percent(tree, took),
  });
  return {
    hashing: {
      events, bytesOfEach: Math.round(bytes / events), isOnOneCore: canPin(),
      inLargePieces: { mibPerSecond: Math.round(mib / pieces) },
      leafByLeaf: { eventsPerSecond: perSecond(events, leaves), mibPerSecond: Math.round(mib / leaves) },
      leavesAndNodes: { eventsPerSecond: perSecond(events, tree), mibPerSecond: Math.round(mib / tree) },
    },
    rate: {
      events, rounds,
      oneCore: { seconds: Number(seconds.one.toFixed(2)), eventsPerSecond: perSecond(events, seconds.one), mibPerSecond: Math.round(mib / seconds.one) },
      percentOf: shares(seconds.one),
      processor: { seconds: Number(cpu.toFixed(2)), percentOf: cpuShares },
      twoThreads: { seconds: Number(seconds.two.toFixed(2)), eventsPerSecond: perSecond(events, seconds.two), timesAsFast: Number((seconds.one / seconds.two).toFixed(2)), processor: { judgingSeconds: Number(judging.toFixed(2)), hashingSeconds: Number(hashing.toFixed(2)) } },
    },
    rootOnly: { events, seconds: Number(seconds.root.toFixed(2)), eventsPerSecond: perSecond(events, seconds.root), mibPerSecond: Math.round(mib / seconds.root), percentOf: shares(seconds.root) },
    memory: {
      events, mib: Math.round(mib),
      oneCore: { ownMiB: Math.max(...one.map((each) => each.ownMiB)), peakMiB: Math.max(...one.map((each) => each.peakMiB)) },
      twoThreads: { ownMiB: Math.max(...two.map((each) => each.ownMiB)), peakMiB: Math.max(...two.map((each) => each.peakMiB)) },
    },
  }; // prettier-ignore
};
