import { EventStoreDBClient } from '@eventstore/db-client';
import { event, until } from '../testing/contract/samples.js';
import { EventStoreDbDouble } from '../testing/eventstoredb-double/double.js';

/**
 * What the client gets wrong by itself, each with its cure in this folder. Kept as tests so that the cures are known
 * to have something to cure, and so that an upgrade that mends one of them is noticed.
 */
describe('@eventstore/db-client 6.2.1 by itself', () => {
  let double: EventStoreDbDouble;
  let client: EventStoreDBClient;
  const one = () => [
    { id: event().id, type: 'a.v1', contentType: 'application/json', data: {}, metadata: undefined } as const,
  ];
  const clusterClient = (): EventStoreDBClient => {
    const node = { address: '127.0.0.1', port: double.port };
    return new EventStoreDBClient({ endpoints: [node, node], maxDiscoverAttempts: 1 }, { insecure: true });
  };
  afterEach(async () => {
    await client.dispose();
    double.goAway();
  });

  test('fails every append for ever after one failed discovery, though the cluster is back', async () => {
    double = await EventStoreDbDouble.away();
    client = clusterClient();
    await expect(client.appendToStream('s-1', one())).rejects.toThrow('Failed to discover');
    await double.comeBack();
    for (let attempt = 0; attempt < 3; attempt++)
      await expect(client.appendToStream('s-1', one())).rejects.toThrow('Failed to discover');
  });

  test('keeps a batch append without an answer pending beyond its deadline', async () => {
    double = await EventStoreDbDouble.start();
    client = EventStoreDBClient.connectionString(double.url);
    double.faults.appends.push('silence');
    let settled = false;
    client
      .appendToStream('s-1', one(), { deadline: 100 })
      .finally(() => (settled = true))
      .catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(settled).toBe(false);
  });

  test('leaves the server-side call open when a reader leaves the loop', async () => {
    double = await EventStoreDbDouble.start();
    client = EventStoreDBClient.connectionString(double.url);
    await client.appendToStream('s-1', one());
    for await (const _ of client.subscribeToAll()) break;
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(double.seen.openSubscriptions).toBe(1);
  });

  test('rejects where nobody listens when it rediscovers in vain: that alone would end a process', async () => {
    double = await EventStoreDbDouble.start();
    client = clusterClient();
    const rejections: unknown[] = [];
    const inside = client as unknown as { handleError: (client: unknown, error: Error) => Promise<void> };
    const { handleError } = inside;
    inside.handleError = (failed, error) =>
      handleError(failed, error).catch((rejection: unknown) => void rejections.push(rejection));
    const subscribe = (): void =>
      void client
        .subscribeToAll()
        .on('error', () => undefined)
        .resume();

    subscribe();
    await until('it is open', () => double.seen.openSubscriptions === 1);
    double.faults.subscriptionEnds.emit('end', { code: 14, details: 'Server Is Not Ready' });
    double.faults.subscriptionEnds.removeAllListeners();
    subscribe();
    await until('it is open again', () => double.seen.subscriptions === 2);
    subscribe();
    double.goAway();
    await until('it has rediscovered', () => rejections.length > 0, 20_000);

    expect(String(rejections[0])).toContain('Failed to discover');
  });
});
