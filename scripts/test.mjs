// Runs every test: unit, contract, HTTP, browser. Arguments go to Jest.
import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import './styles.mjs';

const run = spawnSync(
  process.execPath,
  [
    '--experimental-vm-modules',
    '--no-warnings',
    'node_modules/jest/bin/jest.js',
    '--forceExit',
    // Jest leaves one processor alone, which of two is half: the tests then take twice as long as they need to.
    ...(availableParallelism() === 2 ? ['--maxWorkers=2'] : []),
    ...process.argv.slice(2),
  ],
  {
    stdio: 'inherit',
  },
);
process.exit(run.status ?? 1);
