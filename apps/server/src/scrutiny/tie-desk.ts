import { Injectable } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { TieCommitment } from '#commitments/commitment.commands';
import { FindCommitment } from '#commitments/commitments.queries';
import type { Tie } from '#commitments/ties';
import { FindContribution } from '#contributions/contributions.queries';
import { FindDecision } from '#decisions/decisions.queries';
import type { CommandContext } from '#event-store/recorder';
import { belongsTo, type Who } from '#identity/who';
import { missing } from '#kernel/refusal';
import { ReadYourWrite } from '../edge/read-your-write.js';

/** Links a commitment to what stands behind it; both ends must be of one council, and that council the author's. */
@Injectable()
export class TieDesk {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly wrote: ReadYourWrite,
  ) {}

  /** @throws Refusal when either end is not there for this person */
  async tie(context: CommandContext, who: Who, id: string, tie: Tie) {
    const row = await this.queries.execute(new FindCommitment(id));
    if (!row || !belongsTo(who, row.authority)) throw missing('promise');
    if (tie.do !== 'alternative') await this.mustBe(tie.to, tie.id, row.authority);
    const { position } = await this.wrote.after(this.commands.execute(new TieCommitment(context, row.id, tie)));
    return { id: row.id, position };
  }

  private async mustBe(to: 'contribution' | 'decision', id: string, authority: string): Promise<void> {
    const found =
      to === 'contribution'
        ? await this.queries.execute(new FindContribution(id))
        : await this.queries.execute(new FindDecision(id));
    if (found?.authority !== authority) throw missing(to === 'contribution' ? 'view' : 'decision');
  }
}
