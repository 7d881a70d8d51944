import { nowAt } from '#kernel/time';
import { staff } from '../browser/people.js';
import { TEAM } from './bodies.js';
import { Client } from './client.js';
import { Device } from './device.js';
import { startServer, type TestServer } from './server.js';

interface Told {
  readonly state: string;
  readonly wording?: string;
  readonly all?: { readonly total: number | null; readonly answers: Record<string, number | null> };
  readonly forSomeone?: Told['all'] | null;
  readonly staff?: Told['all'] | null;
  readonly trend?: string;
}

describe('the check twice a year', () => {
  let time = new Date('2026-05-20T10:00:00Z');
  let server: TestServer;
  let chair: Client;
  let anyone: Client;
  let team: string;
  let round: string;
  let codes: readonly string[] = [];
  beforeAll(async () => {
    server = await startServer({}, undefined, { now: () => nowAt(time) });
    chair = await Client.as(server, 'chair');
    anyone = Client.anyone(server);
    team = (await chair.made('/teams', TEAM)).id;
  });
  afterAll(() => server.close());

  const opened = async (more: object = {}) => {
    const made = await chair.made('/statement-rounds', { authority: 'essex', team, slips: 60, until: '2026-06-30', ...more });
    const shown = (await chair.get(`/statement-rounds/${made.id}`)).body as unknown as { codes: string[]; statements: string[] };
    return { id: made.id, ...shown };
  }; // prettier-ignore
  const answer = (code: string | undefined, statement: string, given: string, more: object = {}) =>
    chair.post('/statements/answers', {
      code,
      statement,
      answer: given,
      voice: 'own',
      capacity: 'uses-services',
      ...more,
    });
  const told = async (statement: string, period: string, query = '') =>
    (await anyone.get(`/statements/${statement}?authority=essex&period=${period}${query}`)).body as unknown as Told;

  it('lets a team ask a few things of its own, apart from the pledge', async () => {
    const made = await chair.made(`/teams/${team}/statements`, { text: 'The room is easy to get into' });
    expect(made['code']).toBe('essex.L1');
    expect((await chair.post(`/teams/${team}/statements`, { text: 'the room is easy to get into' })).problems).toEqual(['statement-same /text']); // prettier-ignore
    const norfolk = await Client.as(server, 'chair', 'norfolk');
    expect((await norfolk.post(`/teams/${team}/statements`, { text: 'Ours' })).status).toBe(404);
    expect((await anyone.get(`/teams/${team}/statements`)).body).toMatchObject({ items: [{ code: 'essex.L1', retiredOn: null }] }); // prettier-ignore
  });

  it('begins for one’s own council, and hands out slips that carry no name', async () => {
    const made = await opened();
    ({ id: round, codes } = made);
    expect(made.statements).toHaveLength(20);
    expect(new Set(codes).size).toBe(60);
    const norfolk = await Client.as(server, 'chair', 'norfolk');
    expect((await norfolk.get(`/statement-rounds/${round}`)).status).toBe(404);
    expect((await anyone.get(`/statement-rounds/${round}`)).status).toBe(401);
    expect((await chair.post('/statement-rounds', { authority: 'essex', slips: 10, until: '2026-07-01' })).problems).toEqual(['until-other-half /until']); // prettier-ignore
    expect((await chair.post('/statement-rounds', { authority: 'essex', slips: 0, until: 'soon' })).problems).toHaveLength(2); // prettier-ignore
    const device = new Device(server.url, (await staff(server.url, 'chair', 'essex')).cookies);
    const sheet = (await device.get(`/statement-rounds/${round}/slips`)).html;
    expect(sheet.match(/class="tl-code"/g)).toHaveLength(60);
    expect(sheet).toContain(codes[0]);
  });

  it('asks a few at a time, in several sittings, each to be skipped, and says when an answer is changed', async () => {
    const device = new Device(server.url);
    expect((await device.send('/check', { code: 'AAAA-AAAA-AAAA' })).status).toBe(404);
    expect((await device.send('/check', { code: (codes[0] ?? '').toLowerCase().replaceAll('-', ' ') })).to).toBe('/check/sittings'); // prettier-ignore
    const parts = (await device.get('/check/sittings')).html;
    expect(parts.match(/Part \d/g)).toHaveLength(4);
    expect((await device.send('/check/sittings/4')).to).toBe('/statements/ask');
    await device.send('/statements/ask', { voice: 'own', capacity: 'uses-services' });
    // 19 wordings of the pledge, then the team's own: the last sitting ends with it.
    expect((await device.get('/statements/ask/5')).html).toContain('The room is easy to get into');
    expect((await device.send('/statements/ask/1', { answer: 'yes' })).to).toBe('/statements/ask/2');
    expect((await device.send('/statements/ask/1', { answer: 'no' })).to).toBe('/statements/ask/2?done=changed');
    expect((await device.send('/statements/ask/5', { answer: 'skip' })).to).toBe('/statements/ask/thanks');
    expect((await device.get('/statements/ask/thanks')).to).toBe('/check/sittings');
    expect((await device.get('/check/sittings')).html).toContain('You answered 1 of 5');
    // Another day, the same slip: it goes on where it was.
    const again = new Device(server.url);
    expect((await again.get(`/check/${(codes[0] ?? '').replaceAll('-', '')}`)).to).toBe('/check/sittings');
    expect((await again.get('/check/sittings')).html).toContain('You answered 1 of 5');
  });

  it('answers clearly when a statement is answered twice, and refuses what is not marked or not there', async () => {
    const [, code] = codes;
    expect((await answer(code, 'S1', 'yes')).body).toMatchObject({ changed: false });
    expect((await answer(code, 'S1', 'no')).body).toMatchObject({ changed: true, says: 'You answered this before. We changed your answer: the new one counts.' }); // prettier-ignore
    // S12 has the words of S8: one question, one answer.
    expect((await answer(code, 'S8', 'yes')).body).toMatchObject({ changed: false });
    expect((await answer(code, 'S12', 'yes')).body).toMatchObject({ changed: true });
    const [unmarked] = (await answer(code, 'S1', 'yes', { voice: undefined })).problems;
    expect(unmarked).toContain('/voice');
    expect((await answer(code, 'S99', 'yes')).problems).toEqual(['statement-unknown /statement']);
    expect((await answer(code, 'S1', '10')).status).toBe(400);
    expect((await answer('AAAA-AAAA-AAAA', 'S1', 'yes')).status).toBe(404);
    const norfolk = await Client.as(server, 'chair', 'norfolk');
    expect(
      (await norfolk.post('/statements/answers', { code, statement: 'S1', answer: 'yes', voice: 'own' })).status,
    ).toBe(404);
    expect(
      (await anyone.post('/statements/answers', { code, statement: 'S1', answer: 'yes', voice: 'own' })).status,
    ).toBe(401);
    expect((await chair.post(`/statement-rounds/${round}/paper`, { tallies: [{ statement: 'S1', answer: 'yes', count: 3 }] })).problems).toHaveLength(1); // prettier-ignore
  });

  it('keeps people, answers for someone and staff apart, and adds paper as counts', async () => {
    for (const [n, code] of codes.slice(2, 20).entries()) await answer(code, 'S2', n < 9 ? 'yes' : 'no', { voice: n % 2 ? 'own' : 'helped' }); // prettier-ignore
    for (const code of codes.slice(20, 30)) await answer(code, 'S2', 'yes', { voice: 'proxy' });
    for (const code of codes.slice(30, 42)) await answer(code, 'S2', 'no', { capacity: 'staff' });
    for (const code of codes.slice(30, 42)) await answer(code, 'S5', 'yes', { capacity: 'staff' });
    for (const code of codes.slice(2, 12)) await answer(code, 'S5', 'no');
    const paper = (more: object) => ({ statement: 'S2', answer: 'yes', count: 9, voice: 'own', ...more });
    await chair.made(`/statement-rounds/${round}/paper`, {
      tallies: [paper({}), paper({ answer: 'a-bit', count: 2 })],
    });
    expect(await told('S2', '2026-H1')).toMatchObject({ state: 'open' });
    time = new Date('2026-07-02T10:00:00Z');
    const result = await told('S2', '2026-H1');
    expect(result).toMatchObject({
      state: 'shown', wording: 'east-of-england 1', trend: 'unclear',
      forSomeone: { total: 10, answers: { yes: 10, no: 0 } }, staff: { total: 10, answers: { yes: 0, no: 10 } },
    }); // prettier-ignore
    // 18 on slips and 11 on paper, of which two said "a bit": hidden, and with it what would tell it.
    expect(result.all?.answers['a-bit']).toBeNull();
    const page = await new Device(server.url).get('/statements/S2?authority=essex&period=2026-H1');
    for (const words of ['What someone answered for a person', 'What staff answered as staff', 'About 10 of 10 people who answered said yes.']) expect(page.html).toContain(words); // prettier-ignore
    // O5 is of staff: their answers stand there, and nowhere among those of people.
    const said = async (line: string) => ((await anyone.get(`/evidence/${line}?authority=essex&from=2026-01&to=2026-06`)).body['peopleSay'] as { lines: { text: string }[] | null }[])[0]?.lines?.[0]?.text; // prettier-ignore
    expect([await said('O5'), await said('S5')]).toEqual(['About 10 of 10 people who answered said yes.', 'Nobody said yes.']); // prettier-ignore
    // The team that asked has its own table; the last day is over.
    expect(await told('S2', '2026-H1', `&team=${team}`)).toMatchObject({ state: 'shown', staff: { total: 10 } });
    expect((await answer(codes[50], 'S2', 'yes')).status).toBe(404);
    expect((await anyone.get(`/statements/essex.L1?authority=essex&period=2026-H1`)).status).toBe(404);
  });

  it('compares only with the same words, and only where rounding does not explain it', async () => {
    const next = await opened({ until: '2026-12-31' });
    for (const code of next.codes.slice(0, 30)) await answer(code, 'S2', 'yes');
    time = new Date('2027-01-02T10:00:00Z');
    expect(await told('S2', '2026-H2')).toMatchObject({ all: { total: 30, answers: { yes: 30 } } });
    expect(['more-yes', 'unclear']).toContain((await told('S2', '2026-H2')).trend);
    const third = await opened({ until: '2027-06-30' });
    for (const [n, code] of third.codes.slice(0, 40).entries()) await answer(code, 'S2', n < 10 ? 'yes' : 'no');
    time = new Date('2027-07-02T10:00:00Z');
    expect(await told('S2', '2027-H1')).toMatchObject({ trend: 'fewer-yes' });
    const page = await new Device(server.url).get('/pledge/S2?authority=essex&from=2027-01&to=2027-06');
    expect(page.html).toContain('Fewer people said yes than in the half year before.');
    expect((await new Device(server.url).get(`/how-are-we-doing?authority=essex&period=2027-H1`)).html).toContain('S2: fewer than half of the people who answered said yes.'); // prettier-ignore
  });

  it('shows a team’s own statement on the team’s page only, apart from the pledge', async () => {
    const html = (await new Device(server.url).get(`/how-are-we-doing?team=${team}&period=2026-H1`)).html;
    expect(html).toContain('What this team also asks');
    expect(html).toContain('The room is easy to get into');
    expect((await new Device(server.url).get('/how-are-we-doing?authority=essex&period=2026-H1')).html).not.toContain('easy to get into'); // prettier-ignore
    await chair.made(`/teams/${team}/statements/essex.L1/retire`, {});
    expect((await opened({ until: '2027-12-31' })).statements).toHaveLength(19);
  });

  it('takes paper on a page, one pile after the other', async () => {
    const device = new Device(server.url, (await staff(server.url, 'chair', 'essex')).cookies);
    const made = await device.send('/statement-rounds', { authority: 'essex', slips: '12', until: '2027-12-31' });
    const path = (made.to.split('?')[0] ?? '') + '/paper?part=1';
    const wrong = await device.send(path, { 'tally.S1.yes': 'many', voice: 'own' });
    expect([wrong.status, wrong.html.includes('value="many"')]).toEqual([400, true]);
    expect(wrong.html).toContain('Say whose slips these are.');
    expect((await device.send(path, { 'tally.S1.yes': '12', voice: 'own', whose: 'people' })).to).toContain(
      'done=saved',
    );
    expect((await device.send(path, { voice: 'own', whose: 'people' })).html).toContain('Enter at least one count.');
    expect((await device.get((made.to.split('?')[0] ?? '') + '/paper?part=9')).status).toBe(404);
    time = new Date('2028-01-02T10:00:00Z');
    expect(await told('S1', '2027-H2')).toMatchObject({ all: { total: 10, answers: { yes: 10 } } });
  });
});
