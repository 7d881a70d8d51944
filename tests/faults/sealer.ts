import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { openSqliteEventStore } from '#event-store/sqlite/sqlite-event-store';
import { openSqliteLeaves } from '#event-store/sqlite/sqlite-leaves';
import { encodeLeaf } from '#event-store/leaf';
import { ChildSigner } from '#ledger/child-signer';
import { LogKeeper } from '#ledger/log-keeper';
import { NO_WITNESSES } from '#ledger/witness-policy';

/** A process that records and seals until it is killed: `sealer.ts <folder>`. Each published note goes out on a line. */
const [folder = ''] = process.argv.slice(2);
const store = openSqliteEventStore(join(folder, 'events.db'));
const keeper = new LogKeeper({
  file: join(folder, 'ledger.db'),
  leaves: openSqliteLeaves(join(folder, 'events.db')),
  signer: new ChildSigner({ folder: join(folder, 'signer'), origin: 'example.org/log' }),
  everySeconds: 60,
  policy: NO_WITNESSES,
  timeoutMs: 500,
  now: () => new Date(),
});
const AT = '2026-05-01T12:00:00.000Z';

for (;;) {
  const stream = `thing-${randomUUID()}`;
  const events = Array.from({ length: 1 + Math.floor(Math.random() * 5) }, (_, rev) => {
    const id = randomUUID();
    const leaf = encodeLeaf({
      v: 1, id, stream, rev, type: 'noted.v1', occurredAt: AT, recordedAt: AT, actor: { role: 'chair', ref: 'r' }, about: {},
      cause: { command: id, correlation: id, events: [] }, data: {}, sealed: {},
    }); // prettier-ignore
    return { id, type: 'noted.v1', leaf };
  });
  await store.append(stream, events, 'none');
  const isSealed = await keeper.cutNow(30_000);
  writeSync(
    1,
    `${JSON.stringify(isSealed ? { note: keeper.published?.note } : { problem: keeper.state().problem })}\n`,
  );
}
