import { closePage, openPage, startBrowser, stopBrowser } from './browser.js';
import { axe, keyboardFaults, overflow, smallTargets } from './checks.js';

/** The checks themselves, each held against a page with the fault it is there to find. */
const FAULTY = `<!doctype html><html><head><title>x</title><style>
  .thin { color: #bbb; background: #fff } .wide { width: 900px } .tiny { font-size: 6px; display: inline-block }
  .dark:focus { outline: none }</style></head><body>
  <p class="thin">Too pale to read</p><div class="wide">wide</div><div><a class="tiny" href="#a">a</a></div>
  <button tabindex="2">first</button><a class="dark" href="#b">unmarked</a><a href="#c" tabindex="1">out of order</a>
  </body></html>`;
const SOUND = `<!doctype html><html lang="en-GB"><head><title>x</title></head><body><main><h1>Sound</h1>
  <p>Words with <a href="#a">a link</a>.</p><label for="n">Name</label> <input id="n" style="padding:10px"> <button style="padding:20px">Send</button>
  </main></body></html>`;

const asUrl = (html: string): string => `data:text/html;charset=utf-8,${encodeURIComponent(html)}`;

describe('the checks of the browser tests', () => {
  beforeAll(startBrowser, 60_000);
  afterAll(stopBrowser);

  it('find what they are there to find', async () => {
    const page = await openPage(asUrl(FAULTY), { width: 320 });
    expect((await axe(page)).join('\n')).toMatch(
      /color-contrast[\s\S]*html-has-lang|html-has-lang[\s\S]*color-contrast/,
    );
    expect((await overflow(page)).join('\n')).toMatch(/wide reaches/);
    expect((await smallTargets(page)).join('\n')).toMatch(/tiny/);
    expect((await keyboardFaults(page)).join('\n')).toMatch(/unmarked” does not show[\s\S]*out of reading order/);
    await closePage(page);
  });

  it('leave a sound page alone', async () => {
    const page = await openPage(asUrl(SOUND), { width: 320 });
    expect(await axe(page)).toEqual([]);
    await closePage(page);
  });

  it.each([true, false])('leave it alone by keyboard and at 320 px, with JavaScript: %s', async (javaScript) => {
    const page = await openPage(asUrl(SOUND), { width: 320, javaScript });
    expect([...(await overflow(page)), ...(await smallTargets(page)), ...(await keyboardFaults(page))]).toEqual([]);
    await closePage(page);
  });
});
