import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Recorder } from '#event-store/recorder';
import type { Recorded } from '#kernel/event';
import { type CardHolder, contribution } from './contribution.js';
import type { ContributionEvent } from './contribution.events.js';

/** A card of a view, without its code: the code is for the one who holds it. */
export interface CardRow {
  readonly card: string;
  readonly holder: CardHolder;
  readonly mayAct: boolean;
  readonly issued_at: string;
  readonly cancelled_at: string | null;
  readonly reason: string | null;
}

/** Every card that a view ever had, oldest first, read from its own stream. */
export class FindCards extends Query<readonly CardRow[]> {
  constructor(readonly contribution: string) {
    super();
  }
}

@QueryHandler(FindCards)
export class FindCardsHandler implements IQueryHandler<FindCards> {
  constructor(private readonly recorder: Recorder) {}

  async execute({ contribution: id }: FindCards) {
    const { events } = await this.recorder.load(contribution, `${contribution.category}-${id}`);
    const cards = new Map<string, CardRow>();
    for (const event of events as readonly Recorded<ContributionEvent>[]) {
      if (event.type === 'CardIssued') {
        const { card, holder, scope } = event.data as Extract<ContributionEvent, { type: 'CardIssued' }>['data'];
        cards.set(card, {
          card,
          holder,
          mayAct: scope !== 'see',
          issued_at: event.occurredAt,
          cancelled_at: null,
          reason: null,
        });
      }
      if (event.type === 'CardCancelled') {
        const { card, reason } = event.data as Extract<ContributionEvent, { type: 'CardCancelled' }>['data'];
        const known = cards.get(card);
        if (known) cards.set(card, { ...known, cancelled_at: event.occurredAt, reason });
      }
    }
    return [...cards.values()];
  }
}
