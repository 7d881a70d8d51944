// Makes libs/verifier/src/machine-code.ts: libs/verifier/assembly compiled to WebAssembly, as text, so that the server, the
// command line, the tests and the saved page all load the same bytes. The same sources and the same compiler make the
// same text; a test compares. `--print` writes it out instead.
import { writeFileSync } from 'node:fs';
import asc from 'assemblyscript/asc';

const options = ['--enable', 'simd', '--runtime', 'stub', '-O3', '--noAssert', '--use', 'abort='];
const { error, binary, stderr } = await compile([
  'libs/verifier/assembly/index.ts',
  '--outFile',
  'machine.wasm',
  ...options,
]);
if (error) {
  console.error(stderr);
  process.exit(1);
}
const text = `// Made of ../assembly by \`npm run assembly\`; a test compares. Not to be changed by hand.
// prettier-ignore
export const MACHINE_CODE = '${Buffer.from(binary).toString('base64')}';
`;
if (process.argv.includes('--print')) process.stdout.write(text);
else writeFileSync(new URL('../libs/verifier/src/machine-code.ts', import.meta.url), text);

async function compile(args) {
  const written = {};
  const { error, stderr } = await asc.main(args, { writeFile: (name, contents) => void (written[name] = contents) });
  return { error, stderr: stderr.toString(), binary: written['machine.wasm'] };
}
