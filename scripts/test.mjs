// Runs every test: unit, contract, HTTP, browser. Arguments go to Jest.
import { spawnSync } from 'node:child_process';
import './styles.mjs';

const run = spawnSync(
  process.execPath,
  [
    '--experimental-vm-modules',
    '--no-warnings',
    'node_modules/jest/bin/jest.js',
    '--forceExit',
    ...process.argv.slice(2),
  ],
  {
    stdio: 'inherit',
  },
);
process.exit(run.status ?? 1);
