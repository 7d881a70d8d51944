import { domainToASCII } from 'node:url';
import { Mailer } from '../../apps/server/src/mail/mailer.js';
import { Device } from '../http/device.js';
import { startMailServer } from '../http/mail-server.js';
import { startServer, type TestServer } from '../http/server.js';

/** What an attacker adds: a header, a second recipient, a body of their own, or something that a mail program reads as one. */
const ADDED: readonly string[] = [
  '\r\nBcc: victim@evil.example', '\nBcc: victim@evil.example', '\rBcc: victim@evil.example', '\r\n\r\nWords of mine', '\r\n .\r\nMAIL FROM:<x@evil.example>', '\r\nRCPT TO:<victim@evil.example>', '>\r\nRCPT TO:<victim@evil.example', '\0\r\nBcc: victim@evil.example',
  '%0d%0aBcc: victim@evil.example', '%0aBcc:victim@evil.example', '\\r\\nBcc: victim@evil.example', '\u2028Bcc: victim@evil.example', '\u0085Bcc: victim@evil.example', '\u560d\u560aBcc: victim@evil.example', '\tBcc: victim@evil.example', '\v\fBcc:victim',
  ',victim@evil.example', ', victim@evil.example', ';victim@evil.example', ' victim@evil.example', '<victim@evil.example>', '"<victim@evil.example>"', '(victim@evil.example)', '@evil.example', ':victim@evil.example;', '> NOTIFY=SUCCESS ORCPT=rfc822;victim@evil.example', '> SIZE=1',
  '=?utf-8?q?=0d=0aBcc=3a_victim?=', '=?utf-8?b?DQpCY2M6IHZpY3RpbUBldmlsLmV4YW1wbGU=?=', '=?x?q?victim=40evil.example=3e=20?=', '\u202ebcc', '\ufeff', '\ud800', 'ﬀ＠evil.example', '＜victim＠evil.example＞', 'a'.repeat(300), 'é'.repeat(20), `${'x'.repeat(1_000)}\r\nBcc: v@evil.example`,
]; // prettier-ignore
const ADDRESS = 'amina@example.org';
const PLACES = [0, 3, ADDRESS.indexOf('@'), ADDRESS.indexOf('@') + 1, ADDRESS.indexOf('.'), ADDRESS.length];
const hostile = ADDED.flatMap((added) => PLACES.map((at) => ADDRESS.slice(0, at) + added + ADDRESS.slice(at)));

/** The only headers of a letter of ours. */
const OURS = ['Auto-Submitted', 'Content-Transfer-Encoding', 'Content-Type', 'Date', 'From', 'MIME-Version', 'Message-ID', 'Subject', 'To']; // prettier-ignore
const headersOf = (head: string): string[] => head.split('\r\n').flatMap((line) => /^([^\s:]+):/.exec(line)?.[1] ?? []);
const extraIn = (head: string): string[] => {
  const found = headersOf(head);
  return found.filter((name, at) => !OURS.includes(name) || found.indexOf(name) !== at);
};

/** An address as SMTP names it. */
const onTheWire = (address: string): string => {
  const [name = '', domain = ''] = address.trim().split('@');
  return `${name}@${domainToASCII(domain)}`;
};

describe('letters', () => {
  let server: TestServer;
  let mail: Awaited<ReturnType<typeof startMailServer>>;
  let mailer: Mailer;
  beforeAll(async () => {
    mail = await startMailServer();
    server = await startServer(mail.env);
    mailer = server.app.get(Mailer, { strict: false });
  });
  afterAll(async () => {
    await server.close();
    await mail.close();
  });

  it('a header that is not ours would be found', () => {
    expect(extraIn('From: a\r\nTo: b\r\n c: folded\r\nBcc: d\r\nTo: e')).toEqual(['Bcc', 'To']);
  });

  /** What came, judged: each letter to one address that was asked for, with no header but ours. */
  const judged = (asked: readonly string[]) => {
    const wanted = new Set(asked.map(onTheWire));
    return {
      letters: mail.received.length,
      recipients: mail.received.filter(({ to: [to = '', ...more] }) => more.length > 0 || !wanted.has(onTheWire(to)))
        .length,
      headers: mail.received.flatMap(({ head }) => extraIn(head)).length,
    };
  };

  it('go to one address and carry no header but ours, whatever is typed as an address', async () => {
    mail.received.length = 0;
    let refused = 0;
    const device = new Device(server.url);
    for (const email of hostile) {
      server.engine.vault.database.db.exec('DELETE FROM tried');
      const { status } = await device.fillIn('/my-views/sign-in', '/my-views/sign-in', { email });
      if (status === 400) refused++;
    }
    await mailer.settled();
    const found = judged(hostile);
    console.log(JSON.stringify({ figure: 'security.mail-typed', typed: hostile.length, refused, ...found }));
    expect([found.recipients, found.headers, refused + found.letters]).toEqual([0, 0, hostile.length]);
    expect(mail.received.every(({ text }) => text.startsWith('Hello,\n\nyou asked for a link'))).toBe(true);
    expect(refused).toBeGreaterThan(150);
  }, 120_000);

  it('also where nothing had looked at the address, the subject or the words before', async () => {
    mail.received.length = 0;
    for (const [at, to] of hostile.entries()) {
      mailer.post({ to, subject: 'Your link', text: 'Hello' });
      mailer.post({ to: ADDRESS, subject: `Your link ${to}`, text: `Hello\r\n.\r\n${to}` });
      if (at % 20 === 0) await mailer.settled();
    }
    await mailer.settled();
    const found = judged([ADDRESS, ...hostile]);
    console.log(JSON.stringify({ figure: 'security.mail-posted', posted: 2 * hostile.length, ...found }));
    expect([found.recipients, found.headers]).toEqual([0, 0]);
    expect(found.letters).toBeGreaterThanOrEqual(hostile.length);
  }, 120_000);
});
