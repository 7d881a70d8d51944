import { join } from 'node:path';
import { ExampleLoader } from '#example/load-example';
import { everyMeasure } from '#evidence/every-measure';
import { evidenceProjection } from '#evidence/evidence.projection';
import { rebuild } from '#projections/rebuild';
import { tableNames } from '#projections/projection';
import { startServer, type TestServer } from './server.js';

describe('the evidence of the worked example', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer();
    await server.engine.caughtUp(await server.app.get(ExampleLoader, { strict: false }).load());
  }, 60_000);
  afterAll(() => server.close());
  const tables = () =>
    tableNames(evidenceProjection).map((table) => server.engine.rows.all(`SELECT * FROM ${table} ORDER BY 1, 2`));

  it('is the same when it is built again from the first entry', async () => {
    const before = tables();
    const { store, codec, rows: live, opener, runner, settings } = server.engine;
    await rebuild({ store, codec, live, opener, runner }, evidenceProjection, join(settings.dataDir, 'beside.db'));
    expect(tables()).toEqual(before);
    expect(JSON.stringify(before).length).toBeGreaterThan(20_000);
  });

  it('counts what stands behind each figure, neither more nor less', () => {
    const sums = server.engine.rows.all<{ scope: number; measure: number; n: number }>(
      `SELECT scope, measure, sum(met + unmet + unknown) AS n FROM evidence_tally GROUP BY 1, 2 HAVING n > 0 ORDER BY 1, 2`,
    );
    const attendance = server.engine.rows.get<{ n: number }>(
      `SELECT n FROM evidence_name WHERE name = 'attendance-lived'`,
    );
    const behind = server.engine.rows.all<{ scope: number; measure: number; n: number }>(
      `SELECT scope, measure, count(*) AS n FROM evidence_case GROUP BY 1, 2 ORDER BY 1, 2`,
    );
    const once = ({ measure }: { measure: number }) => measure !== attendance?.n;
    expect(sums.filter(once)).toEqual(behind.filter(once));
    expect(behind.length).toBeGreaterThan(everyMeasure.length);
  });

  it('agrees with counting the things themselves', () => {
    const of = (name: string) =>
      server.engine.rows.get<{ met: number; unmet: number }>(
        `SELECT sum(met) AS met, sum(unmet) AS unmet FROM evidence_tally
         JOIN evidence_name s ON s.n = scope JOIN evidence_name m ON m.n = measure WHERE s.name = 'all' AND m.name = ?`,
        name,
      );
    const count = (sql: string) => server.engine.rows.get<{ n: number }>(`SELECT count(*) AS n FROM ${sql}`)?.n;
    const views = of('view-discussed');
    const takenBack = of('view-withdrawn')?.met ?? 0;
    expect((views?.met ?? 0) + (views?.unmet ?? 0) + takenBack).toBe(count('contribution'));
    expect(takenBack).toBe(count(`step WHERE type = 'ContributionWithdrawn'`));
    const decisions = of('decision-view');
    expect((decisions?.met ?? 0) + (decisions?.unmet ?? 0)).toBe(count('decision'));
    const promises = of('promise-done');
    expect(promises?.met).toBe(count(`service_change WHERE state = 'confirmed'`));
    expect(promises?.met).toBeGreaterThan(0);
  });
});
