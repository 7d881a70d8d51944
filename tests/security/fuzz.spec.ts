import { LogKeeper } from '#ledger/log-keeper';
import { ownSigner } from '#ledger/testing/own-signer';
import { loadExample } from '../browser/example.js';
import { cardHolder, staff } from '../browser/people.js';
import { Visitor } from '../http/form-filler.js';
import { startServer, type TestServer } from '../http/server.js';
import { Chance, fuzzed, type FuzzedRequest } from './fuzz.js';
import { idsOf, type Place, placesOf } from './fuzz-places.js';

const REQUESTS = Number(process.env['FUZZ_REQUESTS'] ?? 2_000);
const SEED = Number(process.env['FUZZ_SEED'] ?? 20_261_128);
/** In flight together. */
const AT_ONCE = 8;
const MINUTES = 60_000;
/** What only a programmer should ever see. */
const INSIDES = /\n\s+at [\w.<>[\] ]+ \(|node_modules|\bSQLITE_|\bTypeError\b|\bReferenceError\b|FST_ERR|Internal Server Error|\/libs\/|\/apps\//; // prettier-ignore
/** Ends the session of whoever asks, so that the rest would be asked by nobody. */
const ENDS = /^\/(sign-out|sign-in|my-view\/leave)/;

const isUnsendable = (error: unknown): boolean => {
  const { message, cause } = error as Error & { cause?: Error };
  return /invalid|not allowed|Latin1|ByteString|header/i.test(`${message} ${cause?.message ?? ''}`);
};

describe('requests that nobody would send', () => {
  let server: TestServer;
  let places: Place[];
  let people: Record<string, string>[];
  beforeAll(async () => {
    server = await startServer({}, (folder) => ownSigner(folder, 'example.test/log'));
    const { codes } = await loadExample(server);
    await server.app.get(LogKeeper, { strict: false }).cutNow(20_000);
    const chair = await staff(server.url, 'chair', 'example-council');
    const holder = await cardHolder(server.url, codes['bus'] ?? '');
    const visitors = [chair, holder].map(({ cookies }) => new Visitor(server.url, cookies));
    places = (await placesOf(server, visitors)).filter(({ path }) => !ENDS.test(path));
    people = [
      {},
      { cookie: chair.cookies.join('; ') },
      { cookie: holder.cookies.join('; ') },
      { authorization: `Bearer ${await server.token('administrator')}` },
      { authorization: `Bearer ${await server.token('scrutiny-officer')}` },
    ];
  }, 2 * MINUTES);
  afterAll(() => server.close());

  const send = async ({ method, path, headers, body }: FuzzedRequest, who: Record<string, string>) => {
    const answer = await fetch(server.url + path, { method, redirect: 'manual', headers: { ...headers, ...who }, ...(body !== undefined && { body }) }); // prettier-ignore
    return { status: answer.status, text: await answer.text() };
  };

  it(
    `are answered with what is wrong, never with a fault or its insides`,
    async () => {
      const chance = new Chance(SEED);
      const ids = idsOf(server);
      const statuses = new Map<number, number>();
      const faults: string[] = [];
      let sent = 0;
      let unsendable = 0;
      const one = async (): Promise<void> => {
        const request = fuzzed(chance, places, ids);
        const api = request.path.startsWith('/api/');
        const who = chance.one(api ? [people[0]!, ...people.slice(3)] : people);
        try {
          const { status, text } = await send(request, who);
          sent++;
          statuses.set(status, (statuses.get(status) ?? 0) + 1);
          if (status >= 500 || (status >= 400 && INSIDES.test(text)))
            faults.push(`${status} ${request.method} ${request.path.slice(0, 200)} ${JSON.stringify(request.headers)} ${String(request.body).slice(0, 300)}`); // prettier-ignore
        } catch (error) {
          // What no client puts on the way (a header that is none) says nothing about the server.
          if (!isUnsendable(error))
            faults.push(`no answer: ${request.method} ${request.path.slice(0, 200)} ${String(error)}`);
          unsendable++;
        }
      };
      const worker = async (): Promise<void> => {
        while (sent + unsendable < REQUESTS && faults.length < 40) await one();
      };
      await Promise.all(Array.from({ length: AT_ONCE }, worker));
      console.log(JSON.stringify({ figure: 'security.fuzz', seed: SEED, places: places.length, sent, unsendable, faults: faults.length, statuses: Object.fromEntries([...statuses].sort(([a], [b]) => a - b)) })); // prettier-ignore
      expect(faults).toEqual([]);
      // Enough of them got past the door.
      expect((statuses.get(200) ?? 0) + (statuses.get(201) ?? 0) + (statuses.get(422) ?? 0)).toBeGreaterThan(REQUESTS / 20); // prettier-ignore
    },
    60 * MINUTES,
  );

  it('leave the server as it was: it answers, and nobody’s objects have grown', async () => {
    expect((await fetch(`${server.url}/health/ready`)).status).toBe(200);
    expect(({} as Record<string, unknown>)['admin']).toBeUndefined();
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });
});
