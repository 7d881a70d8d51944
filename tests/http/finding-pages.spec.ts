import { everyProjection } from '#engine/every-projection';
import { rebuild } from '#projections/rebuild';
import { join } from 'node:path';
import { staff } from '../browser/people.js';
import { day, promise } from './bodies.js';
import { Client } from './client.js';
import { encoded, Visitor } from './form-filler.js';
import { startServer, type TestServer } from './server.js';

describe('what an officer finds, on pages', () => {
  let server: TestServer;
  let [officer, lead, anyone, norfolk]: Visitor[] = [];
  let id: string;
  beforeAll(async () => {
    server = await startServer();
    const as = async (role: string, council = 'essex') =>
      new Visitor(server.url, (await staff(server.url, role, council)).cookies);
    [officer, lead, norfolk] = await Promise.all([as('scrutiny-officer'), as('pledge-lead'), as('chair', 'norfolk')]);
    anyone = new Visitor(server.url, []);
    const api = await Client.as(server, 'pledge-lead');
    id = (await api.made('/commitments', promise({ pledgePart: 'P1a', what: 'Ten people are trained', owner: { name: 'Sam Taylor', role: 'head of training' } }))).id; // prettier-ignore
  }, 30_000);
  afterAll(() => server.close());

  const FOUND = { about: 'commitment', found: 'not-satisfied', reason: 'No list of dates was there.', body: 'Overview Committee', title: 'Training', audit: '' }; // prettier-ignore
  const page = async (who: Visitor | undefined, path: string) =>
    ((await who?.get(path))?.html ?? '').replace(/[^]*<main|<.main>[^]*/g, '').replace(/\s+/g, ' ');
  const recommendationIn = async (who: Visitor | undefined): Promise<string> =>
    /\/scrutiny\/recommendations\/[0-9a-f-]{36}/.exec(await page(who, `/commitments/${id}`))?.[0] ?? '';

  it('is asked for in words, all at once, and what was typed stays', async () => {
    const form = await page(officer, `/scrutiny/findings/new?about=commitment&thing=${id}`);
    for (const text of ['Satisfied', 'Satisfied with comments', 'Not satisfied', 'Cannot tell', 'Response wanted by'])
      expect(form).toContain(text);
    const wrong = await officer?.send('/scrutiny/findings', encoded({ ...FOUND, thing: id, found: '', body: '', what: 'Print the dates.' })); // prettier-ignore
    expect([wrong?.status, wrong?.html.includes('Choose what you found.')]).toEqual([400, true]);
    expect(wrong?.html).toContain('No list of dates was there.');
    const half = await officer?.send('/scrutiny/findings', encoded({ ...FOUND, thing: id, what: 'Print the dates.' }));
    expect(half?.html).toContain('Say which body should do it, and answer you.');
  });

  it('is recorded by its officers alone', async () => {
    const body = encoded({ ...FOUND, thing: id });
    expect((await lead?.send('/scrutiny/findings', body))?.status).toBe(403);
    expect((await anyone?.send('/scrutiny/findings', body))?.status).toBe(401);
    const theirs = new Visitor(server.url, (await staff(server.url, 'scrutiny-officer', 'norfolk')).cookies);
    expect((await theirs.send('/scrutiny/findings', body)).status).toBe(404);
    expect((await theirs.get(`/scrutiny/findings/new?about=commitment&thing=${id}`)).status).toBe(404);
  });

  it('is told to the council and the owner at once, and to everyone when it is published', async () => {
    const sent = await officer?.send('/scrutiny/findings', encoded({ ...FOUND, thing: id, what: 'Print the dates.', to: 'The cabinet', due: day(61) })); // prettier-ignore
    expect([sent?.status, sent?.to]).toEqual([303, `/commitments/${id}?done=recorded#findings`]);
    expect(await page(lead, `/commitments/${id}`)).toContain('No list of dates was there.');
    const sam = new Visitor(server.url, (await staff(server.url, 'owner', 'essex')).cookies);
    expect(await page(sam, '/my-promises')).toContain('Scrutiny looked at this on');
    for (const outsider of [anyone, norfolk])
      expect(await page(outsider, `/commitments/${id}`)).not.toContain('No list of dates was there.');
    const recommendation = await recommendationIn(lead);
    expect((await anyone?.get(recommendation))?.status).toBe(404);

    const finding = /\/scrutiny\/findings\/[0-9a-f-]{36}\/publication/.exec(await page(officer, `/commitments/${id}`))?.[0] ?? ''; // prettier-ignore
    expect(await page(lead, `/commitments/${id}`)).not.toContain('/publication');
    expect((await lead?.send(finding, encoded({ decidedBy: 'Me' })))?.status).toBe(403);
    expect((await officer?.send(finding, encoded({ decidedBy: '' })))?.html).toContain('Say which body decided to publish it'); // prettier-ignore
    expect((await officer?.send(finding, encoded({ decidedBy: 'Overview Committee' })))?.status).toBe(303);
    expect(await page(anyone, `/commitments/${id}`)).toContain('Scrutiny found: Not satisfied.');
    expect((await anyone?.get(recommendation))?.status).toBe(200);
  });

  it('is answered by the council by form; the officer cannot answer, and the council cannot withhold', async () => {
    const recommendation = await recommendationIn(anyone);
    expect(await page(lead, recommendation)).toContain('61 days left');
    expect(await page(officer, recommendation)).not.toContain('Answer for the council');
    const answer = { answer: 'accepted', words: 'We agree.', action: 'The dates are printed by May.' };
    const wrong = await lead?.send(`${recommendation}/response`, encoded({ ...answer, action: '' }));
    expect([wrong?.status, wrong?.html.includes('We agree.'), wrong?.html.includes('Say what is done about it')]).toEqual([400, true, true]); // prettier-ignore
    expect((await lead?.send(`${recommendation}/response`, encoded(answer)))?.status).toBe(303);
    expect(await page(anyone, recommendation)).toContain('The dates are printed by May.');
    expect(await page(anyone, '/scrutiny/recommendations')).toContain('Responded (1)');
  });

  it('opens and closes an audit by form; a closed one takes no more', async () => {
    const opened = await officer?.send('/scrutiny/audits', encoded({ authority: 'essex', title: 'Buses', body: 'Panel' })); // prettier-ignore
    const audit = (opened?.to ?? '').replace(/\?.*/, '');
    expect(await page(officer, audit)).toContain('Close this audit');
    expect(await page(lead, audit)).not.toContain('Close this audit');
    await officer?.send(`${audit}/closing`, encoded({ words: 'The buses run again.' }));
    expect(await page(anyone, audit)).toContain('The buses run again.');
    const late = await officer?.send(`${audit}/recommendation`, encoded({ authority: 'essex', what: 'More buses.', to: 'Cabinet' })); // prettier-ignore
    expect([late?.status, late?.html.includes('This audit is closed.')]).toEqual([400, true]);
  });

  it('comes out the same after every read model was built again from the log', async () => {
    const paths = [`/commitments/${id}`, await recommendationIn(anyone), '/scrutiny/audits'];
    const read = () => Promise.all(paths.map(async (path) => (await page(lead, path)).replace(/ value="[\w-]{36,64}"/g, ''))); // prettier-ignore
    const before = await read();
    const { store, codec, rows: live, opener, runner, settings } = server.engine;
    for (const projection of everyProjection)
      await rebuild({ store, codec, live, opener, runner }, projection, join(settings.dataDir, 'beside.db'));
    expect(await read()).toEqual(before);
    expect(before[0]).toContain('Not satisfied');
  });

  it('does not show a finding on a day before it was found', async () => {
    expect(await page(anyone, `/commitments/${id}?asOf=${day(0)}`)).toContain('Not satisfied');
    const before = await page(lead, `/commitments/${id}?asOf=${day(-1)}`);
    expect(before).not.toContain('Not satisfied');
  });
});
