import { Controller, Get, Inject, Param, ParseUUIDPipe, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import { Cards } from '#contributions/cards';
import { FindCards } from '#contributions/cards.queries';
import { type ContributionRow, ListContributions } from '#contributions/contributions.queries';
import { RECORDERS } from '#identity/who';
import { missing } from '#kernel/refusal';
import { FindMeeting, type MeetingWithOutcomes } from '#meetings/meetings.queries';
import { FindTeam } from '#teams/teams.queries';
import { Vault } from '#vault/vault';
import type { Config } from '../../config.js';
import { Allow } from '../../edge/allow.js';
import type { Asked } from '../../edge/guard.js';
import { CONFIG, Pages } from '../../shell/pages.js';
import { qrSymbol } from '../../shell/qr.js';
import { shownText } from '../list-address.js';
import { mayRecord } from './meetings.pages.js';

const MOST = 200;

/** After the record button: what was recorded, and the cards that people take home. */
@Controller('meetings/:id')
@Allow(RECORDERS)
export class AfterMeetingPages {
  constructor(
    private readonly pages: Pages,
    private readonly queries: QueryBus,
    private readonly cards: Cards,
    private readonly vault: Vault,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get('recorded')
  async recorded(
    @Param('id', ParseUUIDPipe) id: string,
    @Req() request: Asked,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const meeting = await this.find(id, request);
    if (!meeting.applied_at) return void reply.redirect(`/meetings/${id}`, 303);
    const team = await this.queries.execute(new FindTeam(meeting.team));
    const variables = {
      title: 'Recorded',
      meeting,
      waitsForCoChair: team?.co_chair_confirms === 1 && !meeting.confirmed_at,
      notApplied: meeting.outcomes.filter(({ not_applied_message }) => not_applied_message !== null),
      back: { href: `/meetings/${id}`, text: 'The meeting' },
    };
    // The heading says it; a banner above it would say it twice.
    const isNews = (request.query as { done?: unknown }).done === 'recorded';
    this.pages.send(request, reply, 'pages/meetings/recorded.njk', variables, isNews ? { banner: '' } : {});
  }

  /** Four cards to a sheet; the person's name stays hidden inside the fold, if they chose to be named at all. */
  @Get('cards')
  async print(
    @Param('id', ParseUUIDPipe) id: string,
    @Req() request: Asked,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.find(id, request);
    const views = await this.viewsOf(id);
    const cards = (await Promise.all(views.toReversed().map((view) => this.card(view)))).flat();
    const variables = {
      title: 'Cards to take home',
      cards,
      back: { href: `/meetings/${id}`, text: 'The meeting' },
    };
    this.pages.send(request, reply, 'pages/meetings/cards.njk', variables);
  }

  /** The line words on paper, for a room without a computer. */
  @Get('paper')
  async paper(
    @Param('id', ParseUUIDPipe) id: string,
    @Req() request: Asked,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const meeting = await this.find(id, request);
    const variables = { title: meeting.title, meeting, back: { href: `/meetings/${id}`, text: 'The meeting' } };
    this.pages.send(request, reply, 'pages/meetings/paper.njk', variables);
  }

  /** All of them, however many: nobody goes home without a card. */
  private async viewsOf(meeting: string): Promise<ContributionRow[]> {
    const all: ContributionRow[] = [];
    let after: string | undefined;
    do {
      const page = await this.queries.execute(new ListContributions({ meeting, limit: MOST, ...(after && { after }) }));
      all.push(...page.items);
      after = page.next ?? undefined;
    } while (after);
    return all;
  }

  /** The card that counts now: the first one may have been lost and made anew. */
  private async card(view: ContributionRow) {
    const all = view.withdrawn_at === null ? await this.queries.execute(new FindCards(view.id)) : [];
    const now = all.findLast(({ holder, cancelled_at }) => holder === 'person' && cancelled_at === null);
    const code = now && this.cards.codeOf(now.card);
    if (!code) return [];
    const words = view.words ? shownText(this.vault, view.words) : 'A picture or a recording';
    return [{ code, words, qr: qrSymbol(`${this.config.baseUrl}/my-view/${code}`) }];
  }

  private async find(id: string, request: Asked): Promise<MeetingWithOutcomes> {
    const meeting = await this.queries.execute(new FindMeeting(id));
    if (!meeting || !mayRecord(request.who, meeting)) throw missing('meeting');
    return meeting;
  }
}
