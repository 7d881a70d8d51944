import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { nodeSha256 } from '#transparency-log/node-sha256';
import type { Sha256 } from '#transparency-log/sha256';
import { describeAtVectors, describeWithVectors } from '#transparency-log/testing/vectors';
import { closePage, openPage, startBrowser, stopBrowser } from '../browser/browser.js';
import { desk } from './command.js';
import { digestsOf } from './vectors/digests.js';
import { type Judge, JUDGES } from './vectors/in-browser.js';
import type { Row } from './vectors/row.js';

const root = join(import.meta.dirname, '../..');
const ENTRY = 'tests/verifier/vectors/in-browser.ts';
/** What the page of the verifier has no use for: what signs, what serves tiles, and what makes tests. */
const ONLY_HERE = /^(tests\/verifier\/vectors\/|libs\/transparency-log\/src\/(testing\/|(sign-note|signing-key|tiles|entry-bundle)\.ts$)|libs\/verifier\/src\/(tamper-drill|tampering|make-bundle)\.ts$)/; // prettier-ignore

const node = (...words: string[]): string => {
  const { stdout, stderr } = spawnSync(process.execPath, words, { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 26 });
  expect(stderr).toBe('');
  return stdout;
};
/** By path: the text of each module in a script. */
const modulesOf = (script: string): Map<string, string> =>
  new Map([...script.matchAll(/^"([^"]+)"\(exports, require\) \{\n(.*?)\n\}(?:,$|\n\};$)/gms)].map(([, path = '', code = '']) => [path, code])); // prettier-ignore

describe('the public vectors, in a real browser and in Node', () => {
  const { at, clear } = desk();
  let page: Page;
  let script: string;
  const counts = { vectors: 0, files: 0 };

  beforeAll(async () => {
    const make = `import { browserScript } from './scripts/browser-script.mjs';
      process.stdout.write(browserScript('${ENTRY}', 'vectors', 'globalThis.vectors = vectors;\\n'))`;
    script = node('--input-type=module', '-e', make);
    writeFileSync(at('vectors.html'), `<!doctype html><meta charset="utf-8"><title>Vectors</title><script>${script}</script>`); // prettier-ignore
    await startBrowser();
    page = await openPage(pathToFileURL(at('vectors.html')).href);
  }, 60_000);
  afterAll(async () => {
    await closePage(page);
    await stopBrowser();
    clear();
    if (counts.files > 0)
      process.stdout.write(`${counts.vectors} verdicts on ${counts.files} sets of public vectors: the same in the browser and in Node\n`); // prettier-ignore
  });

  it('are judged by the very code of the page that verifies', () => {
    node('scripts/verifier.mjs', at(''));
    const verifier = modulesOf(readFileSync(at('verifier.html'), 'utf8'));
    const here = [...modulesOf(script)].filter(([path]) => !ONLY_HERE.test(path));
    expect(here.map(([path]) => path)).toEqual(expect.arrayContaining(['libs/transparency-log/src/pure-sha256.ts', 'libs/transparency-log/src/verify-note.ts', 'libs/transparency-log/src/verify-tree.ts'])); // prettier-ignore
    for (const [path, code] of here) expect([path, verifier.get(path)]).toEqual([path, code]);
  }, 60_000);

  const inNode = (by: Judge, vectors: unknown, sha256: Sha256 = nodeSha256): Promise<Row[]> =>
    (JUDGES[by] as (vectors: unknown, sha256: Sha256) => Promise<Row[]>)(vectors, sha256);
  const agree = (by: Judge, vectors: unknown): void => {
    it('get the same verdict in both, and the right one', async () => {
      const shown: Row[] = await page.evaluate(`vectors.judge(${JSON.stringify(by)}, ${JSON.stringify(vectors)})`);
      expect(shown).toEqual(await inNode(by, vectors));
      expect(shown.filter(({ isRight }) => !isRight)).toEqual([]);
      expect(shown.length).toBeGreaterThan(0);
      counts.vectors += shown.length;
      counts.files += 1;
    }, 60_000);
  };

  describeWithVectors<object>('merkle/rfc6962-reference-tree.json', 'trees and proofs', (vectors) => {
    agree('judgeTrees', vectors);
    it('would not, if one of the two hashed otherwise', async () => {
      const wrong: Sha256 = (bytes) => nodeSha256(Uint8Array.of(...bytes.subarray(0, 100), 0));
      const rows = await inNode('judgeTrees', { ...vectors, rollingVectors: { subtreeHash: {}, subtreeInclusion: {}, subtreeConsistency: {} } }, wrong); // prettier-ignore
      const hashed = rows.filter(({ vector }) => /^(root|node|leaf \d+) of [^,]*$|^node/.test(vector));
      expect(hashed.length).toBeGreaterThan(20);
      expect(hashed.filter(({ isRight }) => isRight)).toEqual([]);
    });
  });
  describeWithVectors('notes/go-sumdb-note.json', 'notes', (vectors) => agree('judgeNotes', vectors));
  describeWithVectors('notes/vkeys-and-timestamps.json', 'keys and times', (vectors) => agree('judgeKeys', vectors));
  describeWithVectors('notes/formats-checkpoint-parse.json', 'checkpoints', (vectors) => agree('judgeCheckpoints', vectors)); // prettier-ignore
  describeWithVectors('tiles/tile-paths.json', 'tiles', (vectors) => agree('judgeTiles', vectors));
  describeAtVectors('jcs-rfc8785/testdata', 'canonical JSON', (folder) => {
    const text = (part: string, name: string): string => readFileSync(join(folder, part, name), 'utf8');
    const hexOf = (name: string): string => text('outhex', name.replace(/\.json$/, '.txt')).replace(/\s/g, '');
    agree('judgeJson', readdirSync(join(folder, 'input')).sort().map((name) => ({ name, input: text('input', name), hex: hexOf(name) }))); // prettier-ignore
  });

  it('are hashed alike: the page, the browser itself and Node, whatever the length', async () => {
    const [count, seed] = [2_000, 6962];
    const wanted = digestsOf(count, seed, nodeSha256);
    expect(await page.evaluate(`vectors.pureDigests(${count}, ${seed})`)).toEqual(wanted);
    expect(await page.evaluate(`vectors.webDigests(${count}, ${seed})`)).toEqual(wanted);
    const lengths = wanted.map((each) => Number(each.split(' ')[0]));
    process.stdout.write(`${count} inputs of 0 to ${Math.max(...lengths)} bytes: one SHA-256 in the page, the browser and Node\n`); // prettier-ignore
  }, 120_000);
});
