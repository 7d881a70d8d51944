import { jest } from '@jest/globals';
import { type EventStore, StoreUnavailable } from '../event-store.js';
import { UnavailableError } from '@eventstore/db-client';
import { follow } from '../testing/contract/follower.js';
import { collect, event, manyEvents, newStream, readWhole, until } from '../testing/contract/samples.js';
import { EventStoreDbDouble } from '../testing/eventstoredb-double/double.js';
import { Relay } from '../testing/eventstoredb-double/relay.js';
import { Connection } from './connection.js';
import { parseConnectionString } from './connection-string.js';
import { buildClient } from './contained-client.js';
import { openEventStoreDb } from './eventstoredb.js';
import { Reader } from './reader.js';
import { settingsFrom } from './settings.js';

describe('the connection', () => {
  let double: EventStoreDbDouble;
  let store: EventStore | undefined;
  const seed = (...doubles: EventStoreDbDouble[]): string =>
    `esdb://${doubles.map(({ port }) => `127.0.0.1:${port}`).join(',')}?tls=false&maxDiscoverAttempts=1&gossipTimeout=1`;

  afterEach(async () => {
    await store?.close();
    store = undefined;
    double.goAway();
  });

  test('to a server that is away at the start: opening works, status says so, and all recovers when it appears', async () => {
    double = await EventStoreDbDouble.away();
    store = openEventStoreDb(double.url, { readBudgetMs: 200, appendBudgetMs: 200 });
    const follower = follow(store);

    const status = await store.status();
    expect(status.reachable).toBe(false);
    expect(status.detail).toBe('EventStoreDB: unavailable: ECONNREFUSED');
    await expect(store.append(newStream(), [event()], 'none')).rejects.toThrow(/nothing was written/);
    await expect(readWhole(store, newStream())).rejects.toBeInstanceOf(StoreUnavailable);
    await expect(store.head()).rejects.toBeInstanceOf(StoreUnavailable);

    await double.comeBack();
    await until('it is reachable', () => follower.seen.length === 0 && double.seen.openSubscriptions === 1);
    expect(await store.status()).toEqual({ reachable: true, detail: 'EventStoreDB answers' });
    await store.append(newStream(), manyEvents(3), 'none');
    await follower.has(3);
  }, 15_000);

  test('waits out a server that is back within the budget of one append', async () => {
    double = await EventStoreDbDouble.away();
    store = openEventStoreDb(double.url, { appendBudgetMs: 8_000, resumeFirstMs: 50 });

    const appending = store.append(newStream(), [event()], 'none');
    setTimeout(() => void double.comeBack(), 300);

    expect((await appending).revision).toBe(0);
  }, 15_000);

  test.each(['single', 'batch'] as const)(
    'to a cluster that was away recovers (%s)',
    async (appendCall) => {
      double = await EventStoreDbDouble.away();
      const second = await EventStoreDbDouble.away();
      store = openEventStoreDb(seed(double, second), { appendCall, appendBudgetMs: 300 });
      await expect(store.append(newStream(), [event()], 'none')).rejects.toThrow(/Failed to discover/);

      await double.comeBack();

      expect((await store.append(newStream(), [event()], 'none')).revision).toBe(0);
    },
    15_000,
  );

  test('moves to the other node when the one in use goes away', async () => {
    double = await EventStoreDbDouble.start();
    const second = await EventStoreDbDouble.start();
    second.faults.hasLeader = false;
    store = openEventStoreDb(seed(double, second), { resumeFirstMs: 20 });
    await store.append(newStream(), [event()], 'none');
    const follower = follow(store);
    await follower.has(1);

    double.goAway();
    second.faults.hasLeader = true;
    const stream = newStream();
    await store.append(stream, [event()], 'none');

    expect(second.log.of(stream)).toHaveLength(1);
    await store.close();
    second.goAway();
  }, 15_000);

  test('that goes dead without a word is noticed and replaced', async () => {
    double = await EventStoreDbDouble.start();
    const relay = new Relay();
    const warnings = jest.spyOn(console, 'warn').mockImplementation(() => undefined);
    const port = await relay.start(double.port);
    store = openEventStoreDb(`esdb://127.0.0.1:${port}?tls=false&keepAliveInterval=500&keepAliveTimeout=500`, {
      appendTimeoutMs: 500,
      resumeFirstMs: 20,
    });
    const follower = follow(store);
    const stream = newStream();
    await store.append(stream, manyEvents(2), 'none');
    await follower.has(2);

    relay.goDead();
    await store.append(stream, manyEvents(2), 1);
    await follower.has(4);

    expect(follower.seen.map(({ revision }) => revision)).toEqual([0, 1, 2, 3]);
    relay.stop();
    warnings.mockRestore();
  }, 15_000);

  test('a read that nobody answers ends as unavailable, and its call is closed', async () => {
    double = await EventStoreDbDouble.start();
    store = openEventStoreDb(double.url, { readTimeoutMs: 150, readBudgetMs: 200, statusTimeoutMs: 150 });
    double.faults.silentReads = true;

    await expect(readWhole(store, newStream())).rejects.toBeInstanceOf(StoreUnavailable);
    expect(await store.status()).toMatchObject({ reachable: false });

    await until('the calls are closed', () => double.seen.openReads === 0);
  });

  test('that is thrown away in the middle of a read does not make the read look finished', async () => {
    double = await EventStoreDbDouble.start();
    const to = parseConnectionString(double.url);
    const connection = new Connection(to, 1_000);
    const stream = newStream();
    store = openEventStoreDb(double.url);
    await store.append(stream, manyEvents(3), 'none');
    double.faults.silentReads = true;

    const reading = collect(new Reader(connection, settingsFrom({})).stream(stream, 0, Infinity));
    await until('it reads', () => double.seen.openReads === 1);
    connection.failed(connection.client, new Error('Failed to discover after 1 attempts.'));
    double.faults.silentReads = false;

    expect(await reading).toHaveLength(3);
    expect(connection.builds).toBe(2);
    connection.end();
  });

  test('does not let the client reject where nobody listens', async () => {
    double = await EventStoreDbDouble.away();
    const built = buildClient(parseConnectionString(seed(double, double)));
    const { client } = built;
    const inside = client as unknown as { handleError: (client: object, error: Error) => Promise<void> };
    client.readAll().on('error', () => undefined);

    await inside.handleError({ getChannel: () => ({}) }, new UnavailableError());
    built.release();
  });

  test.each([
    ['leader', true],
    ['follower', false],
  ])('that prefers the %s insists on the leader: %s', async (preference, insists) => {
    double = await EventStoreDbDouble.start();
    store = openEventStoreDb(`${double.url}&nodePreference=${preference}`);
    const stream = newStream();
    await store.append(stream, [event()], 'none');
    await readWhole(store, stream);
    await follow(store).has(1);

    const warmUp = 1;
    expect(double.seen.callsForLeader).toBe(insists ? double.seen.calls - warmUp : 0);
    expect(double.seen.calls).toBeGreaterThan(3);
  });

  test('status tells of subscriptions that are not following', async () => {
    double = await EventStoreDbDouble.start();
    store = openEventStoreDb(double.url, { resumeFirstMs: 5_000 });
    follow(store);
    await until('it follows', () => double.seen.openSubscriptions === 1);

    double.faults.subscriptionEnds.emit('end');
    await until('it does not', () => double.seen.openSubscriptions === 0);

    expect((await store.status()).detail).toMatch(/1 of 1 subscriptions will resume/);
  });
});
