import { Command } from 'commander';
import { benchCommand } from './commands/bench.js';
import { exampleCommand } from './commands/example.js';
import { gapsCommand } from './commands/gaps.js';
import { importCommand } from './commands/import.js';
import { pledgeCommand } from './commands/pledge.js';
import { pledgeLogCommand } from './commands/pledge-log.js';
import { rebuildCommand } from './commands/rebuild.js';
import { tokenCommand } from './commands/token.js';
import { traceCommand } from './commands/trace.js';

/** Every command there is. */
export const throughline = (): Command =>
  new Command('throughline')
    .description('From a view to a checked change: the operator’s tool.')
    .showHelpAfterError('(add --help for what can be given)')
    .addCommand(tokenCommand())
    .addCommand(pledgeCommand())
    .addCommand(pledgeLogCommand())
    .addCommand(gapsCommand())
    .addCommand(importCommand())
    .addCommand(traceCommand())
    .addCommand(exampleCommand())
    .addCommand(rebuildCommand())
    .addCommand(benchCommand());
