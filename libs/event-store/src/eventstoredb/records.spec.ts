import { event, newStream } from '../testing/contract/samples.js';
import { EventStoreDbDouble } from '../testing/eventstoredb-double/double.js';
import { openEventStoreDb } from './eventstoredb.js';

test('on the wire a leaf is binary, and its metadata says what it answers to, as the server indexes it', async () => {
  const double = await EventStoreDbDouble.start();
  const store = openEventStoreDb(double.url);
  const sent = { ...event(), correlation: 'c-1', causation: 'c-0' };
  const { correlation: _, ...bare } = event();
  await store.append(newStream(), [sent, bare], 'none');
  await store.close();
  double.goAway();

  const [first, second] = double.log.events;
  expect(first?.contentType).toBe('application/octet-stream');
  expect(Buffer.from(first?.data ?? []).equals(sent.leaf)).toBe(true);
  expect(JSON.parse(Buffer.from(first?.metadata ?? []).toString())).toEqual({
    $correlationId: 'c-1',
    $causationId: 'c-0',
  });
  expect(JSON.parse(Buffer.from(second?.metadata ?? []).toString())).toEqual({});
});
