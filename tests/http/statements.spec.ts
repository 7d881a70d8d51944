import { CommandBus } from '@nestjs/cqrs';
import { join } from 'node:path';
import { randomId } from '#event-store/ids';
import { nowAt } from '#kernel/time';
import { RecordOutcomes } from '#meetings/meeting.commands';
import type { OutcomesBody } from '#meetings/outcomes';
import { rebuild } from '#projections/rebuild';
import { statementsProjection } from '#statements/statements.projection';
import { ASK_COOKIE } from '../../apps/server/src/edge/asked-here.js';
import { FORM_COOKIE } from '../../apps/server/src/edge/form-tokens.js';
import { STAFF_COOKIE } from '../../apps/server/src/edge/who-is-asking.js';
import { cardHolder, staff } from '../browser/people.js';
import { called, day, outcomes } from './bodies.js';
import { Client } from './client.js';
import { Device } from './device.js';
import { startServer, type TestServer } from './server.js';

describe('the statements, asked of people', () => {
  let time = new Date('2026-05-20T10:00:00Z');
  let server: TestServer;
  let chair: Client;
  let anyone: Client;
  beforeAll(async () => {
    server = await startServer({}, undefined, { now: () => nowAt(time) });
    chair = await Client.as(server, 'chair');
    anyone = Client.anyone(server);
  });
  afterAll(() => server.close());

  const result = async (code: string, period: string, authority = 'essex') =>
    (await anyone.get(`/statements/${code}?authority=${authority}&period=${period}`)).body;
  const tablet = async (meeting: string): Promise<Device> => {
    const device = new Device(server.url, (await staff(server.url, 'chair', 'essex')).cookies);
    expect((await device.get(`/meetings/${meeting}/statements`)).status).toBe(200);
    expect((await device.send(`/meetings/${meeting}/statements`)).to).toBe('/statements/ask');
    return device;
  };
  const sitting = async (device: Device, answers: readonly string[], voice = 'own'): Promise<void> => {
    await device.send('/statements/ask', { voice, capacity: 'uses-services' });
    for (const [index, answer] of answers.entries())
      expect((await device.send(`/statements/ask/${index + 1}`, { answer })).status).toBe(303);
  };
  const leaves = async (type: string): Promise<string[]> => {
    const found: string[] = [];
    for await (const each of server.engine.store.readAll())
      if (each.type.startsWith(type)) found.push(Buffer.from(each.leaf).toString('utf8'));
    return found;
  };

  it('leave no right of staff on the device that is handed round', async () => {
    const { meeting } = await called(chair);
    const device = await tablet(meeting);
    // Beside the questions only the secret of its forms, which is nobody's.
    expect([...device.jar.keys()].filter((name) => name !== FORM_COOKIE)).toEqual([ASK_COOKIE]);
    expect(device.jar.has(STAFF_COOKIE)).toBe(false);
    for (const path of ['/work', `/meetings/${meeting}/capture`, `/meetings/${meeting}/statements`])
      expect([path, (await device.get(path)).status]).toEqual([path, 401]);
    expect((await device.get('/statements/ask')).html).toContain('How are the meetings for you?');
    // Closed, nothing is asked any more, and nothing is recorded.
    await device.send('/statements/ask/done');
    expect((await device.get('/statements/ask')).html).toContain('No questions are open here');
    const before = (await leaves('statement-answered')).length;
    expect((await device.send('/statements/ask/1', { answer: 'yes' })).html).toContain('No questions are open here');
    expect(await leaves('statement-answered')).toHaveLength(before);
  });

  it('are started by those who record this council’s meetings only', async () => {
    const { meeting } = await called(chair);
    const norfolk = new Device(server.url, (await staff(server.url, 'chair', 'norfolk')).cookies);
    expect((await norfolk.send(`/meetings/${meeting}/statements`)).status).toBe(404);
    expect((await new Device(server.url).send(`/meetings/${meeting}/statements`)).status).toBe(401);
  });

  it('come one a screen, can be skipped, and say so when an answer is missing or changed', async () => {
    const { meeting } = await called(chair);
    const device = await tablet(meeting);
    expect((await device.send('/statements/ask', {})).html).toContain('Say who gives the answers.');
    await device.send('/statements/ask', { voice: 'own' });
    expect((await device.get('/statements/ask/1')).html).toContain('I feel happy to be involved in the meetings');
    const empty = await device.send('/statements/ask/1');
    expect([empty.status, empty.html.includes('Choose an answer, or skip.')]).toEqual([400, true]);
    const before = (await leaves('statement-answered')).length;
    expect((await device.send('/statements/ask/1', { answer: 'skip' })).to).toBe('/statements/ask/2');
    expect(await leaves('statement-answered')).toHaveLength(before);
    expect((await device.send('/statements/ask/1', { answer: 'not-sure' })).to).toBe('/statements/ask/2');
    expect((await device.send('/statements/ask/1', { answer: 'no' })).to).toBe('/statements/ask/2?done=changed');
    expect((await device.get('/statements/ask/2?done=changed')).html).toContain('We changed your answer.');
    expect((await device.send('/statements/ask/4', { answer: 'skip' })).to).toBe('/statements/ask/thanks');
    expect((await device.send('/statements/ask/1', { answer: 'maybe' })).status).toBe(400);
    expect((await device.get('/statements/ask/thanks')).html).toContain('Thank you. Hand it back.');
    // Whoever gets the device next cannot go on where this one stopped.
    expect((await device.send('/statements/ask/1', { answer: 'yes' })).to).toBe('/statements/ask');
    expect((await device.get('/statements/ask/9')).status).toBe(303);
  });

  it('are asked about one view by its card; a supporter’s card must say that it answers for someone', async () => {
    const { meeting } = await called(chair);
    const { codes } = await chair.made(`/meetings/${meeting}/outcomes`, outcomes());
    const holder = await cardHolder(server.url, (codes as Record<string, string>)['v1'] ?? '');
    const device = new Device(server.url, holder.cookies);
    expect((await device.get('/my-view')).html).toContain('action="/my-view/statements"');
    await device.send('/my-view/statements');
    await device.send('/statements/ask', { voice: 'helped' });
    expect((await device.get('/statements/ask/1')).html).toContain('I understand how my views have helped');
    await sitting(device, ['yes', 'yes', 'no'], 'helped');
    // The same person starts again: the later answer counts.
    await device.send('/my-view/statements');
    await device.send('/statements/ask', { voice: 'own' });
    expect((await device.send('/statements/ask/1', { answer: 'a-bit' })).to).toBe('/statements/ask/2?done=changed');

    const second = /tl-code[^>]*>([A-Z0-9-]+)</.exec((await device.send('/my-view/supporter', { agreed: 'yes', scope: 'act' })).html)?.[1]; // prettier-ignore
    const helper = new Device(server.url, (await cardHolder(server.url, second ?? '')).cookies);
    await helper.send('/my-view/statements');
    const refused = await helper.send('/statements/ask', { voice: 'own' });
    expect([refused.status, refused.html.includes('This is the card of someone who helps.')]).toEqual([400, true]);
    expect((await helper.send('/statements/ask', { voice: 'proxy' })).to).toBe('/statements/ask/1');
    expect((await helper.send('/statements/ask/1', { answer: 'yes' })).to).toBe('/statements/ask/2');
  });

  it('leave nothing in the log that tells one answer from another, or who gave it', async () => {
    const all = (await leaves('statement-answered')).map((each) => JSON.parse(each) as Record<string, unknown>);
    expect(all.length).toBeGreaterThan(5);
    const alike = all.map(({ actor, about, data, sealed }) => JSON.stringify([actor, about, Object.keys(data as object), Object.values(sealed as Record<string, { len: number }>).map(({ len }) => len)])); // prettier-ignore
    expect(new Set(alike).size).toBe(1);
    expect(all[0]).toMatchObject({ actor: { role: 'participant', ref: 'answers' }, about: { authority: 'essex' } });
    const kids = all.map(({ sealed }) => Object.values(sealed as Record<string, { kid: string }>)[0]?.kid);
    // A changed answer is sealed under the key of the one that it replaces; no two questions share one.
    const slips = all.map(({ data }) => (data as { slip: string }).slip);
    expect(new Set(kids).size).toBe(new Set(slips).size);
    expect(new Set(slips).size).toBe(all.length - 2);
    const asked = (await leaves('statements-asked')).map((each) => JSON.parse(each) as { actor: object; data: { occasion: string } }); // prettier-ignore
    expect(asked.find(({ data }) => data.occasion === 'card')?.actor).toEqual({ role: 'participant', ref: 'answers' });
    expect(JSON.stringify((await anyone.get('/events?type=statement-answered&limit=100')).body)).not.toContain('slip');
  });

  it('are told when the half year is over, rounded, with paper and devices together, each person once', async () => {
    time = new Date('2026-07-06T10:00:00Z');
    const { meeting } = await called(chair);
    expect(await result('S15', '2026-H2')).toMatchObject({ state: 'open' });
    expect(await result('S15', '2025-H2')).toMatchObject({ state: 'not-asked' });
    const device = await tablet(meeting);
    for (let n = 0; n < 9; n++) await sitting(device, ['yes', 'skip', 'yes', 'skip']);
    // One of them changes their mind twice: still nine people.
    await device.send('/statements/ask/3', { answer: 'no' });
    await device.send('/statements/ask/3', { answer: 'yes' });
    const tally = (statement: string, answer: string, count: number) => ({ statement, answer, count });
    // As the capture page records it; the API has no such field.
    const context = { commandId: randomId(), actor: { role: 'chair', ref: randomId() }, now: nowAt(time) };
    const howWasIt = [tally('S15', 'yes', 6), tally('S15', 'no', 16), tally('S14', 'yes', 0)];
    const body = {
      ...outcomes(undefined, { decisions: [], serviceChanges: [], decideBy: day(90) }),
      howWasIt,
    } as unknown as OutcomesBody;
    await server.engine.caughtUp((await server.app.get(CommandBus).execute(new RecordOutcomes(context, meeting, body))).position); // prettier-ignore
    expect(await result('S15', '2026-H2')).not.toHaveProperty('all');

    time = new Date('2027-01-02T10:00:00Z');
    const told = await result('S15', '2026-H2');
    expect(told).toMatchObject({ state: 'shown', period: '2026-H2', all: { total: 30, answers: { yes: 15, no: 15, 'a-bit': 0 } } }); // prettier-ignore
    expect((await anyone.get('/statements/S15?authority=essex')).body).toEqual(told);
    expect(await result('S14', '2026-H2')).toMatchObject({ state: 'nobody-answered' });
    expect(await result('S16', '2026-H2')).toMatchObject({ state: 'nobody-answered' });
    expect(await result('S1', '2026-H2')).toMatchObject({ state: 'not-asked' });
    expect(await result('S15', '2026-H2', 'norfolk')).toMatchObject({ state: 'not-asked' });
    // The few of the first half year stay hidden, also as S12, which is S8.
    const few = await result('S12', '2026-H1');
    expect(few).toMatchObject({ state: 'shown', askedAs: 'S8', all: { total: null, answers: { yes: null, 'a-bit': null, no: null } } }); // prettier-ignore
    expect((await result('S8', '2026-H1'))['all']).toEqual(few['all']);
  });

  it('are refused for a statement or a period that there is not', async () => {
    expect((await anyone.get('/statements/S21?authority=essex')).status).toBe(404);
    expect((await anyone.get('/statements/P1a?authority=essex')).status).toBe(404);
    expect((await anyone.get('/statements/S1?authority=nowhere')).status).toBe(404);
    expect((await anyone.get('/statements/S1?authority=essex&period=2029-H1')).status).toBe(404);
    expect((await anyone.get('/statements/S1?authority=essex&period=2026')).problems).toHaveLength(1);
  });

  it('stand on a page for everyone, all 20, in words', async () => {
    const page = await new Device(server.url).get('/statements?authority=essex&period=2026-H2');
    const text = page.html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
    expect(page.html.match(/<li id="S\d+">/g)).toHaveLength(20);
    expect(text).toContain('About 15 of 30 people who answered said yes.');
    expect(text).toContain('Nobody has been asked.');
    expect(text).toContain('The same question as S8.');
    const one = (await new Device(server.url).get('/statements/S15?authority=essex&period=2026-H2')).html;
    expect(one).toContain('Nobody said a bit.');
    expect(one).toContain('too few people to show');
    expect((await new Device(server.url).get('/statements/S15?authority=essex&period=2027-H1')).html).toContain('Answers of this half year are shown after it ends.'); // prettier-ignore
  });

  it('say the same after everything is built anew', async () => {
    const rows = () => ['statement_half', 'statement_asked', 'statement_answer', 'statement_tally'].map((table) => server.engine.rows.all(`SELECT * FROM ${table} ORDER BY 1, 2`)); // prettier-ignore
    const live = rows();
    expect(live.flat().length).toBeGreaterThan(20);
    const { store, codec, rows: read, opener, runner, settings } = server.engine;
    await rebuild(
      { store, codec, live: read, opener, runner },
      statementsProjection,
      join(settings.dataDir, 'beside.db'),
    );
    expect(rows()).toEqual(live);
  });
});
