import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BundleFile } from '#verifier/bundle-files';
import type { TestBundle } from '#verifier/testing/test-bundle';
import { writeFolder, writeZip } from '../../apps/cli/src/bundle/write-bundle.js';

const root = join(import.meta.dirname, '../..');

/** The command line itself, as a process of its own. */
export const verifyCommand = (...args: readonly string[]): { code: number | null; lines: string[]; errors: string } => {
  const hooks = join(root, 'tests/faults/typescript.mjs');
  const main = join(root, 'apps/cli/src/main.ts');
  const run = spawnSync(process.execPath, ['--no-warnings', '--import', hooks, main, 'verify', ...args], { encoding: 'utf8', cwd: root }); // prettier-ignore
  return { code: run.status, lines: run.stdout.split('\n').filter(Boolean), errors: run.stderr };
};

/** A folder for bundles and for what the officer brings. */
export const desk = () => {
  const folder = mkdtempSync(join(tmpdir(), 'verifier-'));
  const at = (name: string): string => join(folder, name);
  return {
    at,
    clear: () => rmSync(folder, { recursive: true, force: true }),
    zip: async (name: string, files: readonly BundleFile[]) => {
      await writeZip(at(name), files);
      return at(name);
    },
    folder: async (name: string, files: readonly BundleFile[]) => {
      await writeFolder(at(name), files);
      return at(name);
    },
    trust: ({ given }: TestBundle): string[] => {
      writeFileSync(at('policy.txt'), given.policy);
      writeFileSync(at('earlier.txt'), given.earlier);
      return ['--key', given.key, '--policy', at('policy.txt'), '--earlier', at('earlier.txt')];
    },
  };
};
