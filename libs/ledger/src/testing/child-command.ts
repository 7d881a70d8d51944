import { join } from 'node:path';

const root = join(import.meta.dirname, '../../../..');

/** Starts the signer from its sources, as a process of its own. */
export const signerFromSources = (): string[] => [
  process.execPath,
  '--no-warnings',
  '--import',
  join(root, 'tests/faults/typescript.mjs'),
  join(root, 'libs/ledger/src/signer-main.ts'),
];
