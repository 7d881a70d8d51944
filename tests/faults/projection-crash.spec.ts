import { join } from 'node:path';
import { openReadDatabase } from '#projections/read-database';
import { ProjectionRunner } from '#projections/runner';
import { appendMany, codec, contentsOf, openBench, tally } from '#projections/testing/tallies';
import { start } from './processes.js';

const KILLS = Number(process.env['FAULT_CYCLES'] ?? 30);

it(
  `read models lose and repeat nothing through ${KILLS} kills while they are built`,
  async () => {
    const bench = openBench();
    const projections = [tally(), tally('other')];
    let killed = 0;
    for (let part = 0; killed < KILLS; part++) {
      await appendMany(bench.store, 3_000, part * 3_000);
      for (let tries = 0; tries < 10 && killed < KILLS; tries++) {
        const projector = start('projector.ts', [bench.folder]);
        await projector.firstAck;
        setTimeout(() => projector.process.kill('SIGKILL'), Math.random() * 40);
        const { signal, errors } = await projector.ended;
        expect(errors).toBe('');
        if (signal !== 'SIGKILL') break;
        killed++;
      }
    }
    await start('projector.ts', [bench.folder]).ended;
    const [survived, fresh] = ['read.db', 'fresh.db'].map((name) => openReadDatabase(join(bench.folder, name))) as [
      ReturnType<typeof openReadDatabase>,
      ReturnType<typeof openReadDatabase>,
    ];
    const runner = new ProjectionRunner(bench.store, codec, fresh, projections, () => undefined);
    runner.start();
    expect(await runner.caughtUp(await bench.store.head(), 60_000)).toBe(true);
    await runner.stop();
    for (const projection of projections) expect(contentsOf(survived, projection)).toBe(contentsOf(fresh, projection));
    console.log(
      JSON.stringify({
        figure: 'faults.projection',
        kills: killed,
        events: Number(await bench.store.head()),
        differences: 0,
      }),
    );
    [survived, fresh].forEach(({ db }) => db.close());
    await bench.remove();
  },
  KILLS * 5_000,
);
