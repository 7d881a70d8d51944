import { randomUUID } from 'node:crypto';
import { contribution, considerContribution, giveContribution } from '#contributions/contribution';
import { decision, recordDecision } from '#decisions/decision';
import { Engine } from '#engine/engine';
import type { Acted, CommandContext } from '#event-store/recorder';
import type { PromiseStep } from '#lifecycle/promise-steps';
import { takeStep } from '#lifecycle/promise-steps';
import { serviceChange, promiseServiceChange } from '#service-changes/service-change';
import { readConfig } from '../../../server/src/config.js';
import { createApp } from '../../../server/src/configure-app.js';
import { benchRebuild } from './children.js';
import { memory, onFreshFolder, quantile } from './folder.js';

export interface ChainFigures {
  readonly events: number;
  readonly linked: number;
  readonly requests: number;
  readonly p50: number;
  readonly p99: number;
  readonly memoryMiB: number;
}

const REQUESTS = 2_000;
const IN_FLIGHT = 64;

/** The chain of one view with 20 linked things over HTTP, measured on the same server at each size of the log. */
export const benchChain = (
  sizes: readonly number[],
  progress: (text: string) => void,
  figure: (name: string, values: object) => void,
): Promise<ChainFigures[]> =>
  onFreshFolder(async (dataDir) => {
    const config = readConfig({ DATA_DIR: dataDir, LOG_LEVEL: 'silent', PORT: '0' });
    const engine = Engine.open(config);
    engine.start();
    const app = await createApp(engine, config);
    await app.listen(0, '127.0.0.1');
    await engine.whenSeeded();
    const view = await linkedView(engine);
    const address = `${await app.getUrl()}/api/v1/contributions/${view}/chain`;
    const figures: ChainFigures[] = [];
    for (const wanted of sizes) {
      const last = await grow(engine, wanted, progress);
      while (!(await engine.caughtUp(last, 60_000))) progress('waiting for the read models');
      // Told as soon as it is known: the largest log takes long.
      const measured = { events: Number(last), ...(await measure(address)), memoryMiB: memory() };
      figure('chain.size', measured);
      figures.push(measured);
      progress(`rebuilding every read model at ${last} events`);
      figure('chain.rebuild', { logEvents: Number(last), ...(await benchRebuild(dataDir)) });
    }
    await app.close();
    return figures;
  });

const context = (engine: Engine): CommandContext => ({
  commandId: randomUUID(),
  actor: { role: 'chair', ref: 'bench' },
  now: engine.clock.now(),
});

const give = (engine: Engine, id: string): Promise<Acted> =>
  engine.recorder.act(contribution, id, context(engine), (state) =>
    giveContribution(state, id, {
      authority: 'essex', words: 'Keep the bus until 8pm', channel: 'meeting', capacity: 'uses-services', voice: 'own', attribution: 'group',
    }),
  ); // prettier-ignore

/** One view, considered, answered by a decision that nine more views share, with eight promises that have a life. */
const linkedView = async (engine: Engine): Promise<string> => {
  const views = Array.from({ length: 10 }, () => randomUUID());
  for (const id of views) await give(engine, id);
  const [root = ''] = views;
  await engine.recorder.act(contribution, root, context(engine), (state) =>
    considerContribution(state, { discussion: randomUUID() }),
  );
  const decided = randomUUID();
  await engine.recorder.act(decision, decided, context(engine), (state) =>
    recordDecision(state, decided, {
      authority: 'essex', answer: 'yes', statement: 'The bus stops at 8pm from May.', alternatives: [], interests: [],
      decidedBy: [{ role: 'Head of transport', capacity: 'staff' }], answers: views.map((view) => ({ contribution: view, effect: 'changed' })),
    }, engine.clock.now().today),
  ); // prettier-ignore
  for (let at = 0; at < 9; at++) {
    const id = randomUUID();
    await engine.recorder.act(serviceChange, id, context(engine), (state) =>
      promiseServiceChange(state, id, {
        authority: 'essex', decision: decided, what: 'Run the bus until 8pm.', owner: { person: randomUUID(), name: 'Jane Smith', role: 'manager' },
        due: '2099-01-01', proofWanted: 'The timetable', checker: { role: 'A rider' },
      }, engine.clock.now().today),
    ); // prettier-ignore
    const steps: PromiseStep[] = [{ do: 'accept' }, { do: 'progress', words: 'The timetable is written.' }];
    for (const step of steps)
      await engine.recorder.act(serviceChange, id, context(engine), (state) =>
        takeStep(state, id, step, engine.clock.now()),
      );
  }
  return root;
};

/** Fills the log with views of other people until it holds `wanted` events; on SQLite a position is a count. */
const grow = async (engine: Engine, wanted: number, progress: (text: string) => void): Promise<string> => {
  let last = '0';
  const write = async (): Promise<void> => {
    while (Number(last) < wanted) {
      const { position } = await give(engine, randomUUID());
      if (position !== null && Number(position) > Number(last)) last = position;
      if (Number(last) % 10_000 < 2) progress(`${Number(last)} of ${wanted} events`);
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, write));
  return last;
};

const measure = async (address: string): Promise<Omit<ChainFigures, 'events' | 'memoryMiB'>> => {
  const first = (await (await fetch(address)).json()) as {
    decisions: unknown[];
    serviceChanges: unknown[];
    contributions?: unknown[];
  };
  const times: number[] = [];
  for (let at = 0; at < REQUESTS + 200; at++) {
    const begin = performance.now();
    const answer = await fetch(address);
    await answer.arrayBuffer();
    if (answer.status !== 200) throw new Error(`the chain answered ${answer.status}`);
    if (at >= 200) times.push(performance.now() - begin);
  }
  return {
    linked: first.decisions.length + first.serviceChanges.length + 10,
    requests: REQUESTS,
    p50: Number(quantile(times, 0.5).toFixed(2)),
    p99: Number(quantile(times, 0.99).toFixed(2)),
  };
};
