// Lets a child process of a fault test run the sources as they are: `node --import ./tests/faults/typescript.mjs x.ts`.
import { existsSync, readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { join } from 'node:path';
import swc from '@swc/core';

const root = join(import.meta.dirname, '../..');
registerHooks({
  resolve(specifier, context, next) {
    const lib = /^#([a-z-]+)\/(.+)$/.exec(specifier);
    if (lib) return { url: pathToFileURL(join(root, `libs/${lib[1]}/src/${lib[2]}.ts`)).href, shortCircuit: true };
    if (specifier.startsWith('.') && specifier.endsWith('.js') && context.parentURL?.endsWith('.ts')) {
      const url = new URL(specifier.replace(/\.js$/, '.ts'), context.parentURL);
      if (existsSync(url)) return { url: url.href, shortCircuit: true };
    }
    return next(specifier, context);
  },
  load(url, context, next) {
    // The build turns these into modules too.
    if (url.endsWith('.json') && !url.includes('/node_modules/'))
      return {
        format: 'module',
        source: `export default ${readFileSync(fileURLToPath(url), 'utf8')}`,
        shortCircuit: true,
      };
    if (!url.endsWith('.ts')) return next(url, context);
    const { code } = swc.transformSync(readFileSync(fileURLToPath(url), 'utf8'), {
      filename: fileURLToPath(url),
      jsc: {
        target: 'es2024',
        parser: { syntax: 'typescript', decorators: true },
        transform: { legacyDecorator: true, decoratorMetadata: true },
        keepClassNames: true,
      },
      module: { type: 'es6' },
    });
    return { format: 'module', source: code, shortCircuit: true };
  },
});
