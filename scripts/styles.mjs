// Compiles the styles and gathers the assets that pages ask for, each under a name that holds its own hash, so that a
// browser may keep it for ever.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compile } from 'sass';

const out = 'dist/assets';
const web = 'apps/server/src/shell';
mkdirSync(out, { recursive: true });

const css = compile(`${web}/styles/app.scss`, {
  loadPaths: ['node_modules'],
  style: 'compressed',
  quietDeps: true,
  silenceDeprecations: ['import'],
}).css;
const assets = {
  'app.css': css,
  'app.js': readFileSync(`${web}/assets/app.js`, 'utf8'),
  'favicon.svg': readFileSync(`${web}/assets/favicon.svg`, 'utf8'),
};
const names = {};
for (const [name, content] of Object.entries(assets)) {
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 12);
  names[name] = name.replace('.', `-${hash}.`);
  writeFileSync(join(out, names[name]), content);
}
// The names come last and in one step: a server that starts meanwhile finds either the old set or the new one, whole.
const part = join(out, `names.${process.pid}`);
writeFileSync(part, JSON.stringify(names));
renameSync(part, join(out, 'names.json'));
