import { contribution, giveContribution } from '#contributions/contribution';
import { randomId } from '#event-store/ids';
import { meeting } from '#meetings/meeting';
import { LiveFeed } from '../../apps/server/src/feed/live-feed.js';
import { decision, TEAM, view } from './bodies.js';
import { Client } from './client.js';
import { startServer, type TestServer } from './server.js';

interface Told {
  specversion: string;
  id: string;
  type: string;
  subject: string;
  position: string;
  authority?: string;
  data: Record<string, unknown>;
}
interface FeedPage {
  items: Told[];
  next: string | null;
  position: string | null;
}

/** What a browser makes of a stream: whole blocks, and the last id of any of them. */
class Listener {
  readonly events: Told[] = [];
  lastId: string | undefined;
  status = 0;
  ended = false;
  private rest = '';
  private readonly stop = new AbortController();
  private done: Promise<void> = Promise.resolve();

  static async to(url: string, headers: Record<string, string> = {}): Promise<Listener> {
    const listener = new Listener();
    const answer = await fetch(url, { headers, signal: listener.stop.signal });
    listener.status = answer.status;
    listener.done = listener.read(answer).catch(() => undefined);
    return listener;
  }
  private async read(answer: Response): Promise<void> {
    const text = new TextDecoder();
    for await (const bytes of answer.body ?? []) {
      const blocks = (this.rest + text.decode(bytes as Uint8Array, { stream: true })).split('\n\n');
      this.rest = blocks.pop() ?? '';
      for (const block of blocks) {
        const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1];
        this.lastId = field('id') ?? this.lastId;
        const data = field('data');
        if (data !== undefined) this.events.push(JSON.parse(data) as Told);
      }
    }
    this.ended = true;
  }
  async until(count: number): Promise<Told[]> {
    for (let tries = 0; this.events.length < count && tries < 300; tries++) await new Promise((go) => setTimeout(go, 10));
    return this.events;
  }
  async close(): Promise<void> {
    this.stop.abort();
    await this.done;
  }
  whenEnded(): Promise<void> {
    return this.done;
  }
} // prettier-ignore

describe('the public feed', () => {
  let server: TestServer;
  let chair: Client;
  beforeEach(async () => {
    server = await startServer();
    chair = await Client.as(server, 'chair');
  });
  afterEach(() => server.close());
  const feed = async (query = '') => (await Client.anyone(server).get(`/events${query}`)).body as unknown as FeedPage;
  const everything = async (query = ''): Promise<Told[]> => {
    const all: Told[] = [];
    for (let after = ''; ;) {
      const page = await feed(`?limit=7&after=${after}${query}`);
      all.push(...page.items);
      if (page.next === null) return all;
      after = page.next;
    }
  };
  const stream = (query = '', headers = {}) => Listener.to(`${server.url}/api/v1/events/stream${query}`, headers);

  it('tells what happened in order, in CloudEvents, and in nobody’s words', async () => {
    const { id } = await chair.made('/contributions', { ...view('The hoist is broken'), helper: 'Ann Smith', voice: 'helped' });
    const made = await chair.made('/decisions', decision({ statement: 'A new hoist', answers: [{ contribution: id, effect: 'changed' }] }));
    const all = await everything();
    expect(all.map(({ position }) => position)).toEqual(all.map(({ position }) => position).sort());
    expect(new Set(all.map(({ id: each }) => each)).size).toBe(all.length);
    expect(all.find(({ type }) => type === 'DecisionMade')).toMatchObject({
      specversion: '1.0', subject: `decision-${made.id}`, authority: 'essex', data: { answer: 'yes' },
    });
    expect(all.find(({ type }) => type === 'ContributionReceived')?.data).toMatchObject({ capacity: 'uses-services' });
    const text = JSON.stringify(all);
    for (const never of ['hoist', 'Ann', 'sealed', 'CardIssued', 'SubjectKeyCreated']) expect(text).not.toContain(never);
  }); // prettier-ignore

  it('filters by council, thing and type, and refuses what it does not know', async () => {
    await chair.made('/teams', TEAM);
    const made = await chair.made('/decisions', decision());
    expect((await everything('&types=TeamFormed,DecisionMade')).map(({ type }) => type)).toEqual(['TeamFormed', 'DecisionMade']);
    expect((await everything(`&stream=decision-${made.id}`)).map(({ type }) => type)).toEqual(['DecisionMade']);
    expect(await everything('&authority=norfolk&types=DecisionMade')).toEqual([]);
    for (const wrong of ['?types=CardIssued', '?after=abc', '?stream=x', '?colour=red'])
      expect((await Client.anyone(server).get(`/events${wrong}`)).status).toBe(400);
    expect((await stream('', { 'last-event-id': 'abc' })).status).toBe(400);
  }); // prettier-ignore

  it('leaves out everything about a view that its giver does not want shown', async () => {
    const { id } = await chair.made('/contributions', { ...view(), attribution: 'hidden' });
    await chair.made('/decisions', decision({ answers: [{ contribution: id, effect: 'changed' }] }));
    expect(JSON.stringify(await everything())).not.toContain(id);
    expect((await everything('&types=DecisionLinkedToContribution'))[0]?.data).toEqual({ effect: 'changed' });
    await chair.made(`/contributions/${id}/attribution`, { attribution: 'group' });
    expect((await everything(`&stream=contribution-${id}`)).map(({ type }) => type)).toEqual(['ContributionReceived']);
  });

  it('tells all of a meeting or nothing, and what follows after it', async () => {
    const { recorder, clock } = server.engine;
    const [id, meetingId, recording] = [randomId(), randomId(), randomId()];
    const context = () => ({ commandId: randomId(), actor: { role: 'chair', ref: 'r' }, now: clock.now() });
    const half = { ...context(), causedBy: [randomId(), recording], about: { fanOut: true } as const };
    await recorder.act(contribution, id, half, (state) => giveContribution(state, id, view()));
    await chair.made('/teams', TEAM);
    expect((await everything('&types=ContributionReceived,TeamFormed')).map(({ type }) => type)).toEqual([]);
    await recorder.act(meeting, meetingId, { ...context(), causedBy: [recording] }, () => [
      { type: 'OutcomesApplied' as const, data: { items: 1 } },
    ]);
    const types = (await everything('&types=ContributionReceived,TeamFormed')).map(({ type }) => type);
    expect(types).toEqual(['ContributionReceived', 'TeamFormed']);
  });

  it('tells live what is recorded while somebody listens', async () => {
    const listener = await stream();
    await chair.made('/decisions', decision());
    await chair.made('/teams', TEAM);
    expect((await listener.until(2)).map(({ type }) => type)).toEqual(['DecisionMade', 'TeamFormed']);
    await listener.close();
  });

  it('resumes after the last event a reader has, however often it is cut off while others write', async () => {
    const first = await stream('?after=start&types=DecisionMade');
    const seen: Told[] = [];
    let listener = first;
    for (let round = 0; round < 5; round++) {
      const writing = Promise.all(Array.from({ length: 6 }, () => chair.made('/decisions', decision())));
      await listener.until(1 + round);
      await listener.close();
      seen.push(...listener.events);
      listener = await stream('?types=DecisionMade', listener.lastId ? { 'last-event-id': listener.lastId } : {});
      await writing;
    }
    await listener.until(30 - seen.length);
    await listener.close();
    seen.push(...listener.events);
    expect(seen.map(({ id }) => id)).toEqual((await everything('&types=DecisionMade')).map(({ id }) => id));
    expect(seen.length).toBe(30);
  });

  it('resumes where it was also for a reader whose event has not come yet', async () => {
    const quiet = await stream('?types=TeamFormed');
    for (let tries = 0; quiet.lastId === undefined && tries < 100; tries++) await new Promise((go) => setTimeout(go, 10));
    await quiet.close();
    await chair.made('/teams', TEAM);
    const again = await stream('?types=TeamFormed', { 'last-event-id': quiet.lastId ?? '' });
    expect((await again.until(1)).length).toBe(1);
    await again.close();
  }); // prettier-ignore

  it('answers who asks for the head alone, and counts nobody who is gone', async () => {
    const answer = await fetch(`${server.url}/api/v1/events/stream`, { method: 'HEAD', signal: AbortSignal.timeout(2_000) });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/event-stream']);
    const live = server.app.get(LiveFeed);
    const listeners = await Promise.all([stream(), stream(), stream()]);
    expect(live.readers).toBe(3);
    await Promise.all(listeners.map((each) => each.close()));
    for (let tries = 0; live.readers > 0 && tries < 100; tries++) await new Promise((go) => setTimeout(go, 10));
    expect(live.readers).toBe(0);
  }); // prettier-ignore

  it('lets one address not keep all others out', () => {
    const live = server.app.get(LiveFeed);
    const left = Array.from({ length: 50 }, (_, n) => live.admit(`2001:db8:1:2::${n}`));
    expect(() => live.admit('2001:db8:1:2::ffff')).toThrow('Too many follow the feed');
    live.admit('192.0.2.1')();
    left.pop()?.();
    left.push(live.admit('2001:db8:1:2::ffff'));
    left.forEach((leave) => leave());
    expect(live.readers).toBe(0);
  });

  it('ends every stream when the server stops, at once', async () => {
    const listeners = await Promise.all([stream(), stream('?after=start')]);
    const start = performance.now();
    const closing = server.app.close();
    await Promise.all(listeners.map((each) => each.whenEnded()));
    await closing;
    expect(listeners.map(({ ended }) => ended)).toEqual([true, true]);
    expect(performance.now() - start).toBeLessThan(3_000);
  });
});
