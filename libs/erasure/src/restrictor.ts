import { missing } from '#kernel/refusal';
import { createdId } from '#event-store/ids';
import type { CommandContext, Recorder } from '#event-store/recorder';
import type { Vault } from '#vault/vault';
import { dataSubject, liftRestriction, restrictUse } from './data-subject.js';
import type { RestrictionGround } from './data-subject.events.js';
import type { Eraser, Found } from './eraser.js';

/** The words that stand in the open somewhere: taken out while they may not be shown, and put back. */
export interface OpenCopies {
  forget(kids: readonly string[]): void;
  remember(kids: readonly string[]): void;
}

/**
 * Keeps somebody's words and shows them to nobody but themselves (UK GDPR article 18). Hidden first, said in the record
 * after: cut off in between, too little is shown, and asking again finishes it.
 */
export class Restrictor {
  constructor(
    private readonly eraser: Pick<Eraser, 'find'>,
    private readonly recorder: Recorder,
    private readonly vault: Vault,
    private readonly copies: OpenCopies,
  ) {}

  async restrict(id: string, context: CommandContext, ground: RestrictionGround): Promise<void> {
    const found = await this.found(id, context);
    const { kind: subject, authority, targets, kids } = found;
    const restriction = createdId(context.commandId, 'restriction');
    const decided = restrictUse(await this.stateOf(id), { subject, authority, restriction, ground });
    if (decided instanceof Error) throw decided;
    await this.vault.forgetting.restrict(targets, context.now.instant);
    this.copies.forget(kids);
    await this.recorder.act(dataSubject, id, context, (state) =>
      restrictUse(state, { subject, authority, restriction, ground }),
    );
  }

  /** Said in the record first, shown after. */
  async lift(id: string, context: CommandContext): Promise<void> {
    const { targets, kids } = await this.found(id, context);
    await this.recorder.act(dataSubject, id, context, liftRestriction);
    await this.vault.forgetting.unrestrict(targets);
    this.copies.remember(kids);
  }

  /** What a restore of an older vault has opened again: the record has the last word. Answers how many were closed. */
  async closeAgain(ids: readonly string[], since: string): Promise<number> {
    let closed = 0;
    for (const id of ids) {
      const found = await this.eraser.find(id);
      const { restriction } = await this.stateOf(id);
      if (!found || restriction === undefined) continue;
      await this.vault.forgetting.restrict(found.targets, since);
      this.copies.forget(found.kids);
      closed++;
    }
    return closed;
  }

  private async stateOf(id: string) {
    return (await this.recorder.load(dataSubject, `${dataSubject.category}-${id}`)).state;
  }

  private async found(id: string, { within }: CommandContext): Promise<Found> {
    const found = await this.eraser.find(id);
    if (!found || (within !== undefined && found.authority !== within)) throw missing('person');
    return found;
  }
}
