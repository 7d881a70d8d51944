import { PersonAccounts } from '#accounts/person-accounts';
import { until } from '#event-store/testing/contract/samples';
import { nowAt } from '#kernel/time';
import { Cards } from '#contributions/cards';
import { FORM_COOKIE, FormTokens, TOKEN_HEADER } from '../../apps/server/src/edge/form-tokens.js';
import { staff } from '../browser/people.js';
import { view } from './bodies.js';
import { Client } from './client.js';
import { Device } from './device.js';
import { Visitor } from './form-filler.js';
import { linkIn, startMailServer } from './mail-server.js';
import { startServer, type TestServer } from './server.js';

const MINUTES = 60_000;
const median = (all: readonly number[]): number => [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)] ?? 0;

/** Links by e-mail, for people who want their views together. */
describe('signing in by e-mail', () => {
  let server: TestServer;
  let mail: Awaited<ReturnType<typeof startMailServer>>;
  /** Milliseconds that this server's clock is ahead. */
  let ahead = 0;
  beforeAll(async () => {
    mail = await startMailServer();
    server = await startServer(mail.env, undefined, { now: () => nowAt(new Date(Date.now() + ahead)) });
  });
  afterAll(async () => {
    await server.close();
    await mail.close();
  });
  beforeEach(() => {
    // Limits are counted by network and time; every test begins with none.
    server.engine.vault.database.db.exec('DELETE FROM tried');
  });

  /** What a page of ours put into this device's forms. */
  const formToken = (device: Device) => ({
    [TOKEN_HEADER]: server.app.get(FormTokens, { strict: false }).tokenOf(device.jar.get(FORM_COOKIE) ?? ''),
  });
  const idOf = (address: string) => server.app.get(PersonAccounts, { strict: false }).idOf(address);
  const sessions = (): number =>
    (server.engine.vault.database.db.prepare("SELECT count(*) AS n FROM session WHERE kind = 'person'").get() as { n: number }).n; // prettier-ignore
  /** Asks for a link on a device and reads the mail. */
  const begun = async (address: string, device = new Device(server.url)) => {
    const before = mail.received.length;
    const { status, to } = await device.fillIn('/my-views/sign-in', '/my-views/sign-in', { email: address });
    expect([status, to]).toEqual([303, '/my-views/sent']);
    // The page answers before the letter is on its way: what came last may be somebody else's.
    await until('a letter has come', () => mail.received.length > before);
    const letter = mail.received.at(-1)!;
    const code = /tl-code">([A-Z2-9]{3} [A-Z2-9]{3})</.exec((await device.get('/my-views/sent')).html)?.[1] ?? '';
    return { device, letter, link: linkIn(letter), code };
  };
  const signedIn = async (address: string) => {
    const { device, link } = await begun(address);
    expect((await device.fillIn(link, link, {})).to).toBe('/my-views');
    return device;
  };

  it('sends a link that shows nothing personal, and works once in the browser that asked', async () => {
    const { device, letter, link } = await begun('Amina@Example.org');
    expect(letter.to.map((each) => each.toLowerCase())).toEqual(['amina@example.org']);
    expect(letter.head).toContain('Subject: Your link to Throughline');
    expect(letter.text.match(/https?:\S+/g)).toEqual([
      expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/my-views\/open\/[\w-]{43}$/),
    ]);
    expect(letter.text + letter.head.replace(/^To: .*$/m, '')).not.toMatch(/amina|view of|essex/i);
    expect((await device.fillIn(link, link, {})).to).toBe('/my-views');
    expect((await device.get('/my-views')).html).toContain('amina@example.org');
    expect((await device.fillIn(link, link, {})).status).toBe(400);
  });

  it('is used up by nobody who only opens it: scanners fetch before people do', async () => {
    const { device, link } = await begun('scanned@example.org');
    const before = sessions();
    const storm = await Promise.all(Array.from({ length: 40 }, (_, n) => fetch(server.url + link, { method: n % 2 ? 'GET' : 'HEAD' }))); // prettier-ignore
    expect(storm.every(({ status }) => status === 200)).toBe(true);
    // Some press the button too. They are not the browser that asked, and do not know its code.
    expect((await new Device(server.url).fillIn(link, link, {})).status).toBe(400);
    expect(sessions()).toBe(before);
    expect((await device.fillIn(link, link, {})).to).toBe('/my-views');
    process.stdout.write('magic link: 0 of 40 GET and HEAD used it up\n');
  });

  it('of fifty at once one gets in', async () => {
    const { device, link } = await begun('fifty@example.org');
    await device.get(link);
    const before = sessions();
    server.engine.vault.database.db.exec('DELETE FROM tried');
    const cookie = [...device.jar].map((each) => each.join('=')).join('; ');
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, n) => server.app.inject({ method: 'POST', url: link, remoteAddress: `10.0.1.${n}`, headers: { cookie, ...formToken(device) }, payload: {} })),
    );
    const let_in = answers.filter(({ statusCode }) => statusCode === 303).length;
    process.stdout.write(`magic link: 50 at once, ${let_in} got in, ${sessions() - before} sessions\n`);
    expect([let_in, sessions() - before]).toEqual([1, 1]);
  }); // prettier-ignore

  it('on another device it asks for the code of the first, and five wrong ones end it', async () => {
    const { link, code } = await begun('two@example.org');
    const phone = new Device(server.url);
    expect((await phone.get(link)).html).toContain('The code');
    expect((await phone.fillIn(link, link, { code: 'AAAAAA' })).status).toBe(400);
    expect((await phone.fillIn(link, link, { code: code.toLowerCase() })).to).toBe('/my-views');
    const next = await begun('two@example.org');
    for (let n = 0; n < 5; n++) expect((await new Device(server.url).fillIn(next.link, next.link, { code: 'AAAAAA' })).status).toBe(400);
    expect((await next.device.fillIn(next.link, next.link, {})).status).toBe(400);
  }); // prettier-ignore

  it('lives for nearly ten minutes and is dead at ten; what is dead sends no new one by itself', async () => {
    for (const [age, expected] of [[599_000, 303], [600_000, 400]] as const) {
      const { device, link } = await begun(`age-${age}@example.org`);
      const sent = mail.received.length;
      ahead += age;
      expect([age, (await device.fillIn(link, link, { code: 'x' })).status]).toEqual([age, expected]);
      expect(mail.received.length).toBe(sent);
      ahead = 0;
    }
  }); // prettier-ignore

  it('tells nobody who has an account: same bytes, same time', async () => {
    const SIZE = Number(process.env['ENUMERATION'] ?? 100);
    await signedIn('known@example.org');
    const page = await server.app.inject('/my-views/sign-in');
    const device = new Device(server.url, [page.headers['set-cookie']].flat().map(String));
    const headers = { cookie: [...device.jar].map((each) => each.join('=')).join('; '), ...formToken(device) };
    const ask = async (email: string, n: number, network: number) => {
      server.engine.vault.database.db.exec('DELETE FROM tried');
      const began = performance.now();
      const { statusCode, headers: got, body } = await server.app.inject({ method: 'POST', url: '/my-views/sign-in', headers, payload: { email }, remoteAddress: `10.${network}.${n >> 8}.${n & 255}` });
      const took = performance.now() - began;
      const bytes = JSON.stringify([statusCode, { ...got, date: '' }, body]).replace(/throughline_mail=[^;]*/, (cookie) => `cookie of ${cookie.length}`);
      return { took, bytes };
    };
    const times: Record<string, number[]> = { known: [], unknown: [] };
    const bytes = new Set<string>();
    for (let n = 0; n < SIZE; n++)
      for (const [kind, email] of [['known', 'known@example.org'], ['unknown', `no-${String(n).padStart(4, '0')}@example.org`]] as const) {
        // A network of its own each: the first form of a network costs a write that its next ones do not.
        const answer = await ask(email, n, kind === 'known' ? 1 : 2);
        times[kind]?.push(answer.took);
        bytes.add(answer.bytes);
      }
    const apart = Math.abs(median(times['known'] ?? []) - median(times['unknown'] ?? []));
    process.stdout.write(`enumeration: ${bytes.size} kind of answer, medians ${apart.toFixed(2)} ms apart, ${SIZE} each\n`);
    expect([bytes.size, apart < 5]).toEqual([1, true]);
  }, 5 * MINUTES); // prettier-ignore

  it('lets nobody guess: ten tries a minute from one network', async () => {
    const tries = await Promise.all(
      Array.from({ length: 30 }, (_, n) => new Device(server.url).fillIn('/my-views/sign-in', `/my-views/open/${'A'.repeat(42)}${n % 10}`, {})), // prettier-ignore
    );
    const looked = tries.filter(({ status }) => status === 400).length;
    const bits = 256 - Math.log2(1e6);
    process.stdout.write(`guesses: ${looked} of 30 looked at in a minute; a million hit one of 2^256 links with a chance of 2^-${bits.toFixed(0)}\n`); // prettier-ignore
    expect(looked).toBeLessThanOrEqual(10);
  });

  it('keeps views by their cards: one’s own, once, and only while the card counts', async () => {
    const chair = await Client.as(server, 'chair');
    const { id } = await chair.made('/contributions', view('The ramp is too steep'));
    const cards = server.app.get(Cards, { strict: false });
    const code = cards.codeOf(Cards.firstCardOf(id)) ?? '';
    const amina = await signedIn('keeper@example.org');
    expect((await amina.fillIn('/my-views', '/my-views/add', { code: 'ABCD-EFGH-JKMN' })).status).toBe(400);
    expect((await amina.send('/my-views/add', { code })).status).toBe(303);
    const { html } = await amina.get('/my-views');
    expect(html).toContain('The ramp is too steep');
    expect(html).toContain('To others we show it as: A member of the group.');
    // Somebody else who finds the card later does not take the view away.
    const finder = await signedIn('finder@example.org');
    expect((await finder.send('/my-views/add', { code })).status).toBe(400);
    expect((await finder.get('/my-views')).html).not.toContain('ramp');
    expect((await amina.send('/my-views/view', { view: id })).to).toBe('/my-view');
    expect((await amina.get('/my-view')).status).toBe(200);
    // News: asked for by the person, seen by the team.
    expect((await amina.send('/my-views/news', { news: 'text', newsTo: '' })).status).toBe(400);
    expect((await amina.send('/my-views/news', { news: 'text', newsTo: '07700 900123' })).status).toBe(303);
    const team = new Visitor(server.url, (await staff(server.url, 'chair', 'essex')).cookies);
    expect((await team.get(`/views/${id}/team`)).html).toContain('By text message: 07700 900123');
    // A card that was cancelled closes the view here too.
    expect((await amina.fillIn('/my-view/ask/lost-card', '/my-view/ask/lost-card', {})).status).toBe(303);
    expect((await amina.get('/my-views')).html).toContain('no longer works');
    expect((await amina.send('/my-views/view', { view: id })).status).toBe(400);
  });

  it('lets whoever found a card neither keep its view from the person nor be sent the answer', async () => {
    const chair = await Client.as(server, 'chair');
    const { id, code } = await chair.made('/contributions', view('The stairs are too steep'));
    const finder = await signedIn('thief@example.org');
    expect((await finder.send('/my-views/add', { code: String(code) })).status).toBe(303);
    await finder.send('/my-views/news', { news: 'letter', newsTo: '13 Thief Street' });
    const team = new Visitor(server.url, (await staff(server.url, 'chair', 'essex')).cookies);
    expect((await team.get(`/views/${id}/team`)).html).toContain('13 Thief Street');
    // The person has the card replaced: on their own device, where it is open still.
    const person = new Device(server.url);
    await person.send('/my-view/code', { code: String(code) });
    expect((await person.fillIn('/my-view/ask/lost-card', '/my-view/ask/lost-card', {})).status).toBe(303);
    expect((await team.get(`/views/${id}/team`)).html).not.toContain('13 Thief Street');
    const owner = await signedIn('owner@example.org');
    const next = /tl-code[^>]*>\s*([A-Z0-9-]{14})/.exec((await person.get('/my-view/card')).html)?.[1] ?? '';
    expect((await owner.send('/my-views/add', { code: next })).status).toBe(303);
    expect((await owner.get('/my-views')).html).toContain('The stairs are too steep');
    expect((await finder.get('/my-views')).html).not.toContain(id);
  });

  it('ends on every device, and is forgotten, when the person says so', async () => {
    const [one, two] = [await signedIn('leaver@example.org'), await signedIn('leaver@example.org')];
    expect((await one.send('/my-views/leave', { everywhere: 'yes' })).to).toBe('/');
    expect((await two.get('/my-views')).to).toBe('/my-views/sign-in');
    const back = await signedIn('leaver@example.org');
    expect((await back.send('/my-views/forget')).to).toBe('/');
    expect((await back.get('/my-views')).to).toBe('/my-views/sign-in');
    const { n } = server.engine.vault.database.db.prepare("SELECT count(*) AS n FROM record WHERE kind = 'person-account' AND id = ?").get(idOf('leaver@example.org')) as { n: number };
    expect(n).toBe(0);
  }); // prettier-ignore

  it('says what to do where no mail can be sent', async () => {
    const without = await startServer();
    try {
      const { html } = await new Device(without.url).get('/my-views/sign-in');
      expect([html.includes('We cannot send e-mail from here'), html.includes('name="email"')]).toEqual([true, false]);
    } finally {
      await without.close();
    }
  });
});
