import { decision, promise, view } from '../http/bodies.js';
import { Client } from '../http/client.js';
import { startServer, type TestServer } from '../http/server.js';
import { closePage, openPage, startBrowser, stopBrowser } from './browser.js';
import { axe, overflow } from './checks.js';

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
  beforeAll(async () => {
    server = await startServer();
    await startBrowser();
    const chair = await Client.as(server, 'chair');
    await chair.made('/teams', { authority: 'essex', name: 'Form team', stage: 'review', pledge: ['I3'] });
    const { id } = await chair.made('/contributions', view('The bus stops at six'));
    const made = await chair.made('/decisions', decision({ answers: [{ contribution: id, effect: 'changed' }] }));
    await chair.made('/service-changes', promise({ decision: made.id }));
    await (await Client.as(server, 'pledge-lead')).made('/facts/training', {
      authority: 'essex', title: 'Speaking up', topic: 'speaking', formats: ['plain'], partner: 'Essex Carers',
    }); // prettier-ignore
  }, MINUTE);
  afterAll(async () => {
    await stopBrowser();
    await server.close();
  });

  it.each([
    ['a part', 'P1b', '1 of 1 trainings were offered with a local group.', 'Speaking up'],
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

  it('a statement that only people can answer (S15)', async () => {
    const page = await openPage(`${server.url}/pledge/S15`, { javaScript: false });
    const words = await page.innerText('main');
    expect(words).toContain('People have not been asked yet.');
    expect(words).toContain('The record cannot show this.');
    expect(await faultsAt(page.url())).toEqual([]);
    await closePage(page);
  }, MINUTE); // prettier-ignore
});
