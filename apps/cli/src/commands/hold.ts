import { Command, Option } from 'commander';
import { HOLD_GROUNDS, type HoldGround } from '#erasure/data-subject.events';
import { randomId } from '#event-store/ids';
import { print, withEngine } from '../with-engine.js';

export const holdCommand = (): Command =>
  new Command('hold')
    .description('Place or lift a legal hold. While there is one, nothing about the person may be erased.')
    .argument('<id>', 'the id of a participant, or of a view whose giver has no record of their own')
    .addOption(new Option('--ground <ground>', 'why it must be kept').choices(HOLD_GROUNDS))
    .option('--lift <hold>', 'the id that was printed when the hold was placed')
    .action(async (id: string, { ground, lift }: { ground?: HoldGround; lift?: string }) => {
      if ((ground === undefined) === (lift === undefined)) throw new Error('Give either --ground or --lift.');
      await withEngine(async ({ eraser, clock }) => {
        const actor = { role: 'data-protection-officer', ref: 'command-line' };
        const context = { commandId: randomId(), actor, now: clock.now() };
        if (ground) print(`Hold: ${await eraser.hold(id, context, ground)}`);
        if (!lift) return;
        await eraser.lift(id, context, lift);
        print('The hold was lifted.');
      });
    });
