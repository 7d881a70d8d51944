import { decision, promise, view } from '../http/bodies.js';
import { Client } from '../http/client.js';
import { startServer, type TestServer } from '../http/server.js';
import { closePage, openPage, startBrowser, stopBrowser } from './browser.js';
import { axe, overflow } from './checks.js';
import { staff } from './people.js';

const MINUTE = 60_000;

/** Walks are without JavaScript; axe waits on timers that such a page does not have, so it looks at a page of its own. */
const faultsAt = async (url: string): Promise<readonly string[]> => {
  const page = await openPage(url, { width: 360 });
  const faults = [...(await axe(page)), ...(await overflow(page))];
  await closePage(page);
  return faults;
};

/** One line of each kind: what is recorded stands on its page, and the record behind it is one link away. */
describe('from recording to the evidence of the pledge', () => {
  let server: TestServer;
  let lead: readonly string[];
  beforeAll(async () => {
    server = await startServer();
    await startBrowser();
    const chair = await Client.as(server, 'chair');
    await chair.made('/teams', { authority: 'essex', name: 'Form team', stage: 'review', pledge: ['I3'] });
    const { id } = await chair.made('/contributions', view('The bus stops at six'));
    const made = await chair.made('/decisions', decision({ answers: [{ contribution: id, effect: 'changed' }] }));
    await chair.made('/service-changes', promise({ decision: made.id }));
    lead = (await staff(server.url, 'pledge-lead', 'essex')).cookies;
  }, MINUTE);
  afterAll(async () => {
    await stopBrowser();
    await server.close();
  });

  it.each([
    ['a step', 'I1a', '1 of 1 teams have the pledge in what they are there for.', 'Form team'],
    ['a statement for people and the record', 'S18', '1 of 1 views led to a promise.', 'The bus stops at six'],
    ['a claim of the opening', 'O1', '1 of 1 decisions have a view of someone behind them.', 'The form gets shorter'],
  ])('%s (%s)', async (_kind, code, sentence, behind) => {
    const page = await openPage(`${server.url}/pledge`, { javaScript: false, width: 360 });
    await page.click(`main a[href="/pledge/${code}"]`);
    const figure = page.locator('h3', { hasText: sentence });
    expect(await figure.count()).toBe(1);
    expect(await faultsAt(page.url())).toEqual([]);
    await figure.locator('xpath=following-sibling::dl[1]//a').first().click();
    expect(await page.innerText('main')).toContain(behind);
    expect(await faultsAt(page.url())).toEqual([]);
    await closePage(page);
  }, MINUTE); // prettier-ignore

  interface Walk {
    readonly form: string;
    readonly fields: Readonly<Record<string, string>>;
    /** What is recorded next, on the page of what was recorded. */
    readonly next?: Walk;
  }
  const walks: [kind: string, line: string, walk: Walk, sentence: string, behind: string][] = [
    ['a part', 'P1b', { form: 'Record training that is offered', fields: { title: 'Speaking up', topic: 'speaking', formats: 'plain', partner: 'Essex Carers' } }, '1 of 1 trainings were offered with a local group.', 'Speaking up'],
    ['a step', 'I3', { form: 'Record a self-assessment', fields: { toolkit: 'working-together', occasion: 'Spring review', 'people.uses-services': '3', 'people.staff': '1' }, next: { form: 'Record a level', fields: { criterion: 'access', by: 'people', level: 'starting' } } }, '1 of 1 self-assessments have a level.', 'Self-assessment'],
    ['a statement', 'S6', { form: 'Record thanks', fields: { people: '4', how: 'letter', why: 'For testing the new bus' } }, '4 thanks to people who took part.', 'Thanks'],
    ['a claim of the opening', 'O1', { form: 'Record a priority', fields: { priority: 'Buses in the evening', 'agreedBy.uses-services': '5' }, next: { form: 'Record what was done about it', fields: { what: 'The timetable has a late bus' } } }, '1 of 1 priorities that were agreed were acted on.', 'Priority'],
  ]; // prettier-ignore

  it.each(walks)('%s (%s) from the form on a page to what is shown to everyone', async (_kind, line, walk, sentence, behind) => {
    const page = await openPage(`${server.url}/pledge/${line}`, { javaScript: false, width: 360, cookies: lead });
    await page.click('main >> text=How to record this');
    const fillIn = async ({ form, fields, next }: Walk): Promise<void> => {
      await page.click(`main a:has-text("${form}")`);
      for (const [name, value] of Object.entries(fields)) {
        const box = page.locator(`[name="${name}"][value="${value}"]`);
        if ((await box.count()) > 0) await box.check();
        else if ((await page.locator(`select[name="${name}"]`).count()) > 0) await page.selectOption(`[name="${name}"]`, value);
        else await page.fill(`[name="${name}"]`, value);
      }
      await page.click('main button[type=submit]');
      expect(await page.innerText('main')).toContain('Recorded.');
      if (next) await fillIn(next);
    };
    await fillIn(walk);
    await page.click(`main a[href="/pledge/${line}"]`);
    const figure = page.locator('h3', { hasText: sentence });
    expect(await figure.count()).toBe(1);
    await figure.locator('xpath=following-sibling::dl[1]//a').first().click();
    await page.click(`main a:has-text("${behind}")`);
    expect(page.url()).toMatch(/\/facts\/[0-9a-f-]+$/);
    expect(await faultsAt(page.url())).toEqual([]);
    await closePage(page);
  }, MINUTE); // prettier-ignore

  it('a statement that only people can answer (S15)', async () => {
    const page = await openPage(`${server.url}/pledge/S15`, { javaScript: false });
    const words = await page.innerText('main');
    expect(words).toContain('People have not been asked yet.');
    expect(words).toContain('The record cannot show this.');
    expect(await faultsAt(page.url())).toEqual([]);
    await closePage(page);
  }, MINUTE); // prettier-ignore
});
