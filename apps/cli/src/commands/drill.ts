import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import type { verifyBundle } from '#verifier/verify-bundle';
import { evidenceOf } from '../drill/evidence.js';
import { inTheBundle } from '../drill/in-the-bundle.js';
import { forkTwoInstances, forkWithCopiedSigner, restoreOldBackup } from '../drill/on-the-server.js';
import { isCaught, type Play, playLines } from '../drill/play.js';
import { Stage } from '../drill/stage.js';
import { print, progressLine } from '../with-engine.js';

/** Fixed, so that a drill can be repeated. */
const SEED = '6962';

const play = async (folder: string, seed: number, verify?: typeof verifyBundle): Promise<Play[]> => {
  const progress = progressLine();
  const stage = new Stage(folder, 'record');
  progress('Making a small record …');
  await stage.begin();
  const earlier = await stage.seal();
  await stage.tellExample();
  const evidence = await evidenceOf(stage, earlier.note);
  progress('Tampering with the bundle …');
  const plays = await inTheBundle(evidence, seed, verify);
  progress('Tampering with the server …');
  plays.push(await restoreOldBackup(stage), await forkTwoInstances(stage), await forkWithCopiedSigner(stage));
  if (process.stderr.isTTY) progress('');
  return plays;
};

/**
 * Reads no settings and no data of this machine: everything lies in a temporary folder, which goes away afterwards.
 * `verify`: to see what the drill says of a verifier that misses something.
 */
export const drillCommand = (verify?: typeof verifyBundle): Command =>
  new Command('drill')
    .description(
      'Play every tampering we know of on a small record made for it, and tell whether each is found, where, and by whom. Exit code: 0 all are, 1 some are not',
    )
    .option('--seed <number>', 'another number: other entries are chosen', SEED)
    .option('--json', 'print one JSON object a line, one for each tampering')
    .action(async ({ seed, json }: { seed: string; json?: true }) => {
      if (!/^\d{1,9}$/.test(seed)) throw new Error('--seed: give a whole number, like 7.');
      const folder = mkdtempSync(join(tmpdir(), 'throughline-drill-'));
      try {
        const plays = await play(folder, Number(seed), verify);
        if (json) for (const each of plays) print(JSON.stringify(each));
        else for (const line of playLines(plays)) print(line);
        if (!plays.every(isCaught)) process.exitCode = 1;
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    });
