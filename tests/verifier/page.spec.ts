import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { nodeSha256 } from '#transparency-log/node-sha256';
import { seededRandom, spoil, TAMPERINGS } from '#verifier/tamper-drill';
import { testBundle, type TestBundle } from '#verifier/testing/test-bundle';
import { type Verdict, verdictLines } from '#verifier/verdict';
import { closePage, openPage, startBrowser, stopBrowser } from '../browser/browser.js';
import { axe, keyboardFaults, overflow, smallTargets } from '../browser/checks.js';
import { desk, verifyCommand } from './command.js';

const root = join(import.meta.dirname, '../..');

describe('the page that verifies', () => {
  const { at, clear, zip, trust } = desk();
  let bundle: TestBundle;
  let given: string[];
  let page: Page;
  const requests: string[] = [];

  beforeAll(async () => {
    const built = spawnSync(process.execPath, [join(root, 'scripts/verifier.mjs'), at('')], { cwd: root, encoding: 'utf8' }); // prettier-ignore
    expect(built.stderr).toBe('');
    const html = readFileSync(at('verifier.html'));
    expect(built.stdout).toContain(createHash('sha256').update(html).digest('hex'));
    bundle = await testBundle({ views: 30 });
    given = trust(bundle);
    await startBrowser();
    page = await openPage(pathToFileURL(at('verifier.html')).href);
    page.on('request', (request) => requests.push(request.url()));
  }, 60_000);
  afterAll(async () => {
    await closePage(page);
    await stopBrowser();
    clear();
  });

  /** What the page says about a file: the verdict as JSON and every line of it, or the problem. */
  const ask = async (file: string, isTrusting: boolean): Promise<{ json: string; lines: string[]; status: string }> => {
    await page.reload();
    await page.setInputFiles('#bundle', file);
    if (isTrusting) {
      await page.fill('#key', bundle.given.key);
      await page.setInputFiles('#policy', at('policy.txt'));
      await page.setInputFiles('#earlier', at('earlier.txt'));
    }
    await page.click('button[type=submit]');
    await page.locator('#status', { hasText: /^(Checked\.|This cannot|The check could)/ }).waitFor();
    return page.evaluate(`({
      json: document.querySelector('#json').textContent,
      status: document.querySelector('#status').textContent,
      lines: [...document.querySelectorAll('#head p, #levels h3, #levels p, #result > h3, #not-proven li')].map((each) => each.textContent),
    })`);
  };

  const agree = async (file: string, isTrusting = true): Promise<Verdict> => {
    const [shown, printed] = [await ask(file, isTrusting), verifyCommand(file, ...(isTrusting ? given : []), '--json')];
    const verdict = JSON.parse(printed.lines[0] ?? 'null') as Verdict;
    expect(shown.json).toBe(printed.lines[0]);
    expect(shown.lines).toEqual(verdictLines(verdict));
    expect(shown.status.startsWith(printed.code === 0 ? 'Checked. Nothing is wrong' : 'Checked. Something is wrong')).toBe(true); // prettier-ignore
    return verdict;
  };

  it('says word for word what the command says of a good bundle', async () => {
    const verdict = await agree(await zip('good.zip', bundle.files));
    expect(verdict.levels.every(({ state }) => state === 'good')).toBe(true);
  }, 30_000);

  it('and of a good bundle when nothing is trusted', async () => {
    const verdict = await agree(await zip('untrusted.zip', bundle.files), false);
    expect(verdict.levels[0]?.state).toBe('not-checked');
  }, 30_000);

  it.each(TAMPERINGS.map((kind, at) => ({ kind, at })))('and when somebody did this: $kind', async ({ kind, at: seed }) => {
    const { files } = spoil(bundle.files, kind, nodeSha256, seededRandom(seed));
    const verdict = await agree(await zip(`spoilt-${seed}.zip`, files));
    expect(verdict.levels.some(({ state }) => state === 'wrong')).toBe(true);
  }, 30_000); // prettier-ignore

  it('says word for word why something cannot be read', async () => {
    const good = readFileSync(await zip('again.zip', bundle.files));
    const odd: Record<string, Uint8Array> = {
      'text.zip': Buffer.from('not a bundle'),
      'empty.zip': Buffer.alloc(0),
      'half.zip': good.subarray(0, good.length / 2),
      'longer.zip': Buffer.concat([good, Buffer.from('x')]),
      'nothing.zip': readFileSync(await zip('none.zip', [])),
      'other.zip': readFileSync(await zip('stranger.zip', [{ path: 'readme.txt', bytes: Buffer.from('hello') }])),
    };
    for (const [name, bytes] of Object.entries(odd)) {
      writeFileSync(at(name), bytes);
      const { status, json } = await ask(at(name), true);
      const { code, errors } = verifyCommand(at(name), ...given);
      expect({ name, code, errors, json }).toEqual({ name, code: 2, errors: `${status}\n`, json: '' });
    }
  }, 60_000);

  it('asks the network for nothing', () => expect(requests.filter((url) => !url.startsWith('file:'))).toEqual([]));

  it.each([360, 1280])('is fit for everyone at %i px, before and after a verdict', async (width) => {
    await page.setViewportSize({ width, height: 800 });
    await page.reload();
    const faults = async () => [...(await axe(page)), ...(await overflow(page)), ...(await smallTargets(page)), ...(await keyboardFaults(page))]; // prettier-ignore
    expect(await faults()).toEqual([]);
    const { files } = spoil(bundle.files, 'change an entry', nodeSha256, seededRandom(1));
    await ask(await zip(`wide-${width}.zip`, files), true);
    expect(await page.evaluate('document.activeElement.id')).toBe('result-title');
    expect(await faults()).toEqual([]);
  }, 60_000); // prettier-ignore
});
