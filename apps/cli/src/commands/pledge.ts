import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { Command } from 'commander';
import { randomId } from '#event-store/ids';
import { pledge, publishVersion } from '#pledge/pledge';
import { pledgeId } from '#pledge/pledge-id';
import { askedOf, partsOf } from '#pledge/pledge-lines';
import { readPledge } from '#pledge/read-pledge';
import { print, withEngine } from '../with-engine.js';

export const pledgeCommand = (): Command =>
  new Command('pledge')
    .description('The pledges there are, and another region’s from a file')
    .addCommand(loadCommand());

const loadCommand = (): Command =>
  new Command('load')
    .description('Publish a pledge, or a new version of one, from a JSON file')
    .argument('<file>', 'the pledge: see docs/how-to/load-another-pledge.md')
    .option('--json', 'print one JSON object: { pledge, version, parts, statements, published }')
    .action(async (file: string, { json }: { json?: true }) => {
      const version = readPledge(readFileSync(file, 'utf8'), basename(file));
      const { position } = await withEngine(async ({ recorder, clock }) => {
        const context = {
          commandId: randomId(),
          actor: { role: 'administrator', ref: 'command-line' },
          now: clock.now(),
        };
        return recorder.act(pledge, pledgeId(version.pledge), context, (state) => publishVersion(state, version));
      });
      const counts = { parts: partsOf(version).length, statements: askedOf(version).length };
      if (json) print(JSON.stringify({ pledge: version.pledge, version: version.version, ...counts, published: position !== null })); // prettier-ignore
      else if (position === null) print(`Version ${version.version} of ${version.pledge} is published already.`);
      else print(`Published: ${version.title}, version ${version.version}: ${counts.parts} parts and steps, ${counts.statements} statements.`); // prettier-ignore
    });
