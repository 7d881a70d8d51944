import { cardHolder, staff } from '../browser/people.js';
import { type Example, loadExample } from '../browser/example.js';
import { encoded, kindOf, Visitor, wellFilled } from './form-filler.js';
import { type Field, formsIn, type HtmlForm } from './html-forms.js';
import { startServer, type TestServer } from './server.js';

const MINUTES = 60_000;
type Place = Awaited<ReturnType<Visitor['forms']>>[number];

const SCRIPT = '<script>alert(1)</script>"\'';
const STRANGER = '00000000-0000-4000-8000-00000000beef';
/** What people and attackers put into boxes. The longest comes last in no list: it is sent on its own. */
const ODD: readonly string[] = [
  '', ' ', SCRIPT, '=cmd|\' /C calc\'!A0', '@SUM(1)', '🚌👩🏽‍🦽 \u202eعربى', 'a\u0000b', '\u200b', 'line 1\r\nline 2', '{{ 7*7 }}',
  '-1', '0', '1.5', '1e9', '99999999999999999999', '2026-02-30', '31/12/2026', 'tomorrow', '9999-12-31', '0001-01-01', '25:99',
  'constructor', '__proto__', 'javascript:alert(1)', '//evil.example', STRANGER, 'x'.repeat(10_001), 'x'.repeat(200_001),
]; // prettier-ignore
/** Sentences for programmers, which no page may show to a person who left something out. */
const NOT_FOR_PEOPLE =
  /This is missing\.|must not be empty|Choose one of:|Choose from:|not an id of ours|not a code|must be (text|a list|true|an object)|Each must be|must be an|should not|\bproperty\b/;
/** Put there by the page itself; tests of their own judge them. */
const OF_THE_PAGE = ['idempotencyKey', 'formToken'];
/** What could be answered once only is no longer asked. */
const NO_FORM: HtmlForm = { action: '', fields: [] };
/** Whoever sends these is somebody else afterwards, or nobody: they come last, or all that follows would be tried by a stranger. */
const ENDS = /^\/(?:sign-in|my-account|check$|my-view\/(?:code|leave|statements))|\/statements$/;
const OWN_WORDS: readonly Field['kind'][] = ['text', 'textarea'];

/** Every form that a person can reach without JavaScript, fed with what it did not expect. */
describe('forms', () => {
  let server: TestServer;
  let example: Example;
  let everyone: Awaited<ReturnType<typeof visitors>>;
  beforeAll(async () => {
    server = await startServer();
    example = await loadExample(server);
    everyone = await visitors();
  }, MINUTES);
  afterAll(() => server.close());

  const key = () => `key-${Math.random()}`;
  const visitors = async (): Promise<[string, Visitor, readonly Place[]][]> => {
    const chair = new Visitor(server.url, (await staff(server.url, 'chair', 'example-council')).cookies);
    const all: [string, Visitor, readonly Place[]][] = [['chair', chair, await chair.forms(['/work', '/'], /^\//)]];
    const seen = new Set<string>();
    for (const view of ['form', 'bus', 'swimming']) {
      const { cookies } = await cardHolder(server.url, example.codes[view] ?? '');
      const holder = new Visitor(server.url, cookies);
      const forms = (await holder.forms(['/my-view', '/my-view/card', '/my-view/code'], /^\/my-view/)).filter(({ action }) => !seen.has(kindOf(action)) && !action.endsWith('lost-card')); // prettier-ignore
      for (const { action } of forms) seen.add(kindOf(action));
      all.push([`card of ${view}`, holder, forms]);
    }
    return all;
  };

  const faultsOf = (
    form: HtmlForm,
    sent: Readonly<Record<string, string>>,
    bad: Field,
    answer: { status: number; html: string },
  ): string[] => {
    const { status, html } = answer;
    if (status >= 500) return [`${status}`];
    if (html.includes('<script>alert(1)')) return ['puts markup on the page'];
    if (status < 400) return [];
    const back = formsIn(html).find(({ action }) => action === form.action);
    const isTampered = !OWN_WORDS.includes(bad.kind) && bad.kind !== 'date' && bad.kind !== 'number';
    if (!back) return isTampered && status < 500 ? [] : [`${status} and the form is gone`];
    const faults = html.includes('govuk-error-summary') ? [] : [`${status} without an error summary`];
    const summary = /govuk-error-summary[\s\S]*?<\/ul>/.exec(html)?.[0] ?? '';
    for (const [, id = ''] of summary.matchAll(/href="#([^"]*)"/g))
      if (!isTampered && !html.includes(`id="${id}"`)) faults.push(`the summary points to #${id}, which is not there`);
    if (!isTampered && NOT_FOR_PEOPLE.test(summary)) faults.push(`says ${summary.replace(/<[^>]*>|\s+/g, ' ').trim()}`);
    for (const field of back.fields) {
      const typed = sent[field.name];
      if (!OWN_WORDS.includes(field.kind) || typed === undefined) continue;
      if (field.value.replace(/\r/g, '') !== typed.replace(/\r/g, ''))
        faults.push(`lost what was typed in ${field.name}`);
    }
    return faults;
  };

  it(
    'keep every word and say what is wrong, whatever stands in a field',
    async () => {
      const faults = new Set<string>();
      let tries = 0;
      for (const [who, visitor, places] of everyone)
        for (const place of [...places].sort((a, b) => Number(ENDS.test(a.action)) - Number(ENDS.test(b.action))))
          for (const field of (await visitor.fresh(place).catch(() => NO_FORM)).fields)
            for (const value of field.kind === 'file' || OF_THE_PAGE.includes(field.name) ? [] : ODD) {
              const form = await visitor.fresh(place).catch(() => undefined);
              if (!form) continue;
              const sent = { ...wellFilled(form), [field.name]: value, idempotencyKey: key() };
              const answer = await visitor.send(place.action, encoded(sent));
              tries += 1;
              for (const fault of faultsOf(form, sent, field, answer))
                faults.add(`${who} ${kindOf(place.action)} ${field.name}=${value.slice(0, 20)}: ${fault}`);
            }
      process.stdout.write(`forms: ${tries} odd values sent\n`);
      expect([...faults]).toEqual([]);
      expect(tries).toBeGreaterThan(4_000);
    },
    8 * MINUTES,
  );

  it(
    'are not there for another council, nor for a thing that is not there',
    async () => {
      const faults: string[] = [];
      const stranger = (await staff(server.url, 'chair', 'essex')).cookies;
      const [[, chair, places] = []] = everyone;
      for (const place of places ?? []) {
        const form = await chair?.fresh(place).catch(() => undefined);
        if (!chair || !form || !/[0-9a-f]{8}-/.test(place.action)) continue;
        const body = encoded({ ...wellFilled(form), idempotencyKey: key() });
        const before = await server.engine.store.head();
        const foreign = await chair.send(place.action, body, stranger);
        const unknown = await chair.send(place.action.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, STRANGER), body);
        if (foreign.status !== 404) faults.push(`${kindOf(place.action)} of another council: ${foreign.status}`);
        if (unknown.status !== 404) faults.push(`${kindOf(place.action)} that is not there: ${unknown.status}`);
        if ((await server.engine.store.head()) !== before) faults.push(`${kindOf(place.action)} was recorded`);
      }
      expect(faults).toEqual([]);
    },
    2 * MINUTES,
  );

  it(
    'answer bytes that are no text, ten megabytes, and a name given twice, in words',
    async () => {
      const faults: string[] = [];
      for (const [, visitor, places] of everyone)
        for (const place of places) {
          const form = await visitor.fresh(place).catch(() => undefined);
          const field = form?.fields.find(({ kind }) => OWN_WORDS.includes(kind));
          if (!form || !field) continue;
          const before = await server.engine.store.head();
          const rest = encoded({ ...wellFilled(form), [field.name]: '', idempotencyKey: key() });
          const name = encodeURIComponent(field.name);
          const sent = {
            'bytes that are no UTF-8': await visitor.send(place.action, `${rest}&${name}=%ff%fe`),
            'half a character': await visitor.send(place.action, `${rest}&${name}=%ED%A0%80`),
            'ten megabytes': await visitor.send(place.action, `${rest}&${name}=${'x'.repeat(10 * 1_048_576)}`),
          };
          for (const [what, { status, html }] of Object.entries(sent))
            if (status < 400 || status >= 500 || !html.includes('<h1')) faults.push(`${kindOf(place.action)}: ${what} answers ${status}`); // prettier-ignore
          if ((await server.engine.store.head()) !== before) faults.push(`${kindOf(place.action)} was recorded`);
          for (const odd of [
            `${name}=a&${name}=b`,
            `${name}.a=1`,
            `${name}.0=1&${name}.1=2`,
            '__proto__=1',
            `${name}.__proto__.a=1`,
          ]) {
            const { status } = await visitor.send(place.action, `${encoded({ idempotencyKey: key() })}&${odd}`);
            if (status >= 500) faults.push(`${kindOf(place.action)}: ${odd} answers ${status}`);
          }
        }
      expect(faults).toEqual([]);
    },
    2 * MINUTES,
  );
});
