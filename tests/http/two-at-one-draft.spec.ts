import { staff } from '../browser/people.js';
import { called } from './bodies.js';
import { Client } from './client.js';
import { encoded, Visitor } from './form-filler.js';
import { formsIn } from './html-forms.js';
import { startServer, type TestServer } from './server.js';

/** Two people write down one meeting. What one takes out must not move the other's words onto something else. */
describe('two people at one draft', () => {
  let server: TestServer;
  let capture: string;
  let amina: Visitor;
  let ben: Visitor;
  beforeEach(async () => {
    server = await startServer();
    const { meeting } = await called(await Client.as(server, 'chair'));
    capture = `/meetings/${meeting}/capture`;
    amina = new Visitor(server.url, (await staff(server.url, 'chair', 'essex')).cookies);
    ben = new Visitor(server.url, (await staff(server.url, 'note-taker', 'essex')).cookies);
    for (const what of ['First', 'Second', 'Third'])
      expect((await amina.send(`${capture}/promises/new`, encoded({ what }))).status).toBe(303);
  });
  afterEach(() => server.close());

  const open = async (visitor: Visitor, place: number | string): Promise<Record<string, string>> => {
    const form = await visitor.fresh({ page: `${capture}/promises/${place}`, action: `${capture}/promises/${place}` });
    return Object.fromEntries(
      form.fields.flatMap(({ name, value, kind }) => (kind === 'button' ? [] : [[name, value]])),
    );
  };
  const backFrom = (html: string) => {
    const form = formsIn(html).find(({ action }) => action.includes('/promises/'));
    const fields = Object.fromEntries((form?.fields ?? []).flatMap(({ name, value, kind }) => (kind === 'button' ? [] : [[name, value]]))); // prettier-ignore
    return { action: form?.action ?? '', fields };
  };
  const promised = async () => {
    const { html } = await amina.get(`${capture}/promises`);
    return ['First', 'Second', 'Third', 'Amina’s words', 'Ben’s words'].filter((each) => html.includes(each));
  };

  it('finds the item at its new place when the one before it was taken out', async () => {
    const typed = { ...(await open(amina, 2)), what: 'Amina’s words' };
    expect((await ben.send(`${capture}/promises/1`, encoded({ ...(await open(ben, 1)), then: 'remove' }))).status).toBe(
      303,
    );
    const conflict = await amina.send(`${capture}/promises/2`, encoded(typed));
    const { action, fields } = backFrom(conflict.html);
    expect([conflict.status, action, fields['what']]).toEqual([400, `${capture}/promises/1`, 'Amina’s words']);
    expect((await amina.send(action, encoded(fields))).status).toBe(303);
    expect(await promised()).toEqual(['Third', 'Amina’s words']);
  });

  it.each([
    ['was taken out', { then: 'remove' }, ['First', 'Third', 'Amina’s words']],
    ['was changed', { what: 'Ben’s words' }, ['First', 'Third', 'Amina’s words', 'Ben’s words']],
  ])('keeps what was typed as one more when the item itself %s', async (_, bens, all) => {
    const typed = { ...(await open(amina, 2)), what: 'Amina’s words' };
    expect((await ben.send(`${capture}/promises/2`, encoded({ ...(await open(ben, 2)), ...bens }))).status).toBe(303);
    const { action, fields } = backFrom((await amina.send(`${capture}/promises/2`, encoded(typed))).html);
    expect([action, fields['what']]).toEqual([`${capture}/promises/new`, 'Amina’s words']);
    expect((await amina.send(action, encoded(fields))).status).toBe(303);
    expect(await promised()).toEqual(all);
  });

  it('takes nothing out that somebody else changed meanwhile', async () => {
    const seen = await open(amina, 2);
    await ben.send(`${capture}/promises/2`, encoded({ ...(await open(ben, 2)), what: 'Ben’s words' }));
    expect((await amina.send(`${capture}/promises/2`, encoded({ ...seen, then: 'remove' }))).status).toBe(303);
    expect(await promised()).toEqual(['First', 'Third', 'Ben’s words']);
  });
});
