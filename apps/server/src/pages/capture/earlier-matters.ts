import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { FindContribution } from '#contributions/contributions.queries';
import { FindDecision } from '#decisions/decisions.queries';
import { missing } from '#kernel/refusal';
import { FindViewsBehind } from '#meetings/carried-over';
import type { TakenView } from '#meetings/talk-about';
import { FindServiceChange } from '#service-changes/service-changes.queries';
import { Vault } from '#vault/vault';
import { shownText } from '../list-address.js';
import { decisionQuestion, promiseQuestion } from './capture.view.js';
import type { Desk } from './capture-desk.js';

/** More views than this are not read out in one meeting; the promise or the decision has a page with all of them. */
const A_FEW = 12;

/** What "Talk about this now" was pressed at: a view, a promise, or a decision to look at again. */
@Injectable()
export class EarlierMatters {
  constructor(
    private readonly queries: QueryBus,
    private readonly vault: Vault,
  ) {}

  /** @throws Refusal (missing) unless it belongs to the council of the meeting. */
  async find(
    { meeting }: Desk,
    asked: { readonly view?: string; readonly promise?: string; readonly decision?: string },
  ): Promise<{ views: readonly TakenView[]; question?: string }> {
    if (asked.view) {
      const view = await this.queries.execute(new FindContribution(asked.view));
      if (view?.authority !== meeting.authority || view.withdrawn_at) throw missing('view');
      return { views: [this.taken(view)] };
    }
    if (asked.promise) {
      const promise = await this.queries.execute(new FindServiceChange(asked.promise));
      if (promise?.authority !== meeting.authority) throw missing('promise');
      return {
        views: await this.behind(promise.decision),
        question: promiseQuestion(shownText(this.vault, promise.what)),
      };
    }
    const decision = asked.decision && (await this.queries.execute(new FindDecision(asked.decision)));
    if (!decision || decision.authority !== meeting.authority) throw missing('decision');
    return {
      views: await this.behind(decision.id),
      question: decisionQuestion(shownText(this.vault, decision.statement)),
    };
  }

  private async behind(decision: string | null): Promise<TakenView[]> {
    if (decision === null) return [];
    return (await this.queries.execute(new FindViewsBehind(decision, A_FEW))).map((view) => this.taken(view));
  }

  private taken({ id, words }: { readonly id: string; readonly words: string | null }): TakenView {
    return { id, words: words ? shownText(this.vault, words) : 'A picture or a recording' };
  }
}
