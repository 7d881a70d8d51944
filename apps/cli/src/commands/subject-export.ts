import { Command } from 'commander';
import { copyOf } from '#erasure/subject-copy';
import { type Noticed, whileNoticing } from '#vault/noticing';
import { print, tell, withEngine } from '../with-engine.js';

const CATCH_UP_MS = 600_000;

/** As the pages of the data protection officer give it, and noted as a read like there. */
export const subjectExportCommand = (): Command =>
  new Command('subject-export')
    .description('Print everything that is held about a person as JSON; nothing about others. It is noted as a read')
    .argument('<id>', 'the id of a participant, or of a view whose giver has no record of their own')
    .action(async (id: string) =>
      withEngine(async (engine) => {
        const { eraser, personalStores, clock, reads, store } = engine;
        await engine.caughtUp(await store.head(), CATCH_UP_MS);
        const opened: Noticed[] = [{ record: 'copy', id, subject: id }];
        const copy = await whileNoticing(
          (what) => opened.push(what),
          async () => {
            const found = await eraser.find(id);
            if (!found) throw new Error('Nobody is known under this id, and no view has it.');
            return copyOf(found, personalStores, clock.now().instant);
          },
        );
        const { authority } = copy;
        const reader = { role: 'data-protection-officer', ref: 'command-line', authority };
        reads.note(reader, clock.now().instant, 'subject-export', opened);
        // Before a word is out: what cannot be noted is not shown.
        await reads.flush();
        print(JSON.stringify(copy, null, 2));
        tell('Read it before you give it away: words may name somebody else.');
      }),
    );
