import { shippedToolkits } from '#facts/toolkits';
import { staff } from '../browser/people.js';
import { called } from './bodies.js';
import { Client } from './client.js';
import { encoded, Visitor } from './form-filler.js';
import { formsIn } from './html-forms.js';
import { startServer, type TestServer } from './server.js';

/** What people say and what a team says about itself: two columns on every page, and never one number. */
describe('people and staff side by side', () => {
  let server: TestServer;
  let lead: Visitor;
  let anyone: Visitor;
  let api: Client;
  let team: string;
  let key = 0;
  beforeAll(async () => {
    server = await startServer();
    lead = new Visitor(server.url, (await staff(server.url, 'pledge-lead', 'essex')).cookies);
    anyone = new Visitor(server.url, []);
    api = await Client.as(server, 'chair');
    ({ team } = await called(api));
  });
  afterAll(() => server.close());

  const fill = async (path: string, fields: Readonly<Record<string, string>>) => {
    const form = formsIn((await lead.get(path)).html).find(({ action }) => action === path.replace(/\?.*/, ''));
    if (!form) throw new Error(`${path} has no form`);
    const hidden = Object.fromEntries(form.fields.filter(({ kind }) => kind === 'hidden').map(({ name, value }) => [name, value])); // prettier-ignore
    return lead.send(form.action, encoded({ ...hidden, ...fields, idempotencyKey: `side ${key++}` }));
  };
  const rows = (html: string): string[] =>
    [...html.matchAll(/<td[^>]*>([\s\S]*?)<\/td>/g)].map(([, cell = '']) =>
      cell
        .replace(/<[^>]*>/g, ' ')
        .replace(/\s+/g, ' ')
        .trim(),
    );

  it('shows each level that was given where it was given, and what is not recorded', async () => {
    const held = await fill(`/record/self-assessment?team=${team}`, { toolkit: 'working-together', occasion: 'Spring', 'people.uses-services': '4' }); // prettier-ignore
    const id = /facts\/([0-9a-f-]+)/.exec(held.to)?.[1] ?? '';
    const form = `/record/self-assessment/${id}/rated?criterion=access&by=people`;
    expect((await lead.get(form)).html).toContain('Needs are asked about. They are often not met.');
    await fill(form, { criterion: 'access', by: 'people', level: 'starting' });
    await fill(form, { criterion: 'access', by: 'staff', level: 'strong' });
    const twice = await fill(form, { criterion: 'access', by: 'staff', level: 'working' });
    expect([twice.status, twice.html.includes('They gave a level for this question already')]).toEqual([400, true]);
    const { html } = await anyone.get(`/self-assessments?team=${team}`);
    const cells = rows(html.slice(html.indexOf('Can everyone take part')));
    expect(cells.slice(1, 3)).toEqual(['Starting', 'Strong They see it differently']);
    expect(cells.slice(4, 6)).toEqual(['Not recorded', 'Not recorded']);
    expect((await anyone.get(`/self-assessments?team=00000000-0000-4000-8000-00000000beef`)).status).toBe(404);
    expect((await anyone.get('/self-assessments')).html).toContain('Choose a council first');
  });

  it('shows the step that a team claims, and of what people feel nothing that tells of few', async () => {
    const claimed = await fill(`/record/rung?team=${team}`, { rung: 'co-design', agreedBy: 'staff', why: 'We wrote the form together' }); // prettier-ignore
    const id = /facts\/([0-9a-f-]+)/.exec(claimed.to)?.[1] ?? '';
    expect((await fill(`/record/rung/${id}/felt`, { 'felt.consultation': '3', 'felt.coercion': '1' })).status).toBe(
      303,
    );
    const { html } = await anyone.get(`/teams/${team}/ladder`);
    expect(html).toContain('We wrote the form together');
    expect(html).toContain('shown when this half year is over');
    expect(html).not.toMatch(/About \d/);
    expect((await anyone.get(`/facts/${id}`)).html).not.toContain('people are asked, others decide: 3');
    expect((await lead.get(`/facts/${id}`)).html).toContain('people are asked, others decide: 3');
    expect(JSON.stringify((await Client.anyone(server).get(`/facts/rung/${id}`)).body)).not.toContain('"count":3');
  });

  it('loads a toolkit of one’s own, and says which file, question and level are wrong', async () => {
    const own = { ...shippedToolkits().find(({ toolkit }) => toolkit === 'working-together'), toolkit: 'our-own' };
    const [first, ...rest] = own.criteria ?? [];
    const gap = { ...own, criteria: [{ ...first, levels: first?.levels.filter(({ level }) => level !== 'strong') }, ...rest] };
    const refused = await fill('/toolkits/load', { file: 'ours.json', text: JSON.stringify(gap) });
    expect(refused.status).toBe(400);
    expect(refused.html).toContain('ours.json, at /criteria/0/levels: learning does not say what level strong means.');
    expect((await fill('/toolkits/load', { text: 'not a toolkit' })).html).toContain('This is not JSON');
    expect((await fill('/toolkits/load', {})).html).toContain('Paste what stands in the file.');
    expect((await fill('/toolkits/load', { text: JSON.stringify(own) })).to).toBe('/toolkits/our-own?done=recorded');
    expect((await anyone.get('/toolkits')).html).toContain('/toolkits/our-own');
    const chair = new Visitor(server.url, (await staff(server.url, 'chair', 'essex')).cookies);
    expect((await chair.get('/toolkits/load')).status).toBe(403);
  }); // prettier-ignore

  it('asks who leaves a team why, and tells it to those who record for it', async () => {
    const joined = await fill(`/teams/${team}/people`, { name: 'Ann Example', capacity: 'uses-services', attribution: 'group', firstTime: 'yes' }); // prettier-ignore
    expect(joined.status).toBe(303);
    const [, left = ''] = /href="(\/teams\/[^"]*\/left)"/.exec((await lead.get(`/teams/${team}/people`)).html) ?? [];
    expect((await fill(left, { reason: 'The meetings are too early' })).status).toBe(303);
    expect((await lead.get(`/teams/${team}/people`)).html).toContain('The meetings are too early');
    expect((await lead.get(left)).status).toBe(404);
    const figures = (await api.get('/evidence/P1c?authority=essex')).body['recordShows'] as { measure: string; numerator: number }[]; // prettier-ignore
    expect(figures.find(({ measure }) => measure === 'member-new')?.numerator).toBe(1);
  });
});
