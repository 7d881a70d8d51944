import { Command, Option } from 'commander';
import { ERASURE_BASES, type ErasureBasis } from '#erasure/data-subject.events';
import { randomId } from '#event-store/ids';
import { Refusal } from '#kernel/refusal';
import { explain } from '../explain.js';
import { print, tell, withEngine } from '../with-engine.js';

/** Exit codes: 0 erased; 1 refused, nothing was changed; 2 begun and not finished, it goes on at the next start. */
export const eraseCommand = (): Command =>
  new Command('erase')
    .description('Erase all that is held about a person, for good: keys, words, name, drafts, search index.')
    .argument('<id>', 'the id of a participant, or of a view whose giver has no record of their own')
    .addOption(
      new Option('--basis <basis>', 'the ground in UK GDPR article 17(1)').choices(ERASURE_BASES).makeOptionMandatory(),
    ) // prettier-ignore
    .option('--yes', 'there is no way back: say that you mean it')
    .option('--json', 'print { erasure, on, kids, stores }')
    .action(async (id: string, given: { basis: ErasureBasis; yes?: true; json?: true }) => {
      if (!given.yes) throw new Error('This cannot be undone. Check the id, then add --yes.');
      await withEngine(async ({ eraser, clock }) => {
        const actor = { role: 'data-protection-officer', ref: 'command-line' };
        try {
          const context = { commandId: randomId(), actor, now: clock.now() };
          const done = await eraser.erase(id, context, { basis: given.basis });
          if (given.json) return print(JSON.stringify(done));
          for (const { store, purged } of done.stores) print(`${store}: ${purged}`);
          print(`Erased on ${done.on}. ${done.kids} keys were destroyed, and every store was looked through again.`);
        } catch (error) {
          if (error instanceof Refusal) throw error;
          tell(`${explain(error)} Nothing of theirs is shown. It goes on when the server or this tool starts next.`);
          process.exitCode = 2;
        }
      });
    });
