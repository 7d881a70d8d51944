// Makes dist/verifier.html: the verifier, its words and its page in one file that loads nothing. The modules are the
// sources of libs/verifier and libs/transparency-log themselves, without their types, each in a function of its own.
// The same sources and the same TypeScript make the same bytes, so the fingerprint that is printed can be compared.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { posix } from 'node:path';
import ts from 'typescript';

const ENTRY = 'libs/verifier/src/browser.ts';
const read = (path) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');

const resolve = (name, from) => {
  const [, lib, file] = /^#([a-z-]+)\/(.+)$/.exec(name) ?? [];
  if (lib) return `libs/${lib}/src/${file}.ts`;
  if (name.startsWith('.')) return posix.join(posix.dirname(from), name.replace(/\.js$/, '.ts'));
  throw new Error(`${from} needs ${name}, which no browser has`);
};

const modules = new Map();
const collect = (path) => {
  if (modules.has(path)) return;
  modules.set(path, '');
  const { outputText } = ts.transpileModule(read(path), {
    compilerOptions: {
      module: ts.ModuleKind.CommonJS,
      target: ts.ScriptTarget.ES2023,
      removeComments: true,
      newLine: ts.NewLineKind.LineFeed,
    },
  });
  const code = outputText.replace(/\brequire\("([^"]+)"\)/g, (_, name) => {
    const needed = resolve(name, path);
    collect(needed);
    return `require(${JSON.stringify(needed)})`;
  });
  modules.set(path, code);
};
collect(ENTRY);

const parts = [...modules]
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(([path, code]) => `${JSON.stringify(path)}(exports, require) {\n${code}}`);
const script = `'use strict';
(() => {
const modules = {
${parts.join(',\n')}
};
const loaded = {};
const require = (path) => {
  if (!loaded[path]) modules[path]((loaded[path] = {}), require);
  return loaded[path];
};
const verifier = require(${JSON.stringify(ENTRY)});
${read('apps/verifier/page.js')}})();
`;
if (/<\/script|<!--/i.test(script)) throw new Error('the script holds something that would end it early');

const styles = read('apps/verifier/page.css');
const digest = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
const policy = `default-src 'none'; script-src ${digest(script)}; style-src ${digest(styles)}; base-uri 'none'; form-action 'none'`;
const page = read('apps/verifier/page.html')
  .replace('{{policy}}', () => policy)
  .replace('{{styles}}', () => styles)
  .replace('{{script}}', () => script);

const folder = process.argv[2] ?? 'dist';
mkdirSync(folder, { recursive: true });
writeFileSync(posix.join(folder, 'verifier.html'), page);
const fingerprint = createHash('sha256').update(page).digest('hex');
writeFileSync(posix.join(folder, 'verifier.html.sha256'), `${fingerprint}  verifier.html\n`);
console.log(`${posix.join(folder, 'verifier.html')}: SHA-256 ${fingerprint}`);
