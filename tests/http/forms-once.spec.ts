import { cardHolder, staff } from '../browser/people.js';
import { loadExample } from '../browser/example.js';
import { encoded, kindOf, Visitor, wellFilled } from './form-filler.js';
import { startServer } from './server.js';

const MINUTES = 60_000;
/** Asks again each time with a page of its own, and records nothing. */
const NO_COMMAND = /^\/(sign-in|my-view\/code|cards\/blank|check$)|\/capture/;

/** What one press of each button records: answers and number of events, form by form, in a fresh record. */
const recordedBy = async (presses: number): Promise<Record<string, string>> => {
  const server = await startServer();
  try {
    const example = await loadExample(server);
    const recorded: Record<string, string> = {};
    const press = async (visitor: Visitor, starts: readonly string[], within: RegExp): Promise<void> => {
      for (const place of await visitor.forms(starts, within)) {
        const kind = kindOf(place.action);
        const form = NO_COMMAND.test(place.action) || kind in recorded ? undefined : await visitor.fresh(place).catch(() => undefined); // prettier-ignore
        if (!form) continue;
        const from = Number(await server.engine.store.head());
        const body = encoded({ ...wellFilled(form), idempotencyKey: 'one wish' });
        const answers = await Promise.all(Array.from({ length: presses }, () => visitor.send(place.action, body)));
        const again = await visitor.send(place.action, body);
        const events = Number(await server.engine.store.head()) - from;
        const statuses = [...new Set([...answers, again].map(({ status }) => status))].sort();
        recorded[kind] = `${statuses.join(' and ')}, ${events} events`;
      }
    };
    for (const view of ['form', 'bus', 'swimming'])
      await press(
        new Visitor(server.url, (await cardHolder(server.url, example.codes[view] ?? '')).cookies),
        ['/my-view', '/my-view/card'],
        /^\/my-view/,
      );
    // The chair comes last: what a chair does may cancel a card.
    const chair = await staff(server.url, 'chair', 'example-council');
    await press(new Visitor(server.url, chair.cookies), ['/work', '/'], /^\//);
    return recorded;
  } finally {
    await server.close();
  }
};

describe('a button pressed fifty times at once', () => {
  it(
    'records what one press records, and answers the same',
    async () => {
      const [once, fifty] = [await recordedBy(1), await recordedBy(50)];
      process.stdout.write(`forms: ${Object.keys(fifty).length} buttons pressed 50 times\n`);
      expect(Object.values(once).filter((each) => each.startsWith('303')).length).toBeGreaterThan(15);
      expect(fifty).toEqual(once);
    },
    3 * MINUTES,
  );
});
