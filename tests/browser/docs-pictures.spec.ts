import { join } from 'node:path';
import { startServer, type TestServer } from '../http/server.js';
import { closePage, openPage, startBrowser, stopBrowser } from './browser.js';
import { type Example, loadExample } from './example.js';
import { cardHolder, nobody, type Someone, staff } from './people.js';

const FOLDER = join(import.meta.dirname, '../../docs/images');
const WIDTHS = [360, 1280];
const LINES = `view 2 Amina: The new form has boxes that are too small
yes 2: We will make the boxes bigger
promise 2: Print the form with bigger boxes >> who Jane Smith, manager; by 1 Mar 2027; proof the new form; check the co-chair
later: Ask the bus company again`;

/** `npm run docs:pictures` takes the pictures that the documents show, of the worked example; otherwise skipped. */
const run = process.env['DOCS_PICTURES'] ? describe : describe.skip;

run('the pictures in the documents', () => {
  let server: TestServer;
  let example: Example;
  beforeAll(async () => {
    server = await startServer({ HELP_PHONE: '01632 960 001' });
    example = await loadExample(server);
    await startBrowser();
  }, 60_000);
  afterAll(async () => {
    await stopBrowser();
    await server.close();
  });

  const shoot = async (name: string, who: Someone, path: string, lines?: string): Promise<void> => {
    for (const width of WIDTHS) {
      const page = await openPage(server.url + path, { ...who, width, height: width === 360 ? 740 : 900 });
      if (lines) {
        await page.fill('#lines', lines);
        await page.click('form[data-autosave] button');
      }
      await page.screenshot({ path: join(FOLDER, `${name}-${width}.png`), fullPage: true });
      await closePage(page);
    }
  };

  it('are taken', async () => {
    await shoot('home', nobody, '/');
    await shoot('my-view', await cardHolder(server.url, example.codes['bus'] ?? ''), '/my-view');
    await shoot('promise', nobody, `/service-changes/${example.promises['d-swimming'] ?? ''}`);
    const chair = await staff(server.url, 'chair', 'example-council');
    await shoot('record-a-meeting', chair, `/meetings/${example.nextMeeting}/capture`, LINES);
  }, 120_000);
});
