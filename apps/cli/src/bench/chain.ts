import { cpSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Engine } from '#engine/engine';
import { readConfig } from '../../../server/src/config.js';
import { benchRebuild } from './children.js';
import { onFreshFolder, quantile } from './folder.js';
import { linkedView, grow } from './seed.js';
import { type Served, serve } from './served.js';

export interface ChainFigures {
  readonly events: number;
  readonly linked: number;
  readonly requests: number;
  readonly p50: number;
  readonly p99: number;
  /** Of the serving process: its own memory, and the pages of files that the system keeps mapped for it. */
  readonly ownMiB: number;
  readonly mappedMiB: number;
}

const ROUNDS = 20;
const REQUESTS_PER_ROUND = 200;
const WARM_UP = 300;

/**
 * The chain of one view with 20 linked things over HTTP: the same view in a small log and in a large one that grew out of
 * it, each served by a process of its own, asked in turns so that whatever else the machine does meets both.
 */
export const benchChain = (
  sizes: { readonly small: number; readonly large: number },
  progress: (text: string) => void,
  figure: (name: string, values: object) => void,
): Promise<{ small: ChainFigures; large: ChainFigures }> =>
  onFreshFolder(async (folder) => {
    const [small, large] = [join(folder, 'small', 'data'), join(folder, 'large', 'data')];
    const { view, events: few } = await grown(large, sizes.small, progress, linkedView);
    cpSync(dirname(large), dirname(small), { recursive: true });
    const { events: many } = await grown(large, sizes.large, progress, () => Promise.resolve(view));
    const [one, other] = [await serve(small), await serve(large)];
    const times = await inTurns(one, other, `/api/v1/contributions/${view}/chain`, progress);
    const measured = { small: { events: few, ...times.small }, large: { events: many, ...times.large } };
    await Promise.all([one.stop(), other.stop()]);
    figure('chain.size', measured.small);
    figure('chain.size', measured.large);
    for (const [dataDir, { events }] of [[small, measured.small], [large, measured.large]] as const) {
      progress(`rebuilding every read model at ${events} events`);
      figure('chain.rebuild', { logEvents: events, ...(await benchRebuild(dataDir)) });
    }
    return measured;
  }); // prettier-ignore

const grown = async (
  dataDir: string,
  wanted: number,
  progress: (text: string) => void,
  first: (engine: Engine) => Promise<string>,
): Promise<{ view: string; events: number }> => {
  const engine = Engine.open(readConfig({ DATA_DIR: dataDir, LOG_LEVEL: 'silent' }));
  engine.start();
  await engine.whenSeeded();
  const view = await first(engine);
  const last = await grow(engine, wanted, progress);
  while (!(await engine.caughtUp(last, 60_000))) progress('waiting for the read models');
  await engine.close();
  // On SQLite a position is a count.
  return { view, events: Number(last) };
};

const inTurns = async (small: Served, large: Served, path: string, progress: (text: string) => void) => {
  const times = { small: [] as number[], large: [] as number[] };
  await Promise.all([ask(small.url + path, WARM_UP), ask(large.url + path, WARM_UP)]);
  for (let round = 0; round < ROUNDS; round++) {
    progress(`asking for the chain, round ${round + 1} of ${ROUNDS}`);
    times.small.push(...(await ask(small.url + path, REQUESTS_PER_ROUND)));
    times.large.push(...(await ask(large.url + path, REQUESTS_PER_ROUND)));
  }
  return {
    small: await figuresOf(small, path, times.small),
    large: await figuresOf(large, path, times.large),
  };
};

/** Milliseconds of each answer, one after another. */
const ask = async (address: string, requests: number): Promise<number[]> => {
  const times: number[] = [];
  for (let at = 0; at < requests; at++) {
    const begin = performance.now();
    const answer = await fetch(address);
    await answer.arrayBuffer();
    if (answer.status !== 200) throw new Error(`the chain answered ${answer.status}`);
    times.push(performance.now() - begin);
  }
  return times;
};

const figuresOf = async (
  served: Served,
  path: string,
  times: readonly number[],
): Promise<Omit<ChainFigures, 'events'>> => {
  const chain = (await (await fetch(served.url + path)).json()) as Record<'decisions' | 'serviceChanges', unknown[]>;
  return {
    linked: chain.decisions.length + chain.serviceChanges.length,
    requests: times.length,
    p50: Number(quantile(times, 0.5).toFixed(2)),
    p99: Number(quantile(times, 0.99).toFixed(2)),
    ...served.memory(),
  };
};
