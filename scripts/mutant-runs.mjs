// Runs specs against changed sources, several changes in one process of Jest: each is a project of its own with its own
// modules, so that only the start of the process is shared. No source is written: the transformer makes the change.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import jestConfig from '../jest.config.mjs';

// In memory where there is some: the tests wait for the disk longer than for the processor, and nothing here must last.
const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'mutants-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(2));

const [[pattern, [, options]]] = Object.entries(jestConfig.transform);
const { workerIdleMemoryLimit: _, ...project } = jestConfig;
let runs = 0;

/**
 * Answers for each change `survived`, `killed` or `endless` (its process did not end in time); undefined where that cannot
 * be told of each by itself. A change of nothing is `undefined`.
 */
const run = (specs, mutants, patience) =>
  new Promise((done) => {
    const at = join(folder, String(runs++));
    const config = {
      projects: mutants.map((mutant, n) => ({
        ...project,
        rootDir: process.cwd(),
        id: 'mutant',
        displayName: `m${n}`,
        cacheDirectory: join(folder, 'cache'),
        transform: {
          [pattern]: [
            resolve('scripts/mutant-transform.mjs'),
            { ...options, mutant: mutant && { ...mutant, file: resolve(mutant.file) } },
          ],
        },
      })),
      reporters: [[resolve('scripts/mutant-reporter.mjs'), { file: `${at}.failed` }]],
      testTimeout: jestConfig.testTimeout,
    };
    writeFileSync(`${at}.json`, JSON.stringify(config));
    const jest = spawn(
      process.execPath,
      [
        '--experimental-vm-modules',
        '--no-warnings',
        'node_modules/jest/bin/jest.js',
        '-i',
        '--forceExit',
        ...(mutants.length === 1 ? ['--bail'] : []),
        '--config',
        `${at}.json`,
        ...specs,
      ],
      { stdio: 'ignore', env: { ...process.env, TMPDIR: folder } },
    );
    let isLate = false;
    const late = setTimeout(() => (isLate = jest.kill('SIGKILL')), patience * mutants.length);
    jest.on('close', (code) => {
      clearTimeout(late);
      if (mutants.length === 1) return done([isLate ? 'endless' : code === 0 ? 'survived' : 'killed']);
      const failed = isLate || !existsSync(`${at}.failed`) ? {} : JSON.parse(readFileSync(`${at}.failed`, 'utf8'));
      const fates = mutants.map((__, n) => ({ true: 'killed', false: 'survived' })[failed[`m${n}`]]);
      done(fates);
    });
  });

/** The sources as they are. */
export const passes = async (specs, patience) => (await run(specs, [undefined], patience))[0] === 'survived';

export const fateOf = async (specs, mutant, patience) => (await run(specs, [mutant], patience))[0];

/**
 * The fates of some changes in one process. The last project changes nothing: should it fail, or one be missing, something
 * reached from one to another, and each is tried alone.
 */
export const fatesOf = async (specs, mutants, patience) => {
  const fates = await run(specs, [...mutants, undefined], patience);
  if (fates.at(-1) === 'survived' && !fates.includes(undefined)) return fates.slice(0, -1);
  const alone = [];
  for (const mutant of mutants) alone.push(await fateOf(specs, mutant, patience));
  return alone;
};
