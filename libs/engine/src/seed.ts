import { readFileSync } from 'node:fs';
import type { Clock } from '#kernel/aggregate';
import { type AuthorityFacts, authority, createLog, log, registerAuthority } from '#authorities/authority';
import type { Position } from '#event-store/event-store';
import { uuid5 } from '#event-store/ids';
import type { CommandContext, Recorder } from '#event-store/recorder';
import { pledge, publishVersion } from '#pledge/pledge';
import { pledgeId } from '#pledge/pledge-id';
import { readPledge } from '#pledge/read-pledge';

/** Fixed, so that two servers starting at once on one store make one log and each authority once. */
const FIRST_ENTRIES = '8a8f1d7e-1b0e-5a64-8a0e-3f1b7c2d9e55';

/** What a fresh log holds: which log it is, the authorities that signed the pledge, and the pledge. Idempotent. */
export const seed = async (recorder: Recorder, clock: Clock): Promise<Position | null> => {
  const context = (name: string): CommandContext => ({
    commandId: uuid5(FIRST_ENTRIES, name),
    actor: { role: 'administrator', ref: 'first-start' },
    now: clock.now(),
  });
  const created = await recorder.act(log, FIRST_ENTRIES, context('log'), createLog);
  let last = created.position;
  for (const facts of shippedAuthorities()) {
    const id = uuid5(FIRST_ENTRIES, `authority ${facts.authority}`);
    const registered = await recorder.act(authority, id, context(facts.authority), (state) =>
      registerAuthority(state, facts),
    );
    last = registered.position ?? last;
  }
  const shipped = shippedPledge();
  const published = await recorder.act(
    pledge,
    pledgeId(shipped.pledge),
    context(`pledge ${shipped.pledge} ${shipped.version}`),
    (state) => publishVersion(state, shipped),
  );
  return published.position ?? last;
};

const shippedAuthorities = (): AuthorityFacts[] =>
  JSON.parse(
    readFileSync(new URL('../../authorities/src/authorities.json', import.meta.url), 'utf8'),
  ) as AuthorityFacts[];

const shippedPledge = () => {
  const file = new URL('../../pledge/src/pledges/east-of-england.json', import.meta.url);
  return readPledge(readFileSync(file, 'utf8'), 'east-of-england.json');
};
