import { everyKind } from '#facts/every-kind';
import { type FactKind, type FactStep, stepsOf } from '#facts/fact-kind';
import { staff } from '../browser/people.js';
import { called, promise } from './bodies.js';
import { Client } from './client.js';
import { bodyOf, stepBody, type Things, wayTo } from './fact-bodies.js';
import { encoded, Visitor } from './form-filler.js';
import { formsIn } from './html-forms.js';
import { startServer, type TestServer } from './server.js';

const MINUTES = 60_000;

/** A body that a program would send, as somebody types it into the form. */
const typed = (body: Readonly<Record<string, unknown>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(body).flatMap(([name, value]): [string, string][] => {
      if (typeof value === 'boolean') return [[name, value ? 'yes' : 'no']];
      if (!Array.isArray(value)) return [[name, String(value)]];
      const [first] = value as unknown[];
      if (typeof first !== 'object' || first === null) return [[name, String(first)]];
      return (value as Record<string, unknown>[]).map(({ count, ...of }) => [`${name}.${String(Object.values(of)[0])}`, String(count)]); // prettier-ignore
    }),
  );

/** Made from the list of kinds: a new kind has its pages by being there, and is tested by being there. */
describe('pages of facts', () => {
  let server: TestServer;
  let chair: Visitor;
  let lead: Visitor;
  let stranger: Visitor;
  let anyone: Visitor;
  let things: Things;
  let key = 0;

  beforeAll(async () => {
    server = await startServer();
    const visitor = async (role: string, council: string, name?: string) =>
      new Visitor(server.url, (await staff(server.url, role, council, name)).cookies);
    [chair, lead, stranger] = await Promise.all([visitor('chair', 'essex'), visitor('pledge-lead', 'essex', 'Lee Moss'), visitor('chair', 'norfolk')]); // prettier-ignore
    anyone = new Visitor(server.url, []);
    const api = await Client.as(server, 'chair');
    const [owner, checker] = await Promise.all([Client.as(server, 'owner'), Client.as(server, 'checker')]);
    const { team, meeting } = await called(api);
    const { id } = await api.made('/commitments', promise({ what: 'Ten people are trained', pledgePart: 'P1a' }));
    await owner.made(`/commitments/${id}/evidence`, { kind: 'photo', title: 'The list of days' });
    await owner.made(`/commitments/${id}/reported-done`, { words: 'Ten people came' });
    await checker.made(`/commitments/${id}/confirmation`, { confirmed: true, name: 'Joy Bell', words: 'I count ten' });
    const contract = await api.made('/facts/contract', { authority: 'essex', title: 'Buses', stage: 'need', involvedBefore: 'yes' }); // prettier-ignore
    things = { team, meeting, commitment: id, serviceChange: id, contract: contract.id };
  }, MINUTES);
  afterAll(() => server.close());

  const formAt = async (who: Visitor, path: string) => {
    const { status, html } = await who.get(path);
    if (status !== 200) throw new Error(`${path} answers ${status}`);
    const form = formsIn(html).find(({ action }) => action === path.replace(/\?.*/, ''));
    if (!form) throw new Error(`${path} has no form`);
    const hidden = Object.fromEntries(form.fields.flatMap(({ kind, name, value }) => (kind === 'hidden' ? [[name, value]] : []))); // prettier-ignore
    return { form, html, hidden: { ...hidden, idempotencyKey: `wish ${key++}` } };
  };
  /** Fills in the form on its page and sends it; every field that is sent must stand on the page. */
  const fill = async (who: Visitor, path: string, body: Readonly<Record<string, unknown>>) => {
    const { form, hidden } = await formAt(who, path);
    const fields = typed(body);
    const names = form.fields.map(({ name }) => name);
    expect([path, Object.keys(fields).filter((name) => !names.includes(name))]).toEqual([path, []]);
    return who.send(form.action, encoded({ ...hidden, ...fields }));
  };
  const born = async (kind: FactKind): Promise<string> => {
    const { status, to, html } = await fill(chair, `/record/${kind.code}?team=${things['team'] ?? ''}`, bodyOf(kind.birth.fields, things)); // prettier-ignore
    if (status !== 303) throw new Error(`${kind.code}: ${status} ${errorsOf(html).join(' ')}`);
    return /\/facts\/([0-9a-f-]+)/.exec(to)?.[1] ?? '';
  };
  const errorsOf = (html: string): string[] =>
    [...(/govuk-error-summary[\s\S]*?<\/ul>/.exec(html)?.[0] ?? '').matchAll(/<a[^>]*>([^<]*)</g)].map(([, text = '']) => text.trim()); // prettier-ignore
  const pathOf = (kind: FactKind, id: string, step: FactStep) => `/record/${kind.code}/${id}/${step.code}`;

  it(
    'record every kind and every step of it',
    async () => {
      let forms = 0;
      for (const kind of everyKind) {
        const id = await born(kind);
        forms += 1;
        for (const step of kind.steps) {
          const of = await born(kind);
          for (const each of wayTo(kind, step)) {
            const { status, html } = await fill(
              each.byOther ? lead : chair,
              pathOf(kind, of, each),
              stepBody(each, things),
            );
            expect([kind.code, each.code, status, errorsOf(html)]).toEqual([kind.code, each.code, 303, []]);
          }
          const page = (await chair.get(`/facts/${of}`)).html;
          expect(page).toContain(step.happened);
          forms += 1;
        }
        expect([kind.code, (await anyone.get(`/facts/${id}`)).status]).toEqual([kind.code, kind.isPrivate ? 404 : 200]);
      }
      process.stdout.write(`fact pages: ${forms} forms filled in and sent\n`);
      expect(forms).toBe(everyKind.flatMap(stepsOf).length);
    },
    2 * MINUTES,
  );

  it(
    'say what is missing, too long or no date, keep every word, and record nothing',
    async () => {
      const faults: string[] = [];
      const LONG = 'x'.repeat(4_001);
      const ODD = '🚌👩🏽‍🦽 \u202eعربى <script>alert(1)</script>';
      let sent = 0;
      const spoil = async (path: string, step: FactStep) => {
      const { form, hidden } = await formAt(chair, path);
      const text = form.fields.filter(({ kind }) => kind === 'text' || kind === 'textarea');
      const all = (value: string, of: readonly { name: string }[]) => Object.fromEntries(of.map(({ name }) => [name, value]));
      const dates = form.fields.filter(({ kind }) => kind === 'date');
      const numbers = form.fields.filter(({ kind }) => kind === 'number');
      const missing = Object.values(step.fields).filter((each) => each.missing !== undefined).length;
      const tries: [string, Record<string, string>, number][] = [
        ['empty', {}, missing],
        ['too long', all(LONG, text), text.length],
        ['odd letters', all(ODD, [...text, ...numbers]), numbers.length],
        ['no date', all('2026-02-30', dates), dates.length],
        ['in the future', { occurredAt: '2999-01-01', ...typed(bodyOf(step.fields, things)) }, 1],
      ];
      for (const [what, fields, expected] of tries) {
        if (expected === 0) continue;
        const { status, html } = await chair.send(form.action, encoded({ ...hidden, ...fields, idempotencyKey: `spoilt ${key++}` }));
        sent += 1;
        const at = `${path.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, ':id')} ${what}`;
        if (status !== 400) faults.push(`${at}: ${status}`);
        if (errorsOf(html).length < expected) faults.push(`${at}: ${errorsOf(html).length} of ${expected} problems told`);
        if (html.includes('<script>alert(1)')) faults.push(`${at}: markup on the page`);
        for (const [, to = ''] of html.matchAll(/href="#([^"]+)"/g)) if (!html.includes(`id="${to}"`)) faults.push(`${at}: no #${to}`);
        const back = formsIn(html).find(({ action }) => action === form.action);
        for (const { name } of text) if (fields[name] !== undefined && back?.fields.find((each) => each.name === name)?.value !== fields[name]) faults.push(`${at}: lost ${name}`);
      }
    }; // prettier-ignore
      for (const kind of everyKind) {
        const team = things['team'] ?? '';
        const id = await born(kind);
        const head = await server.engine.store.head();
        await spoil(`/record/${kind.code}?team=${team}`, kind.birth);
        for (const step of kind.steps.filter((each) => !each.after)) await spoil(pathOf(kind, id, step), step);
        if ((await server.engine.store.head()) !== head) faults.push(`${kind.code}: something was recorded`);
      }
      process.stdout.write(`fact pages: ${sent} spoilt forms sent\n`);
      expect(faults).toEqual([]);
    },
    2 * MINUTES,
  );

  it(
    'are not there for another council, and ask everyone else to sign in',
    async () => {
      const faults: string[] = [];
      for (const kind of everyKind) {
        const id = await born(kind);
        const head = await server.engine.store.head();
        const entry = server.engine.rows.get<{ id: string }>('SELECT id FROM fact_event WHERE fact = ?', id)?.id ?? '';
        const own = [`/record/${kind.code}?team=${things['team'] ?? ''}`, `/record/${kind.code}/${id}/entries/${entry}/mend`, ...kind.steps.map((step) => pathOf(kind, id, step))]; // prettier-ignore
        for (const path of own) {
          const body = encoded({ ...(await formAt(chair, path)).hidden, why: 'Wrong' });
          const foreign = [await stranger.get(path), await stranger.send(path.replace(/\?.*/, ''), body)];
          const nobody = await anyone.send(path.replace(/\?.*/, ''), body);
          const statuses = [...foreign, nobody].map(({ status }) => status);
          if (statuses.join() !== '404,404,401') faults.push(`${path}: ${statuses.join()}`);
        }
        if ((await server.engine.store.head()) !== head) faults.push(`${kind.code} was recorded`);
      }
      expect(faults).toEqual([]);
    },
    MINUTES,
  );

  it('show what is private only to those who act on it', async () => {
    const owner = new Visitor(server.url, (await staff(server.url, 'owner', 'essex')).cookies);
    const admin = new Visitor(server.url, (await staff(server.url, 'administrator', 'essex')).cookies);
    const hidden = everyKind.filter(({ isPrivate }) => isPrivate);
    for (const kind of hidden) {
      const id = await born(kind);
      const seen = async (who: Visitor) => (await who.get(`/facts/${id}`)).status;
      expect([kind.code, ...(await Promise.all([chair, owner, admin, stranger, anyone].map(seen)))]).toEqual([kind.code, 200, 404, 404, 404, 404]); // prettier-ignore
      const listed = async (who: Visitor) =>
        (await who.get(`/facts?kind=${kind.code}&authority=essex`)).html.includes(id);
      expect([kind.code, ...(await Promise.all([chair, owner, admin, stranger, anyone].map(listed)))]).toEqual([kind.code, true, false, false, false, false]); // prettier-ignore
    }
    expect(hidden.length).toBeGreaterThan(3);
  });

  const kindOf = (code: string) => everyKind.find((kind) => kind.code === code) as FactKind;
  const entryOf = (fact: string, type: string) =>
    server.engine.rows.get<{ id: string }>('SELECT id FROM fact_event WHERE fact = ? AND type = ? AND taken_back_at IS NULL', fact, type)?.id ?? ''; // prettier-ignore

  it('mend a mistake from what stands there; the old entry stays and says that it no longer counts', async () => {
    const id = await born(kindOf('lesson'));
    const path = `/record/lesson/${id}/entries/${entryOf(id, 'LessonRecorded')}/mend`;
    const { form } = await formAt(chair, path);
    expect(form.fields.find(({ name }) => name === 'lesson')?.value).toBe('Words of ours');
    const right = { from: 'did-not-work', by: 'staff', lesson: 'Ask before, not after' };
    expect((await fill(chair, path, right)).status).toBe(400);
    expect((await fill(chair, path, { ...right, why: 'It did not work' })).to).toBe(`/facts/${id}?done=mended`);
    const page = (await anyone.get(`/facts/${id}`)).html;
    for (const words of ['Words of ours', 'It did not work', 'It no longer counts', 'Ask before, not after']) expect(page).toContain(words); // prettier-ignore
    expect((await fill(chair, path, { ...right, why: 'Again' })).status).toBe(400);

    const now = `/record/lesson/${id}/entries/${entryOf(id, 'LessonRecorded')}/take-back`;
    expect((await fill(chair, now, { why: '' })).status).toBe(400);
    expect((await fill(chair, now, { why: 'Nobody said so' })).to).toBe(`/facts/${id}?done=taken-back`);
    expect((await anyone.get(`/facts/${id}`)).html).toContain('This was recorded by mistake');
    expect((await chair.get(`/record/lesson/${id}/adopted`)).status).toBe(404);
  });

  it('say it when something was answered twice, an answer is not marked as one’s own, or one confirms one’s own claim', async () => {
    const payment = await born(kindOf('payment'));
    const answer = { answer: 'yes', voice: 'own' };
    const unmarked = await fill(chair, `/record/payment/${payment}/answered`, { answer: 'yes' });
    expect(errorsOf(unmarked.html)).toEqual(['Choose whether they said it themselves, with help, or someone else said it for them.']); // prettier-ignore
    expect((await fill(chair, `/record/payment/${payment}/answered`, answer)).status).toBe(303);
    const twice = await fill(chair, `/record/payment/${payment}/answered`, answer);
    expect([twice.status, twice.html.includes('We did not record it twice')]).toEqual([400, true]);

    const value = await born(kindOf('social-value'));
    await fill(chair, `/record/social-value/${value}/evidence`, { what: 'Six jobs', complete: 'yes' });
    const checked = { checkedBy: 'council', found: 'Six people work there' };
    const own = await fill(chair, `/record/social-value/${value}/confirmed`, checked);
    expect([own.status, own.html.includes('Ask someone else to check it')]).toEqual([400, true]);
    expect((await fill(lead, `/record/social-value/${value}/confirmed`, checked)).status).toBe(303);
  });

  it('record one press of a button once, also when it comes ten times at once', async () => {
    const { form, hidden } = await formAt(chair, `/record/thanks?team=${things['team'] ?? ''}`);
    const head = Number(await server.engine.store.head());
    const body = encoded({ ...hidden, ...typed(bodyOf(kindOf('thanks').birth.fields, things)) });
    const answers = await Promise.all(Array.from({ length: 10 }, () => chair.send(form.action, body)));
    expect(new Set(answers.map(({ status, to }) => `${status} ${to}`)).size).toBe(1);
    expect(Number(await server.engine.store.head()) - head).toBe(1);
  });
});
