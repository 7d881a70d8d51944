import { pledgeLogLines } from '../../apps/cli/src/commands/pledge-log.js';
import { logItem } from '../../apps/server/src/api/pledge-log.json.js';
import { commitment, makeCommitment } from '#commitments/commitment';
import { randomId } from '#event-store/ids';
import type { Recorded } from '#kernel/event';
import { endOfLondonDay, nowAt } from '#kernel/time';
import { importedStep, type ImportedStep } from '#lifecycle/imported-step';
import { takeStep, type PromiseStep } from '#lifecycle/promise-steps';
import { coloured } from '#pledge-log/pledge-log';
import { knownAt } from '#pledge-log/pledge-log.projection';
import { rowsFrom } from '#pledge-log/replay';
import { readable } from '#vault/readable';
import { startServer, type TestServer } from './server.js';

/** A hundred with every test; `npm run soak:as-of` takes a thousand. */
const DATES = Number(process.env['AS_OF_DAYS'] ?? 100);
const START = Date.parse('2024-01-08T09:00:00Z');
const DAY = 86_400_000;

/** `throughline pledge-log --as-of` on a real log, against a replay of that log to the same day. */
describe('pledge-log --as-of', () => {
  let server: TestServer;
  let seed = 7;
  const chance = (): number => (seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0) / 4_294_967_296;
  const upTo = (count: number): number => Math.floor(chance() * count);
  const day = (at: number): string => new Date(at).toISOString().slice(0, 10);
  beforeAll(async () => {
    server = await startServer();
    for (let n = 0; n < 24; n++) await life(n);
    await server.engine.caughtUp(await server.engine.store.head());
  }, 120_000);
  afterAll(() => server.close());

  /** A promise as a council would record it over two years, told at once or late, or brought in by an import. */
  const life = async (n: number): Promise<void> => {
    const [id, imported] = [randomId(), n % 4 === 3 ? randomId() : undefined];
    let at = START + upTo(300) * DAY;
    const act = (decide: (state: typeof commitment.initial, today: string) => ReturnType<typeof takeStep>) => {
      const now = nowAt(new Date(at));
      const told = imported ? START + 700 * DAY : at;
      const context = { commandId: randomId(), actor: { role: 'owner', ref: 'r' }, now: nowAt(new Date(told)), occurredAt: now.instant, ...(imported && { about: { import: imported } }) }; // prettier-ignore
      return server.engine.recorder.act(commitment, id, context, (state) => decide(state, now.today) as never).catch(() => undefined); // prettier-ignore
    };
    const owner = { person: randomId(), name: 'Jane', role: 'head of care' };
    const given = { authority: n % 2 ? 'essex' : 'luton', pledge: 'east-of-england', part: n % 3 ? 'P1a' : 'I3', what: `Promise ${n}`, owner, due: day(at + 60 * DAY), proofWanted: 'A list', checker: { role: 'chair' } }; // prettier-ignore
    await act((state, today) => makeCommitment(state, id, given, { isPart: true, today, imported: imported !== undefined }) as never); // prettier-ignore
    for (let step = 0; step < 7; step++) {
      at += (1 + upTo(90)) * DAY;
      const due = day(at + upTo(80) * DAY);
      const steps: readonly PromiseStep[] = [
        { do: 'accept' }, { do: 'progress', words: 'Begun' }, { do: 'move-date', due, reason: 'The hall is shut', agreedBy: 'chair' },
        { do: 'pause', reason: 'Waiting', lookAgain: due }, { do: 'report-done', byRole: 'owner' }, { do: 'drop', reason: 'No money' },
        { do: 'check', confirmed: chance() < 0.6, person: randomId(), byRole: 'checker', words: 'Seen' }, { do: 'reopen', reason: 'Not yet', due, byRole: 'chair', byOwner: false },
      ]; // prettier-ignore
      const told = ['accepted', 'under-way', 'due-date-changed', 'paused', 'reported-done', 'dropped', 'confirmed', 'reopened'] as const; // prettier-ignore
      const which = upTo(steps.length);
      const chosen = steps[which] ?? steps[0];
      const history: ImportedStep = { state: told[which] ?? 'accepted', day: day(at), due, checker: { person: randomId() } }; // prettier-ignore
      await act((state, today) => imported ? importedStep(state, id, history) : takeStep(state, id, chosen as PromiseStep, nowAt(new Date(`${today}T12:00:00Z`)))); // prettier-ignore
    }
  };

  it(`prints on ${DATES} random days what a replay of the log to that day comes to`, async () => {
    const { engine } = server;
    const log: Recorded[] = [];
    for await (const stored of engine.store.readAll())
      if (stored.stream.startsWith('commitment-')) log.push(engine.codec.decode(stored));
    const open = readable(engine.vault);
    const numberless = (line: string) => ({ ...(JSON.parse(line) as { id: string }), number: '' });
    const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : 1);
    let [agreed, promises, late] = [0, 0, 0];
    for (let n = 0; n < DATES; n++) {
      const asOf = day(START + (upTo(1_000) - 60) * DAY);
      const printed = (await pledgeLogLines(engine, {}, { asOf, json: true })).map(numberless).sort(byId);
      const replayed = coloured(rowsFrom(log.filter((event) => knownAt(event) <= endOfLondonDay(asOf))), asOf);
      expect({ asOf, printed }).toEqual({ asOf, printed: replayed.map((row) => numberless(JSON.stringify(logItem(row, open)))).sort(byId) }); // prettier-ignore
      const lines = await pledgeLogLines(engine, { late: true }, { asOf, json: false });
      expect(lines).toHaveLength(replayed.filter(({ rag }) => rag.late).length);
      [agreed, promises, late] = [agreed + 1, promises + printed.length, late + lines.length];
    }
    process.stdout.write(`pledge-log --as-of: ${agreed} of ${DATES} random days agree with a replay; ${promises} promises, ${late} of them late\n`); // prettier-ignore
    expect(promises).toBeGreaterThan(DATES * 5);
    expect(late).toBeGreaterThan(DATES);
  }, 600_000);
});
