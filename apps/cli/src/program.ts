import { Command } from 'commander';
import { backupCommand } from './commands/backup.js';
import { benchCommand } from './commands/bench.js';
import { bundleCommand } from './commands/bundle.js';
import { benchLogCommand } from './commands/bench-log.js';
import { checkpointCommand } from './commands/checkpoint.js';
import { accountCommand } from './commands/account.js';
import { clocksCommand } from './commands/clocks.js';
import { councilsCommand } from './commands/councils.js';
import { drillCommand } from './commands/drill.js';
import { eraseCommand } from './commands/erase.js';
import { exampleCommand } from './commands/example.js';
import { exportCommand } from './commands/export.js';
import { fsckCommand } from './commands/fsck.js';
import { gapsCommand } from './commands/gaps.js';
import { holdCommand } from './commands/hold.js';
import { importCommand } from './commands/import.js';
import { keysCommand } from './commands/keys.js';
import { pledgeCommand } from './commands/pledge.js';
import { toolkitCommand } from './commands/toolkit.js';
import { pledgeLogCommand } from './commands/pledge-log.js';
import { rebuildCommand } from './commands/rebuild.js';
import { remindCommand } from './commands/remind.js';
import { reportCommand } from './commands/report.js';
import { restoreCommand } from './commands/restore.js';
import { retentionCommand } from './commands/retention.js';
import { sampleCommand } from './commands/sample.js';
import { trackerCommand } from './commands/tracker.js';
import { signerCommand } from './commands/signer.js';
import { subjectExportCommand } from './commands/subject-export.js';
import { successionCommand } from './commands/succession.js';
import { tokenCommand } from './commands/token.js';
import { traceCommand } from './commands/trace.js';
import { verifyCommand } from './commands/verify.js';

/** Every command there is. */
export const throughline = (): Command =>
  new Command('throughline')
    .description('From a view to a checked change: the operator’s tool.')
    .showHelpAfterError('(add --help for what can be given)')
    .addCommand(tokenCommand())
    .addCommand(accountCommand())
    .addCommand(pledgeCommand())
    .addCommand(councilsCommand())
    .addCommand(successionCommand())
    .addCommand(toolkitCommand())
    .addCommand(pledgeLogCommand())
    .addCommand(gapsCommand())
    .addCommand(reportCommand())
    .addCommand(clocksCommand())
    .addCommand(remindCommand())
    .addCommand(importCommand())
    .addCommand(traceCommand())
    .addCommand(sampleCommand())
    .addCommand(trackerCommand())
    .addCommand(bundleCommand())
    .addCommand(verifyCommand())
    .addCommand(drillCommand())
    .addCommand(exampleCommand())
    .addCommand(rebuildCommand())
    .addCommand(checkpointCommand())
    .addCommand(fsckCommand())
    .addCommand(signerCommand())
    .addCommand(backupCommand())
    .addCommand(restoreCommand())
    .addCommand(eraseCommand())
    .addCommand(holdCommand())
    .addCommand(subjectExportCommand())
    .addCommand(exportCommand())
    .addCommand(keysCommand())
    .addCommand(retentionCommand())
    .addCommand(benchCommand())
    .addCommand(benchLogCommand());
