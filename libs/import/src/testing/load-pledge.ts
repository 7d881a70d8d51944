import { readFileSync } from 'node:fs';
import { uuid5 } from '#event-store/ids';
import { pledge, publishVersion } from '#pledge/pledge';
import { pledgeId } from '#pledge/pledge-id';
import { readPledge } from '#pledge/read-pledge';
import type { Recording } from './recording.js';

/** Puts a shipped pledge into the record; for specs. */
export const loadPledgeFile = async ({ engine }: Recording, name: string): Promise<void> => {
  const file = readPledge(readFileSync(`libs/pledge/src/pledges/${name}.json`, 'utf8'), `${name}.json`);
  const id = pledgeId(file.pledge);
  const context = { commandId: uuid5(id, 'load'), actor: { role: 'administrator', ref: 'test' }, now: engine.clock.now() }; // prettier-ignore
  const { position } = await engine.recorder.act(pledge, id, context, (state) => publishVersion(state, file));
  await engine.caughtUp(position);
};
