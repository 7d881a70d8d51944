import { inspect } from 'node:util';
import { jest } from '@jest/globals';
import { event, newStream } from '../testing/contract/samples.js';
import { EventStoreDbDouble } from '../testing/eventstoredb-double/double.js';
import { Login } from './login.js';

const PASSWORD = 'correct-horse-battery';

/** The client's debug output is switched on for this file: it prints the options of every call. */
const withDebugOutput = async () => {
  process.env['DEBUG'] = 'esdb*';
  const { openEventStoreDb } = await import('./eventstoredb.js');
  return openEventStoreDb;
};

test('the password appears in no output, not even with the client in debug mode', async () => {
  const printed: string[] = [];
  const keep = (...parts: unknown[]): boolean => printed.push(parts.map((part) => inspect(part)).join(' ')) > 0;
  const spies = [
    jest.spyOn(process.stderr, 'write').mockImplementation(keep),
    jest.spyOn(process.stdout, 'write').mockImplementation(keep),
    jest.spyOn(console, 'warn').mockImplementation(keep as never),
    jest.spyOn(console, 'error').mockImplementation(keep as never),
  ];
  const open = await withDebugOutput();
  const double = await EventStoreDbDouble.start();
  const store = open(double.url.replace('esdb://', `esdb://someone:${PASSWORD}@`), { appendBudgetMs: 100 });

  await store.append(newStream(), [event()], 'none');
  await store.append(newStream(), [event()], 7).catch((error: unknown) => keep(error, String(error)));
  double.goAway();
  keep(await store.status());
  await store.append(newStream(), [event()], 'none').catch((error: unknown) => keep(error, (error as Error).cause));
  keep(store, JSON.stringify(store));
  await store.close();
  for (const broken of [
    `esdb://someone:${PASSWORD}`,
    `esdb://someone:${PASSWORD}@h?tlsVerifyCert=false`,
    `x://a:${PASSWORD}@h`,
  ])
    try {
      open(broken);
    } catch (error) {
      keep(error, (error as Error).message, (error as Error).stack);
    }
  for (const spy of spies) spy.mockRestore();

  const output = printed.join('\n');
  expect(output).toContain('esdb:command');
  expect(output).not.toContain(PASSWORD);
  expect(output).not.toContain(Buffer.from(`someone:${PASSWORD}`).toString('base64'));
});

test('a login hides from every way of printing an object, and still gives what the client needs', () => {
  const login = new Login('someone', PASSWORD);

  expect(inspect(login, { depth: 9, showHidden: true })).not.toContain(PASSWORD);
  expect(JSON.stringify({ login, ...login })).not.toContain(PASSWORD);
  const { username, password } = login;
  expect([username, password]).toEqual(['someone', PASSWORD]);
});
