import { randomUUID } from 'node:crypto';
import { considerContribution } from '#contributions/considered';
import { contribution, giveContribution } from '#contributions/contribution';
import { decision, recordDecision } from '#decisions/decision';
import type { Engine } from '#engine/engine';
import type { Acted, CommandContext } from '#event-store/recorder';
import type { PromiseStep } from '#lifecycle/promise-steps';
import { takeStep } from '#lifecycle/promise-steps';
import { serviceChange, promiseServiceChange } from '#service-changes/service-change';

const IN_FLIGHT = 64;

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

const DECISIONS = 4;
const PROMISES_OF_EACH = 4;

/** One view with 20 linked things: decisions that answer it, and promises that have begun their life. */
export const linkedView = async (engine: Engine): Promise<string> => {
  const root = randomUUID();
  await give(engine, root);
  await engine.recorder.act(contribution, root, context(engine), (state) =>
    considerContribution(state, { discussion: randomUUID() }),
  );
  for (let at = 0; at < DECISIONS; at++) await decidedOn(engine, root);
  return root;
};

const decidedOn = async (engine: Engine, view: string): Promise<void> => {
  const decided = randomUUID();
  await engine.recorder.act(decision, decided, context(engine), (state) =>
    recordDecision(state, decided, {
      authority: 'essex', answer: 'yes', statement: 'The bus stops at 8pm from May.', alternatives: [], interests: [],
      decidedBy: [{ role: 'Head of transport', capacity: 'staff' }], answers: [{ contribution: view, effect: 'changed' }],
    }, engine.clock.now().today),
  ); // prettier-ignore
  for (let at = 0; at < PROMISES_OF_EACH; at++) {
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
};

/** Fills the log with views of other people until it holds `wanted` events; on SQLite a position is a count. */
export const grow = async (engine: Engine, wanted: number, progress: (text: string) => void): Promise<string> => {
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
