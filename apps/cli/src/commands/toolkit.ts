import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { Command } from 'commander';
import { randomId } from '#event-store/ids';
import { readToolkit } from '#facts/read-toolkit';
import { publishToolkit, toolkit, toolkitId } from '#facts/toolkit';
import { shippedToolkits } from '#facts/toolkits';
import { print, withEngine } from '../with-engine.js';

export const toolkitCommand = (): Command =>
  new Command('toolkit')
    .description('The toolkits that a self-assessment can use, and your own from a file')
    .addCommand(loadCommand());

const loadCommand = (): Command =>
  new Command('load')
    .description('Publish a toolkit for self-assessment, or a new version of one, from a JSON file')
    .argument('<file>', 'the toolkit: see docs/how-to/record-what-you-did.md')
    .option('--json', 'print one JSON object: { toolkit, version, levels, criteria, published }')
    .action(async (file: string, { json }: { json?: true }) => {
      const given = readToolkit(readFileSync(file, 'utf8'), basename(file));
      const { position } = await withEngine(async ({ recorder, clock }) => {
        const context = {
          commandId: randomId(),
          actor: { role: 'administrator', ref: 'command-line' },
          now: clock.now(),
        };
        return recorder.act(toolkit, toolkitId(given), context, (state) =>
          publishToolkit(state, given, shippedToolkits()),
        );
      });
      const { toolkit: code, version, levels, criteria } = given;
      const counts = { levels: levels.length, criteria: criteria.length };
      if (json) print(JSON.stringify({ toolkit: code, version, ...counts, published: position !== null }));
      else if (position === null) print(`Version ${version} of ${code} is published already.`);
      else
        print(`Published: ${given.title}, version ${version}: ${counts.levels} levels, ${counts.criteria} questions.`);
    });
