import { staff } from '../browser/people.js';
import { promise, view } from './bodies.js';
import { Client } from './client.js';
import { encoded, Visitor } from './form-filler.js';
import { startServer, type TestServer } from './server.js';

describe('the pages of scrutiny', () => {
  let server: TestServer;
  let officer: Visitor;
  let anyone: Visitor;
  beforeAll(async () => {
    server = await startServer();
    const lead = await Client.as(server, 'pledge-lead');
    for (let n = 0; n < 12; n++)
      await lead.made('/commitments', promise({ pledgePart: 'P1a', what: `Form ${n} of one page` }));
    await (
      await Client.as(server, 'chair')
    ).made('/contributions', { ...view('Words of one person'), attribution: 'hidden' });
    officer = new Visitor(server.url, (await staff(server.url, 'scrutiny-officer', 'essex')).cookies);
    anyone = new Visitor(server.url, []);
  }, 30_000);
  afterAll(() => server.close());

  const send = (more: Record<string, string> = {}, who = officer) =>
    who.send('/scrutiny/samples', encoded({ of: 'promises', asked: '20', audit: '', title: 'Forms', body: 'Overview', ...more })); // prettier-ignore
  const drawn = async (more: Record<string, string> = {}): Promise<string> => {
    const answer = await fetch(`${server.url}/scrutiny/samples`, {
      method: 'POST',
      redirect: 'manual',
      headers: {
        cookie: (await staff(server.url, 'scrutiny-officer', 'essex')).cookies.join('; '),
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: new URLSearchParams({ of: 'promises', asked: '20', title: 'Forms', body: 'Overview', ...more }),
    });
    expect(answer.status).toBe(303);
    return (answer.headers.get('location') ?? '').replace(/\?.*/, '');
  };

  it('draw a sample, say that there were fewer, and tell everyone how to draw it again', async () => {
    const { html } = await anyone.get(await drawn());
    expect(html).toContain('You asked for 20. There are 12. We have shown all 12.');
    expect(html).toMatch(/throughline sample --redraw [0-9a-f-]{36}/);
    expect(html).toMatch(/[0-9a-f]{64}/);
    expect(html.match(/href="\/commitments\//g)).toHaveLength(12);
  });

  it('do not say so when there were enough', async () => {
    for (const asked of ['12', '5']) expect((await anyone.get(await drawn({ asked }))).html).not.toContain('You asked for'); // prettier-ignore
  });

  it('do not open words that are not published', async () => {
    const { html } = await anyone.get(await drawn({ of: 'views' }));
    expect(html).not.toContain('Words of one person');
  });

  it('lead from the list to the form with its filter, and from audits to every sample', async () => {
    const list = (await officer.get('/scrutiny?part=P1a')).html;
    expect(list).toContain('/scrutiny/samples/new?part=P1a');
    expect((await anyone.get('/scrutiny')).html).not.toContain('/scrutiny/samples/new');
    const form = (await officer.get('/scrutiny/samples/new?part=P1a')).html;
    expect(form).toContain('type="hidden" name="part" value="P1a"');
    const [href = ''] = /\/scrutiny\/audits\/[0-9a-f-]{36}/.exec((await anyone.get('/scrutiny/audits')).html) ?? [];
    expect((await anyone.get(href)).html).toMatch(/\/scrutiny\/samples\/[0-9a-f-]{36}/);
  });

  it('keep what was typed when something is wrong', async () => {
    const { status, html } = await send({ asked: '0', title: 'Bus forms' });
    expect([status, html.includes('govuk-error-summary'), html.includes('Bus forms')]).toEqual([400, true, true]);
    const kept = await send({ title: '', part: 'P1a' });
    expect([kept.status, kept.html.includes('Say what you look at.')]).toEqual([400, true]);
    expect(kept.html).toContain('name="part" value="P1a"');
    const wrong = await send({ asked: 'many', part: 'P1a' });
    expect(wrong.html).toContain('name="part" value="P1a"');
  });

  it('are for scrutiny officers where something is drawn, and not for those of another council', async () => {
    expect((await send({}, anyone)).status).toBe(401);
    const chair = new Visitor(server.url, (await staff(server.url, 'chair', 'essex')).cookies);
    expect((await send({}, chair)).status).toBe(403);
    expect((await send({ authority: 'norfolk' })).status).toBe(404);
  });
});
