import { startServer, type TestServer } from '../http/server.js';
import { closePage, openPage, startBrowser, stopBrowser } from './browser.js';
import { axe } from './checks.js';
import { type Example, loadExample } from './example.js';
import { pressOn, tabTo, typeInto } from './keyboard.js';
import { staff } from './people.js';

const MINUTE = 60_000;
const LINES = `view 2 Amina: The new form has boxes that are too small
view 3: Keep the door open in the morning
yes 2: We will make the boxes bigger
no 3: We will not keep the door open >> why risk. Two people who must not go out alone were found on the road
promise 2: Print the form with bigger boxes >> who Jane Smith, day services manager; by 1 Mar 2027; proof the new form; check the co-chair
disagree 3: One person wants a bell instead`;

describe('the journeys that everything is for', () => {
  let server: TestServer;
  let example: Example;
  beforeAll(async () => {
    server = await startServer();
    example = await loadExample(server);
    await startBrowser();
  }, MINUTE);
  afterAll(async () => {
    await stopBrowser();
    await server.close();
  });

  it(
    'a chair records a meeting with nothing but a keyboard, and prints the cards',
    async () => {
      const chair = await staff(server.url, 'chair', 'example-council');
      const page = await openPage(`${server.url}/work`, chair);
      await pressOn(page, `a[href="/meetings/${example.nextMeeting}/capture"]`);
      expect(await page.innerText('.tl-owed')).toMatch(/1 late promise, 1 promise that someone says is not done/);
      expect(await axe(page)).toEqual([]);
      // What waits from last time is taken up first: it becomes view 1.
      await pressOn(page, '.tl-owed button[name="view"]');
      await tabTo(page, '#lines');
      await page.keyboard.press('ControlOrMeta+End');
      await page.keyboard.insertText(
        `\n${LINES}\nlater 1: One meeting in the evening >> why staff. Nobody can open the hall at night yet; look Jun 2027`,
      );
      await pressOn(page, 'form[data-autosave] button');
      expect(await page.$('.govuk-error-summary')).toBeNull();
      expect(await page.innerText('table')).toContain('We will make the boxes bigger');
      expect(await axe(page)).toEqual([]);

      await pressOn(page, 'a[href$="/capture/check"]');
      expect(await page.innerText('main')).toContain('3 views, 3 answers, 1 promise');
      expect(await page.innerText('main')).not.toContain('Mend these first');
      expect(await axe(page)).toEqual([]);
      await pressOn(page, 'form[action$="/capture/check"] button');
      expect(await page.innerText('h1')).toBe('Recorded: 2 views, 3 decisions, 1 promise');
      expect(await axe(page)).toEqual([]);
      await pressOn(page, 'a[href$="/cards"]');
      expect(await page.$$('.tl-take-home .tl-qr')).toHaveLength(2);
      expect(await axe(page)).toEqual([]);
      await closePage(page);
    },
    2 * MINUTE,
  );

  it(
    'says what is missing before anything is recorded, with a way to each place',
    async () => {
      const chair = await staff(server.url, 'chair', 'example-council');
      const page = await openPage(`${server.url}/teams`, chair);
      await pressOn(page, '.tl-node a');
      await pressOn(page, 'a[href^="/meetings/new"]');
      await typeInto(page, '#title', 'Autumn meeting');
      await page.fill('#day', '2026-11-20');
      await page.fill('#time', '14:30');
      await pressOn(page, 'main form button');
      await pressOn(page, 'a[href$="/capture"]');
      await typeInto(
        page,
        '#lines',
        'view 1: Somebody should fix the lift\nno 1: Not this year\npromise 1: Ask a builder',
      );
      await pressOn(page, 'form[data-autosave] button');
      await pressOn(page, 'a[href$="/capture/check"]');
      await pressOn(page, 'form[action$="/capture/check"] button');
      const blocks = await page.innerText('.govuk-error-summary');
      expect(blocks).toMatch(/Answer 1: .*reason/i);
      expect(blocks).toMatch(/Promise 1: .*name/i);
      expect(await axe(page)).toEqual([]);
      await pressOn(page, '.tl-blocks a[href*="/decisions/1"]');
      expect(await page.inputValue('#statement')).toBe('Not this year');
      await closePage(page);
    },
    2 * MINUTE,
  );

  it(
    'the holder of a card sees what happened to the view, without any script',
    async () => {
      const page = await openPage(`${server.url}/`, { javaScript: false, width: 360 });
      await page.click('main a[href="/my-view"]');
      await page.fill('#code', (example.codes['bus'] ?? '').toLowerCase());
      await page.click('main form button');
      expect(new URL(page.url()).pathname).toBe('/my-view');
      const words = await page.innerText('main');
      expect(words).toContain('Keep the bus until 8pm');
      expect(words).toContain('Not now');
      expect(words).toContain('Two more hours cost £41,000 a year');
      await page.click('input[name="understood"][value="no"]');
      await page.click('form[action="/my-view/understanding"] button');
      expect(await page.innerText('.govuk-notification-banner')).toContain('We wrote down your answer');
      await closePage(page);
    },
    MINUTE,
  );

  it(
    'a person says that a promise is not done, and it stands beside what the council says',
    async () => {
      const owner = await staff(server.url, 'owner', 'example-council');
      const promise = `${server.url}/service-changes/${example.promises['d-menu'] ?? ''}`;
      const work = await openPage(`${promise}/report-done`, owner);
      await work.fill('#words', 'Every meal has a picture.');
      await work.click('main form button');
      expect(await work.innerText('main')).toContain('Nobody has checked');
      await closePage(work);

      const page = await openPage(`${server.url}/my-view/code`, { javaScript: false });
      await page.fill('#code', example.codes['menu'] ?? '');
      await page.click('main form button');
      await page.check('input[value="not-done"]');
      await page.fill('textarea[name^="comment-"]', 'There is no picture of the soup.');
      await page.click('form[action^="/my-view/verdict/"] button');
      expect(await page.innerText('.govuk-notification-banner')).toContain('It stands beside what the council says');
      await page.goto(promise);
      const words = await page.innerText('main');
      expect(words).toContain('Someone says it is not done');
      expect(words).toContain('Every meal has a picture.');
      expect(words).toContain('There is no picture of the soup.');
      await closePage(page);

      const list = await openPage(`${server.url}/requests`, await staff(server.url, 'chair', 'example-council'));
      expect(await list.innerText('main')).toContain('There is no picture of the soup.');
      await closePage(list);
    },
    MINUTE,
  );

  it(
    'two people who edit one draft both keep their words',
    async () => {
      const chair = await staff(server.url, 'chair', 'example-council');
      const start = await openPage(`${server.url}/work`, chair);
      const capture = await start.getAttribute('a[href$="/capture"]', 'href');
      await closePage(start);
      const one = await openPage(server.url + (capture ?? ''), { ...chair, javaScript: false });
      const two = await openPage(server.url + (capture ?? ''), chair);
      await one.fill('#lines', 'view 1: First hand');
      await one.click('form[data-autosave] button');
      await two.fill('#lines', 'view 1: Second hand');
      await two.click('form[data-autosave] button');
      const words = await two.innerText('main');
      expect(words).toContain('Your words are safe below');
      expect(await two.inputValue('#lines')).toBe('view 1: Second hand');
      expect(words).toContain('First hand');
      expect(await axe(two)).toEqual([]);
      await closePage(one);
      await closePage(two);
    },
    MINUTE,
  );
});
