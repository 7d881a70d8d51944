import { join } from 'node:path';
import { writeSync } from 'node:fs';
import { openReadDatabase } from '#projections/read-database';
import { ProjectionRunner } from '#projections/runner';
import { codec, tally } from '#projections/testing/tallies';
import { openSqliteEventStore } from '#event-store/sqlite/sqlite-event-store';

/** A process that projects until it is killed or has caught up: `projector.ts <folder>`. */
const [folder = ''] = process.argv.slice(2);
const store = openSqliteEventStore(join(folder, 'log.db'));
const rows = openReadDatabase(join(folder, 'read.db'));
const runner = new ProjectionRunner(store, codec, rows, [tally(), tally('other')], () => undefined);
runner.start();
writeSync(1, 'ack started 0 0\n');
await runner.caughtUp(await store.head(), 60_000);
await runner.stop();
await store.close();
rows.db.close();
writeSync(1, 'current\n');
