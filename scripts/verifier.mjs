// Makes dist/verifier.html: the verifier, its words and its page in one file that loads nothing. The modules are the
// sources of libs/verifier and libs/transparency-log themselves, without their types, each in a function of its own.
// The same sources and the same TypeScript make the same bytes, so the fingerprint that is printed can be compared.
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { posix } from 'node:path';
import { browserScript, read } from './browser-script.mjs';

const script = browserScript('libs/verifier/src/browser.ts', 'verifier', read('apps/verifier/page.js'));
const styles = read('apps/verifier/page.css');
const digest = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
const policy = `default-src 'none'; script-src ${digest(script)} 'wasm-unsafe-eval'; style-src ${digest(styles)}; base-uri 'none'; form-action 'none'`;
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
