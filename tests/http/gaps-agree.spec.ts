import { QueryBus } from '@nestjs/cqrs';
import { ExampleLoader } from '#example/load-example';
import { gapsProjection } from '#gaps/gaps.projection';
import { ListGaps } from '#gaps/gaps.queries';
import { rebuild } from '#projections/rebuild';
import { Trace } from '#traceability/chain.queries';
import { join } from 'node:path';
import { startServer, type TestServer } from './server.js';

/** The list of gaps and the page of each thing read different tables; a reader who compares them must find the same. */
describe('the gaps of the worked example', () => {
  let server: TestServer;
  let queries: QueryBus;
  beforeAll(async () => {
    server = await startServer();
    queries = server.app.get(QueryBus);
    await server.engine.caughtUp(await server.app.get(ExampleLoader, { strict: false }).load());
  }, 60_000);
  afterAll(() => server.close());
  const listed = async () => (await queries.execute(new ListGaps({ limit: 200 }))).items;

  it('are those that the chain of each thing shows', async () => {
    const things = server.engine.rows.all<{ id: string; thing: string }>(
      `SELECT id, thing FROM gap_thing WHERE thing IN ('view', 'decision', 'promise') ORDER BY id`,
    );
    expect(things.length).toBeGreaterThan(15);
    const items = await listed();
    // A chain has no word of its own for these: it shows them as states.
    const OWN: readonly string[] = ['disputed', 'pause-passed', 'look-again-passed', 'no-word-back'];
    const fromList = items.filter(({ kind, thing }) => !OWN.includes(kind) && /view|decision|promise/.test(thing))
      .map(({ kind, id }) => `${kind === 'refusal-without-text' ? 'no-reason' : kind} ${id}`).sort(); // prettier-ignore
    const fromChains: string[] = [];
    for (const { id } of things) {
      const chain = await queries.execute(new Trace(id, 'staff'));
      for (const { code, node, late } of chain?.gaps ?? [])
        if (node === id) fromChains.push(`${code === 'not-confirmed' && late ? 'overdue' : code} ${id}`);
    }
    expect(fromList).toEqual(fromChains.sort());
    expect(fromList.length).toBeGreaterThan(3);
  });

  it('are the same when they are built again', async () => {
    const tables = ['gap', 'gap_measure', 'gap_thing', 'gap_tie', 'gap_waiting'];
    const contents = () => JSON.stringify(tables.map((table) => server.engine.rows.all(`SELECT * FROM ${table} ORDER BY 1, 2, 3`)));
    const before = contents();
    const { store, codec, rows: live, opener, runner, settings } = server.engine;
    await rebuild({ store, codec, live, opener, runner }, gapsProjection, join(settings.dataDir, 'beside.db'));
    expect(contents()).toBe(before);
    expect(before.length).toBeGreaterThan(5_000);
  }); // prettier-ignore
});
