import { randomId } from '#event-store/ids';
import { CloseMeeting, ConfirmOutcomes, OpenMeeting } from '#meetings/meeting.commands';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { FindMeeting } from '#meetings/meetings.queries';
import { nowAt } from '#kernel/time';
import { called, outcomes, view } from './bodies.js';
import { Client } from './client.js';
import { startServer, type TestServer } from './server.js';

type Refs = Record<string, string>;

describe('meetings over HTTP', () => {
  let server: TestServer;
  let chair: Client;
  let anyone: Client;
  beforeAll(async () => {
    server = await startServer();
    chair = await Client.as(server, 'chair');
    anyone = Client.anyone(server);
  });
  afterAll(() => server.close());
  const eventsNow = async () => {
    const types: string[] = [];
    for await (const { type } of server.engine.store.readAll()) types.push(type);
    return types;
  };

  it('calls a meeting, records it whole, and every item stands where it can be read', async () => {
    const { id: earlier } = await chair.made('/contributions', view());
    const { meeting } = await called(chair);
    const recorded = await chair.made(`/meetings/${meeting}/outcomes`, outcomes(earlier));
    const [v1, d1, p1] = ['contributions', 'decisions', 'serviceChanges'].map((list) => Object.values(recorded[list] as Refs)[0]);
    expect(recorded).toEqual({
      contributions: { v1 }, decisions: { d1 }, serviceChanges: { p1 }, codes: { v1: expect.stringMatching(/^[A-Z2-9]{4}-/) },
      notApplied: [], position: expect.any(String),
    });
    // Read your own write, by all who may read.
    for (const path of [`/contributions/${v1}/chain`, `/decisions/${d1}/chain`, `/service-changes/${p1}/chain`]) {
      const { status, body } = await anyone.get(path);
      expect([path, status, (body['decisions'] as { id: string }[])[0]?.id]).toEqual([path, 200, d1]);
    }
    const { body } = await anyone.get(`/contributions/${earlier}/chain`);
    expect(body).toMatchObject({ status: 'yes', discussions: [{ dissent: ['Two people wanted to keep the long form'] }] });
    expect((await anyone.get('/meetings?authority=essex')).body['items']).toContainEqual(expect.objectContaining({ id: meeting, status: 'applied', counts: { views: 1, discussions: 1, decisions: 1, promises: 1 } }));
  }); // prettier-ignore

  it('records once: the same key answers the same, another key hears that it is recorded already', async () => {
    const { meeting } = await called(chair);
    const path = `/meetings/${meeting}/outcomes`;
    const first = await chair.post(path, outcomes(), 'once');
    const before = await eventsNow();
    expect(await chair.post(path, outcomes(), 'once')).toEqual(first);
    expect(await chair.post(path, outcomes(), 'another')).toMatchObject({ status: 422, problems: ['already-recorded'] });
    expect(await chair.post(path, outcomes(undefined, { title: 'Other' }), 'once')).toMatchObject({ status: 422, problems: ['key-reused /'] });
    expect(await eventsNow()).toEqual(before);
  }); // prettier-ignore

  it.each([
    ['one key', () => 'same'],
    ['50 keys', (index: number) => `key-${index}`],
  ])('50 times at once with %s records once', async (_, keyOf) => {
    const { meeting } = await called(chair);
    const before = await eventsNow();
    const all = await Promise.all(
      Array.from({ length: 50 }, (_each, index) => chair.post(`/meetings/${meeting}/outcomes`, outcomes(), keyOf(index))),
    );
    const made = (await eventsNow()).slice(before.length);
    for (const type of ['outcomes-recorded.v1', 'outcomes-applied.v1', 'contribution-received.v1', 'decision-made.v1', 'service-change-promised.v1'])
      expect([type, made.filter((each) => each === type).length]).toEqual([type, 1]);
    const answered = all.filter(({ status }) => status === 201);
    expect(answered).toHaveLength(keyOf(0) === keyOf(1) ? 50 : 1);
    expect(new Set(answered.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    expect(all.filter(({ status }) => status !== 201).every(({ problems }) => problems[0] === 'already-recorded')).toBe(true);
  }); // prettier-ignore

  it('names every problem with its place in the body, and records nothing', async () => {
    const { meeting } = await called(chair);
    const before = await eventsNow();
    const body = outcomes(undefined, {
      title: ' ',
      contributions: [{ ref: 'v1', words: ' ' }, { ref: 'v1', words: 'x', voice: 'proxy', helper: 'Jo' }, { id: randomId() }],
      decisions: [{ ref: 'd1', answer: 'no', statement: 'No', decidedBy: [], answers: [{ contribution: 'v9', effect: 'heard' }] }],
      serviceChanges: [{ decision: 'd7', what: 'x', owner: { name: 'The team', role: 'r' }, due: '2020-01-01', proofWanted: 'x', checker: { role: 'r' } }],
    });
    const { status, problems } = await chair.post(`/meetings/${meeting}/outcomes`, body);
    expect(status).toBe(422);
    const at = '/discussions/0';
    expect([...problems].sort()).toEqual([
      `agreement-missing ${at}/contributions/1/agreed`, `date-past ${at}/serviceChanges/0/due`, `decided-by-missing ${at}/decisions/0/decidedBy`,
      `decision-unknown ${at}/serviceChanges/0/decision`, `owner-missing ${at}/serviceChanges/0/owner/name`, `reason-missing ${at}/decisions/0/reason/codes`,
      `ref-repeated ${at}/contributions/1/ref`, `title-missing ${at}/title`, `view-unknown ${at}/contributions/2/id`,
      `view-unknown ${at}/decisions/0/answers/0/contribution`, `why-missing ${at}/decisions/0/reason/words`, `words-missing ${at}/contributions/0/words`,
    ]);
    expect(await eventsNow()).toEqual(before);
    // A refused body may be mended and sent again under the same key.
    await chair.post(`/meetings/${meeting}/outcomes`, body, 'mend');
    expect((await chair.post(`/meetings/${meeting}/outcomes`, outcomes(), 'mend')).status).toBe(201);
  }); // prettier-ignore

  it('refuses shapes that are none with their place', async () => {
    const { meeting } = await called(chair);
    const { status, problems } = await chair.post(`/meetings/${meeting}/outcomes`, {
      attendance: [{ capacity: 'ghost', count: -1 }],
      discussions: [{ title: 'x', contributions: [{ surprise: 1 }] }],
    });
    expect(status).toBe(400);
    expect(problems.map((problem) => problem.split(' ').at(-1)).sort()).toEqual([
      '/attendance/0/capacity', '/attendance/0/count', '/discussions/0/contributions/0/surprise',
    ]);
  }); // prettier-ignore

  it("hides another council's meetings, teams and views", async () => {
    const foreign = await Client.as(server, 'chair', 'norfolk');
    const { team, meeting } = await called(chair);
    expect((await foreign.post(`/meetings/${meeting}/outcomes`, outcomes())).status).toBe(404);
    expect((await foreign.post('/meetings', { authority: 'norfolk', team, title: 'x', startsAt: '2026-11-01T10:00:00Z' })).status).toBe(404);
    const { id: theirs } = await foreign.made('/contributions', { ...view(), authority: 'norfolk' });
    expect(await chair.post(`/meetings/${meeting}/outcomes`, outcomes(theirs))).toMatchObject({
      status: 422,
      problems: ['view-unknown /discussions/0/contributions/1/id', 'view-unknown /discussions/0/decisions/0/answers/1/contribution'],
    });
    expect((await chair.post('/discussions', { authority: 'essex', title: 'x', contributions: [{ id: theirs }] })).status).toBe(404);
  }); // prettier-ignore

  it('refuses who may not', async () => {
    const { meeting } = await called(chair);
    const path = `/meetings/${meeting}/outcomes`;
    expect((await anyone.post(path, outcomes())).status).toBe(401);
    expect((await (await Client.as(server, 'scrutiny-officer')).post(path, outcomes())).status).toBe(403);
    expect((await chair.post('/meetings/x/outcomes', outcomes())).status).toBe(400);
    expect((await chair.post(`/meetings/${randomId()}/outcomes`, outcomes())).status).toBe(404);
  });

  it('is opened, closed, and confirmed by somebody else than who recorded it', async () => {
    const { meeting } = await called(chair);
    const bus = server.app.get(CommandBus, { strict: false });
    const by = (role: string, ref: string) => ({ commandId: randomId(), actor: { role, ref }, now: nowAt(new Date()) });
    const status = async () => (await server.app.get(QueryBus, { strict: false }).execute(new FindMeeting(meeting)))?.status;
    const then = async (acted: Promise<{ position: string | null }>) => server.engine.caughtUp((await acted).position);
    await then(bus.execute(new OpenMeeting(by('chair', 'ann'), meeting)));
    expect(await status()).toBe('open');
    await chair.made(`/meetings/${meeting}/outcomes`, outcomes());
    expect(await status()).toBe('applied');
    await then(bus.execute(new ConfirmOutcomes(by('co-chair', 'bob'), meeting)));
    expect(await status()).toBe('confirmed');
    await then(bus.execute(new CloseMeeting(by('chair', 'ann'), meeting)));
    expect(await status()).toBe('closed');
  }); // prettier-ignore

  it('a view given after the meeting does not count as considered there: it reads "decided before you told us"', async () => {
    const { id: late } = await chair.made('/contributions', view());
    const startsAt = new Date(Date.now() - 3 * 86_400_000).toISOString();
    const { team } = await called(chair);
    const { id } = await chair.made('/meetings', { authority: 'essex', team, title: 'Last week', startsAt });
    const { contributions } = await chair.made(`/meetings/${id}/outcomes`, outcomes(late));
    const inTime = async (viewId: string) =>
      ((await anyone.get(`/contributions/${viewId}/chain`)).body['steps'] as { kind: string; facts: { inTime?: boolean } }[])
        .find(({ kind }) => kind === 'ContributionConsidered')?.facts.inTime;
    expect([await inTime(late), await inTime((contributions as Refs)['v1'] ?? '')]).toEqual([false, true]);
    const page = await fetch(`${server.url}/views/${late}`);
    expect(await page.text()).toContain('This was decided before you told us');
  }); // prettier-ignore

  it('a discussion outside a meeting marks its views as considered, once', async () => {
    const { id } = await chair.made('/contributions', view());
    const talk = { authority: 'essex', title: 'The form', contributions: [{ id }, { id }], dissent: ['One disagreed'] };
    const first = await chair.made('/discussions', talk, 'talk');
    expect((await chair.made('/discussions', talk, 'talk')).id).toBe(first.id);
    const { body } = await anyone.get(`/contributions/${id}/chain`);
    expect(body).toMatchObject({ status: 'waiting', discussions: [{ id: first.id, dissent: ['One disagreed'] }] });
    const links = body['links'] as { kind: string }[];
    expect(links.map(({ kind }) => kind).sort()).toEqual(['considered', 'discussed']);
  });
});
