import { Controller, Get, Param, ParseUUIDPipe, Query, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import { PersonAccounts } from '#accounts/person-accounts';
import { Cards } from '#contributions/cards';
import { type ContributionRow, ListContributions } from '#contributions/contributions.queries';
import { councilOf, RECORDERS } from '#identity/who';
import { missing } from '#kernel/refusal';
import { People } from '#participants/people';
import { Trace } from '#traceability/chain.queries';
import { spoken } from '#traceability/show';
import { Vault } from '#vault/vault';
import { IsOptional, Matches } from 'class-validator';
import { PageListing } from '../../api/paging.js';
import { Allow } from '../../edge/allow.js';
import type { Asked } from '../../edge/guard.js';
import { longDate } from '../../shell/dates.js';
import { Pages } from '../../shell/pages.js';
import { say, type WordingKey } from '../../wording/wording.js';
import { clockLines } from '../clocks/reply-clock.view.js';
import { answerTag, gapView, historyOf } from '../decisions/decision.view.js';
import { listAddress, shownText } from '../list-address.js';
import { newsWords } from '../my-views/news.view.js';
import { untold } from './arrived.pages.js';
import { ownView } from '../../edge/own-view.js';

export class ViewsListing extends PageListing {
  @IsOptional()
  @Matches(/^[0-9a-f-]{36}$/, { message: 'This is not an id of ours.' })
  meeting?: string;
}

/** Views as the team that works with them sees them: the words, who may be told, and what was done. */
@Controller('views')
@Allow(RECORDERS)
export class ViewsPages {
  constructor(
    private readonly pages: Pages,
    private readonly queries: QueryBus,
    private readonly vault: Vault,
    private readonly people: People,
    private readonly persons: PersonAccounts,
    private readonly cards: Cards,
  ) {}

  @Get()
  async list(
    @Query() { after, team, meeting }: ViewsListing,
    @Req() request: Asked,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const authority = councilOf(request.who);
    const page = await this.queries.execute(
      new ListContributions({
        limit: 30,
        ...(after && { after }),
        ...(team && { team }),
        ...(meeting && { meeting }),
        ...(authority && { authority }),
      }),
    );
    const variables = {
      title: 'Views',
      items: page.items.map((row) => this.item(row)),
      next: listAddress('/views', { team, meeting }, page.next),
      first: after ? listAddress('/views', { team, meeting }, '') : null,
    };
    this.pages.send(request, reply, 'pages/views/list.njk', variables);
  }

  @Get(':id/team')
  async show(@Param('id', ParseUUIDPipe) id: string, @Req() request: Asked, @Res() reply: FastifyReply): Promise<void> {
    const row = await ownView(this.queries, request.who, id);
    const chain = await this.queries.execute(new Trace(id, 'staff'));
    if (!chain) throw missing('view');
    const clock = chain.contributions.find((each) => each.id === id)?.clock ?? null;
    const person = row.participant ? this.people.get(row.participant) : undefined;
    const variables = {
      title: 'A view and our work on it',
      row,
      said: {
        words: row.words ? shownText(this.vault, row.words) : 'A picture or a recording',
        lang: row.language,
        meta: [
          `Told on ${longDate(row.occurred_at)}.`,
          `To others: ${say(`shownAs.${row.attribution}` as WordingKey, 'formal')}.`,
        ],
      },
      person,
      news: newsWords(await this.wishOf(id)),
      withdrawn: longDate(row.withdrawn_at),
      repliesEnded: chain.contributions.find((each) => each.id === id)?.repliesEnded ?? false,
      decisions: chain.decisions.map((decision) => ({
        href: `/decisions/${decision.id}`,
        text: spoken(decision.statement),
        answer: answerTag(decision.answer),
      })),
      hasReply: untold(chain, id).length > 0,
      hasClock: clock !== null,
      clock: clockLines(clock),
      gaps: chain.gaps.filter(({ node }) => node === id).map(gapView),
      steps: historyOf(chain, id),
      back: { href: '/views', text: 'All views' },
    };
    this.pages.send(request, reply, 'pages/views/team.njk', variables);
  }

  /** An answer is sent where this says: it counts only as long as the card does by which the view was kept. */
  private async wishOf(id: string) {
    const keeper = this.persons.keeperOf(id);
    return keeper && (await this.cards.open(keeper.card, id)) ? this.persons.wishOf(id) : undefined;
  }

  private item(row: ContributionRow) {
    return {
      icon: 'speech',
      kind: longDate(row.occurred_at),
      title: row.words ? shownText(this.vault, row.words) : 'A picture or a recording',
      href: `/views/${row.id}/team`,
      ...(row.withdrawn_at && { tag: 'Taken back', tone: 'quiet' }),
      meta: [say(`channel.${row.channel}` as WordingKey)],
    };
  }
}
