// One script for a browser, out of sources of this repository: each module without its types, in a function of its own.
// The same sources and the same TypeScript make the same bytes. The page that verifies is made with it, and so are the
// pages of tests that must run the very code of that page.
import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import ts from 'typescript';

export const read = (path) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');

const resolve = (name, from) => {
  const [, lib, file] = /^#([a-z-]+)\/(.+)$/.exec(name) ?? [];
  if (lib) return `libs/${lib}/src/${file}.ts`;
  if (name.startsWith('.')) return posix.join(posix.dirname(from), name.replace(/\.js$/, '.ts'));
  throw new Error(`${from} needs ${name}, which no browser has`);
};

const collect = (modules, path) => {
  if (modules.has(path)) return modules;
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
    collect(modules, needed);
    return `require(${JSON.stringify(needed)})`;
  });
  return modules.set(path, code);
};

/** `then`: what is done with what `entry` exports, under the name `name`. */
export const browserScript = (entry, name, then) => {
  const parts = [...collect(new Map(), entry)]
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
const ${name} = require(${JSON.stringify(entry)});
${then}})();
`;
  if (/<\/script|<!--/i.test(script)) throw new Error('the script holds something that would end it early');
  return script;
};
