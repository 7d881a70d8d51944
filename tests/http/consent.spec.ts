import request from 'supertest';
import { cardHolder, staff } from '../browser/people.js';
import { Client } from './client.js';
import { startServer, type TestServer } from './server.js';

const TOLD = { authority: 'essex', words: 'The bus is late', capacity: 'uses-services', voice: 'own', attribution: 'group' }; // prettier-ignore

describe('what a person agreed to', () => {
  let server: TestServer;
  let chair: Client;
  let team: readonly string[];
  beforeAll(async () => {
    server = await startServer();
    chair = await Client.as(server, 'chair');
    team = (await staff(server.url, 'chair', 'essex')).cookies;
  });
  afterAll(() => server.close());

  const send = (path: string, cookies: readonly string[], fields: object) =>
    request(server.url).post(path).set('Cookie', [...cookies]).type('form').redirects(0).send(fields); // prettier-ignore
  const get = (path: string, cookies: readonly string[]) =>
    request(server.url)
      .get(path)
      .set('Cookie', [...cookies]);
  const view = (more: object = {}) => chair.made('/contributions', { ...TOLD, channel: 'phone', ...more });
  const opened = async (code: string) => (await cardHolder(server.url, code)).cookies;
  const codeIn = (html: string): string => /tl-code[^>]*>\s*([A-Z0-9-]{14})/.exec(html)?.[1] ?? '';
  const entries = () => server.engine.rows.all<{ type: string }>('SELECT type FROM step').length;

  describe('a card for someone who helps', () => {
    const supporterOf = async (own: readonly string[], fields: object) =>
      opened(codeIn((await send('/my-view/supporter', own, { agreed: 'yes', ...fields })).text));

    it('only looks, unless the person chose more: everything else says so and records nothing', async () => {
      const { code } = await view();
      const own = await opened(code as string);
      const helper = await supporterOf(own, {});
      const page = await get('/my-view', helper);
      expect(page.text).toContain('The bus is late');
      expect(page.text).not.toContain('/my-view/ask/take-back');
      const before = entries();
      for (const path of ['ask/take-back', 'ask/change-how-shown', 'ask/more-to-say', 'ask/not-what-i-said', 'understanding', 'statements', 'verdict/00000000-0000-5000-8000-0000000000aa']) {
        const answer = await send(`/my-view/${path}`, helper, { words: 'x', choice: 'hidden', understood: 'no' });
        expect([path, answer.status, answer.text.includes('With this card you can look.')]).toEqual([path, 422, true]);
      } // prettier-ignore
      expect(entries()).toBe(before);
      expect((await send('/my-view/ask/call-me', helper, { contact: '01234' })).status).toBe(303);
    });

    it('may answer for the person where the person chose that', async () => {
      const { code } = await view();
      const helper = await supporterOf(await opened(code as string), { scope: 'act' });
      expect((await get('/my-view', helper)).text).toContain('/my-view/ask/take-back');
      expect((await send('/my-view/ask/change-how-shown', helper, { choice: 'hidden' })).status).toBe(303);
    });
  });

  describe('somebody who has died', () => {
    it('is asked and answered no more in any of their views; their family may look; it can be taken back', async () => {
      const { id: participant } = await chair.made('/participants', { authority: 'essex', name: 'Ann Lee' });
      const [one, two, other] = [await view({ participant }), await view({ participant }), await view()];
      const reply = { channel: 'letter', format: 'plain', givenAt: new Date().toISOString().slice(0, 10), by: 'Jo', words: 'Hello' }; // prettier-ignore
      expect((await send(`/views/${one.id}/died`, team, { do: 'end' })).status).toBe(400);
      expect((await send(`/views/${one.id}/died`, team, { do: 'end', sure: 'yes' })).status).toBe(303);
      for (const each of [one, two])
        expect((await chair.post(`/contributions/${each.id}/replies`, reply)).problems).toEqual(['replies-ended']);
      expect((await chair.post(`/contributions/${other.id}/replies`, reply)).status).toBe(201);
      expect((await get(`/views/${two.id}/team`, team)).text).toContain('Do not write to them');
      expect((await get('/my-view', await opened(one['code'] as string))).text).toContain(
        'We ask nothing here any more.',
      );

      const cards = await send(`/views/${one.id}/cards`, team, { do: 'family', familyAsked: 'yes' });
      expect(cards.status).toBe(303);
      const codes = [...(await get(`/views/${one.id}/cards`, team)).text.matchAll(/tl-code[^>]*>\s*([A-Z0-9-]{14})/g)];
      const family = await opened(codes.map(([, code]) => code).find((code) => code !== one['code']) ?? '');
      expect((await get('/my-view', family)).text).toContain('We are sorry that they have died.');
      expect((await chair.post(`/contributions/${one.id}/replies`, reply)).status).toBe(201);

      expect((await send(`/views/${two.id}/died`, team, { do: 'resume' })).status).toBe(303);
      expect((await chair.post(`/contributions/${two.id}/replies`, reply)).status).toBe(201);
    });

    it('is not told of in public, in no place of the chain and in no event', async () => {
      const { id } = await view();
      await send(`/views/${id}/died`, team, { do: 'end', sure: 'yes' });
      const said = [await request(server.url).get(`/views/${id}`), await request(server.url).get(`/api/v1/contributions/${id}/chain`), await request(server.url).get('/api/v1/events?limit=200')]; // prettier-ignore
      for (const { status, text } of said) expect([status, /\bdied\b/i.test(text)]).toEqual([200, false]);
      expect((await request(server.url).get(`/views/${id}`)).text).toContain('No reply is waited for any more');
    });

    it('is nothing that another council, a card or anyone may write down', async () => {
      const { id, code } = await view();
      const norfolk = (await staff(server.url, 'chair', 'norfolk')).cookies;
      const statuses = [norfolk, await opened(code as string), []].map(
        async (cookies) => (await send(`/views/${id}/died`, cookies, { do: 'end', sure: 'yes' })).status,
      );
      expect(await Promise.all(statuses)).toEqual([404, 401, 401]);
    });
  });

  describe('names in words that everyone can read', () => {
    it('are asked about once; what was typed stays, and the person decides', async () => {
      const typed = { ...TOLD, words: 'Mrs Whitlock shouts at me' };
      const asked = await send('/tell-us', [], typed);
      expect([asked.status, asked.text.includes('“Mrs Whitlock” may be a person’s name.'), asked.text.includes('Mrs Whitlock shouts at me</textarea>')]).toEqual([400, true, true]); // prettier-ignore
      expect(asked.text).toContain('name="namesSeen"');
      expect((await send('/tell-us', [], { ...typed, namesSeen: 'yes' })).status).toBe(303);
    });

    it('are the giver’s own too, where they are to be shown as one of the group', async () => {
      const typed = { ...TOLD, words: 'I am amina and I am cold', name: 'Amina Khan' };
      expect((await send('/tell-us', [], typed)).status).toBe(400);
      expect((await send('/tell-us', [], { ...typed, attribution: 'first-name' })).status).toBe(303);
      expect((await send('/tell-us', [], { ...typed, attribution: 'hidden', words: 'Mrs Jones' })).status).toBe(303);
    });

    it('are asked about when more is said to a view that everyone reads', async () => {
      const { code } = await view();
      const own = await opened(code as string);
      const more = { words: 'And Mr Pike is worse' };
      const asked = await send('/my-view/ask/more-to-say', own, more);
      expect([asked.status, asked.text.includes('And Mr Pike is worse')]).toEqual([400, true]);
      expect((await send('/my-view/ask/more-to-say', own, { ...more, namesSeen: 'yes' })).status).toBe(303);
    });
  });

  describe('words that could put somebody in danger', () => {
    it('are moved out of everybody’s reach at once, and can be read and brought back by one officer only', async () => {
      const { id, code } = await view({ words: 'He hits zanthoxyl me' });
      const own = await opened(code as string);
      const places = (): Promise<{ text: string }>[] => [
        get(`/views/${id}`, []), get(`/views/${id}/team`, team), get('/my-view', own), get('/views', team),
        get('/api/v1/search?q=zanthoxyl', []), get(`/api/v1/contributions/${id}/chain`, []), get('/gaps', team), get('/redactions', []),
      ].map(async (each) => ({ text: (await each).text.replaceAll(/"words":\["[^\]]*\]/g, '') })); // prettier-ignore
      const read = async () => (await Promise.all(places())).map(({ text }) => text.includes('zanthoxyl'));
      expect(await read()).toContain(true);
      expect((await send(`/views/${id}/safeguarding`, team, {})).status).toBe(400);
      expect((await send(`/views/${id}/safeguarding`, team, { told: 'yes' })).status).toBe(303);
      expect(await read()).toEqual(Array(8).fill(false));

      const officer = (await staff(server.url, 'data-protection-officer', 'essex')).cookies;
      expect((await get(`/data-protection/people/${id}/copy`, officer)).text).toContain('zanthoxyl');
      expect((await get(`/data-protection/people/${id}/copy`, team)).status).toBe(403);
      const ledger = (await get('/api/v1/redactions', [])).body as { items: Record<string, unknown>[] };
      expect(ledger.items[0]).toMatchObject({ kind: 'moved-out', contribution: null, reason: null, by: 'chair' });
      expect((await send(`/data-protection/people/${id}`, officer, { act: 'lift-restriction' })).status).toBe(303);
      expect(await read()).toContain(true);
    });

    it('are moved out by nobody of another council, and by no card', async () => {
      const { id, code } = await view();
      const norfolk = (await staff(server.url, 'chair', 'norfolk')).cookies;
      const statuses = [norfolk, await opened(code as string)].map(
        async (cookies) => (await send(`/views/${id}/safeguarding`, cookies, { told: 'yes' })).status,
      );
      expect(await Promise.all(statuses)).toEqual([404, 401]);
    });
  });
});
