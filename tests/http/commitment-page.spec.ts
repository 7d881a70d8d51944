import { createHash } from 'node:crypto';
import { Reminders } from '#clocks/reminders';
import { nowAt } from '#kernel/time';
import { addWorkingDays } from '#kernel/working-days';
import { staff } from '../browser/people.js';
import { promise, view } from './bodies.js';
import { Client } from './client.js';
import { encoded, Visitor } from './form-filler.js';
import { startServer, type TestServer } from './server.js';

describe('the page of a commitment', () => {
  let server: TestServer;
  let [lead, chair]: Client[] = [];
  let now = Date.parse('2026-01-05T10:00:00Z');
  const to = (day: string): void => void (now = Date.parse(`${day}T10:00:00Z`));
  const today = (): string => new Date(now).toISOString().slice(0, 10);
  beforeAll(async () => {
    server = await startServer({}, undefined, { now: () => nowAt(new Date(now)) });
    [lead, chair] = await Promise.all([Client.as(server, 'pledge-lead'), Client.as(server, 'chair')]);
  }, 30_000);
  afterAll(() => server.close());

  const anyone = () => new Visitor(server.url, []);
  const page = async (path: string, who = anyone()): Promise<string> =>
    (await who.get(path)).html.replace(/[^]*<main|<.main>[^]*/g, '').replace(/\s+/g, ' ');
  const words = async (path: string, who?: Visitor) => (await page(path, who)).replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' '); // prettier-ignore
  const make = async (more: object = {}) =>
    ((await lead?.made('/commitments', promise({ pledgePart: 'P1a', due: '2026-03-02', ...more }))) ?? { id: '' }).id;
  const post = async (path: string, body: object) => void (await lead?.made(path, body));

  it('tells twenty moves of one date in a sentence, with each of them below it and among the entries', async () => {
    const id = await make({ what: 'A hall for everyone' });
    for (let n = 1; n <= 20; n++)
      await post(`/commitments/${id}/due-date`, { due: addWorkingDays('2026-03-02', n * 5), reason: `Reason ${n}`, agreedBy: 'the chair' }); // prettier-ignore
    const text = await words(`/commitments/${id}`);
    expect(text).toContain('The date has moved 20 times, from 2 March 2026 to');
    expect(text).toContain('All 20, one by one');
    for (let n = 1; n <= 20; n++) expect(text.split(`Reason ${n}.`)).toHaveLength(2);
    expect(text.match(/The date moved from/g)).toHaveLength(20);
  });

  it('says that a date was moved after it had passed, and what is wrong with a form, with the words kept', async () => {
    to('2026-01-05');
    const id = await make({ due: '2026-01-20' });
    to('2026-01-28');
    await post(`/commitments/${id}/due-date`, { due: '2026-02-20', reason: 'The trainer left', agreedBy: 'chair' });
    expect(await words(`/commitments/${id}`)).toContain('from 20 January 2026 to 20 February 2026, moved after it had passed'); // prettier-ignore
    const who = new Visitor(server.url, (await staff(server.url, 'pledge-lead', 'essex')).cookies);
    const wrong = await who.send(`/commitments/${id}/evidence`, encoded({ title: 'The list', kind: 'document', hash: 'abc' })); // prettier-ignore
    expect([wrong.status, wrong.html.includes('value="The list"'), wrong.html.includes('64 letters and digits')]).toEqual([400, true, true]); // prettier-ignore
    const hash = createHash('sha256').update('the file').digest('hex');
    await who.send(`/commitments/${id}/evidence`, encoded({ title: 'The list', kind: 'document', hash, supplier: 'Jo' })); // prettier-ignore
    expect(await words(`/commitments/${id}`)).toContain(`fingerprint ${hash}`);
  });

  it('shows the ladder as steps with dates: what was sent, what is to come, and that nobody answered', async () => {
    to('2026-01-30');
    const id = await make({ what: 'Late', due: '2026-02-02', owner: { name: 'Sam Taylor', role: 'head of halls' } });
    const ladder = server.app.get(Reminders, { strict: false });
    const run = async (day: string) => {
      to(day);
      await ladder.run(nowAt(new Date(now)));
      await server.engine.caughtUp(await server.engine.store.head());
    };
    await run('2026-02-02');
    expect(await words(`/commitments/${id}`)).toMatch(/Reminder 1 If it is not done by then.*To come 3 February 2026/);
    await run('2026-02-03');
    const text = await words(`/commitments/${id}`);
    expect(text).toMatch(/Reminder 1 To the head of halls. The date was 2 February 2026. Sent 3 February 2026/);
    expect(text).toMatch(/Reminder 3, published If it is not done by then.*To come/);
    // A session does not last for seven weeks: the owner signs in again.
    const signedIn = async () => new Visitor(server.url, (await staff(server.url, 'owner', 'essex')).cookies);
    expect(await page(`/commitments/${id}`, await signedIn())).not.toContain(`/commitments/${id}/reasons`);
    for (let day = '2026-02-04', n = 0; n < 37; n++, day = addWorkingDays(day, 1)) await run(day);
    const silent = await words(`/commitments/${id}`);
    expect(silent).toMatch(/The reasons were asked for, published.*No reasons were given. \d+ working days have passed. No answer/); // prettier-ignore
    const owner = await signedIn();
    expect(await page(`/commitments/${id}`, owner)).toContain(`/commitments/${id}/reasons`);
    await owner.send(`/commitments/${id}/reasons`, encoded({ words: 'The hall burned down. We meet the owner on 1 June.' })); // prettier-ignore
    const given = await words(`/commitments/${id}`);
    expect(given).toContain('They said why it is late The hall burned down.');
    expect(given).not.toContain('No reasons were given');
    expect(await words(`/commitments/${id}?asOf=2026-02-10`)).not.toMatch(/Reminder 2|To come/);
  }, 60_000);

  it('draws what is missing in the chain as rows, with working days, and lets a correction and what it corrects find each other', async () => {
    to('2026-04-01');
    const id = await make({ what: 'A shorter form', due: '2026-12-01' });
    expect(await words(`/commitments/${id}`)).toContain('No view of people is linked to this promise. Missing');
    const said = (await chair?.made('/contributions', view('The form is too long')))?.id ?? '';
    to(addWorkingDays(today(), 34));
    await post(`/commitments/${id}/links`, { to: 'contribution', id: said, why: 'It is why' });
    expect(await words(`/commitments/${id}`)).toMatch(/No reply sent. 34 working days \(promise: 20\). Missing/);
    expect(await words(`/commitments/${id}`)).toContain('No decision is linked to this promise. Missing');
    await post(`/commitments/${id}/unlinks`, { to: 'contribution', id: said, why: 'It is about another form' });
    const html = await page(`/commitments/${id}`);
    expect(html).toContain('<a class="govuk-link" href="#entry-3">Taken back by entry 3</a>');
    expect(html).toContain('<a class="govuk-link" href="#entry-2">Takes back entry 2</a>');
  });

  it('shows of every entry the first characters of the hash under which it is sealed', async () => {
    const id = await make({ what: 'Sealed', due: '2027-01-04' });
    for await (const { leaf, type } of server.engine.store.read(`commitment-${id}`)) {
      if (!type.startsWith('commitment-made')) continue;
      const seal = createHash('sha256')
        .update(Buffer.from([0]))
        .update(leaf)
        .digest('hex');
      expect(await page(`/commitments/${id}`)).toContain(`<code>${seal.slice(0, 8)}</code>`);
    }
  });
});
