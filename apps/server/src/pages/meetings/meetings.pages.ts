import { Controller, Get, Inject, Param, ParseUUIDPipe, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import { ListContributions } from '#contributions/contributions.queries';
import { ListDecisions } from '#decisions/decisions.queries';
import { RECORDERS, type Who } from '#identity/who';
import type { Clock } from '#kernel/aggregate';
import { missing } from '#kernel/refusal';
import { FindMeeting, ListDiscussions, type MeetingWithOutcomes } from '#meetings/meetings.queries';
import { CLOCK } from '#projections/tokens';
import { ListServiceChanges } from '#service-changes/service-changes.queries';
import { FindTeam } from '#teams/teams.queries';
import { Vault } from '#vault/vault';
import type { Config } from '../../config.js';
import { Allow } from '../../edge/allow.js';
import type { Asked } from '../../edge/guard.js';
import { mayActOn } from '../../edge/may.js';
import { longDate } from '../../shell/dates.js';
import { CONFIG, Pages } from '../../shell/pages.js';
import { ANSWER_TONE, answerTag } from '../decisions/decision.view.js';
import { openedText, shownText } from '../list-address.js';
import { promiseTag } from '../service-changes/service-change.view.js';
import { MEETING_STATUS } from '../teams/team.view.js';
import { byDiscussion, meetingFacts } from './meeting.view.js';

const MOST = 200;

/** A meeting, for everyone: what was talked about, what was decided and what was promised. */
@Controller('meetings')
@Allow('anyone')
export class MeetingsPages {
  constructor(
    private readonly pages: Pages,
    private readonly queries: QueryBus,
    private readonly vault: Vault,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get(':id')
  async show(@Param('id', ParseUUIDPipe) id: string, @Req() request: Asked, @Res() reply: FastifyReply): Promise<void> {
    const meeting = await this.queries.execute(new FindMeeting(id));
    if (!meeting) throw missing('meeting');
    const team = await this.queries.execute(new FindTeam(meeting.team));
    const isOurs = mayRecord(request.who, meeting);
    const variables = {
      title: meeting.title,
      meeting,
      team,
      status: MEETING_STATUS[meeting.status],
      facts: meetingFacts(meeting, isOurs, this.config.suppressUpTo),
      topics: meeting.applied_at ? await this.topics(id) : [],
      isOurs,
      mayConfirm: isOurs && mayConfirm(request.who, meeting),
      back: team && { href: `/teams/${team.id}`, text: team.name },
    };
    this.pages.send(request, reply, 'pages/meetings/show.njk', variables, { personal: isOurs });
  }

  private async topics(meeting: string) {
    const { today } = this.clock.now();
    const [discussions, decisions, promises, views] = await Promise.all([
      this.queries.execute(new ListDiscussions(meeting)),
      this.queries.execute(new ListDecisions({ meeting, limit: MOST })),
      this.queries.execute(new ListServiceChanges({ meeting, limit: MOST })),
      this.queries.execute(new ListContributions({ meeting, publicOnly: true, limit: MOST })),
    ]);
    const shown = new Map(views.items.map((view) => [view.id, view]));
    return byDiscussion(discussions, decisions.items.toReversed(), promises.items.toReversed()).map((topic) => ({
      title: topic.discussion.title,
      points: opened(this.vault, topic.discussion.points),
      dissent: opened(this.vault, topic.discussion.dissent),
      ...decidesBy(topic.discussion.decide_by, today),
      views: topic.discussion.contributions.flatMap((id) => {
        const view = shown.get(id);
        if (!view) return [];
        const words = view.words === null ? undefined : this.vault.open(view.words);
        const text = words ? openedText(words) : 'A picture or a recording';
        return [{ href: `/views/${id}`, words: text, isQuote: words?.state === 'readable', lang: view.language }];
      }),
      decisions: topic.decisions.map((row) => ({
        icon: 'scales',
        kind: 'Decision',
        title: shownText(this.vault, row.statement),
        href: `/decisions/${row.id}`,
        tag: answerTag(row.answer),
        tone: row.answer ? ANSWER_TONE[row.answer] : 'bad',
      })),
      promises: topic.promises.map((row) => ({
        icon: 'pencil',
        kind: 'Promise',
        title: shownText(this.vault, row.what),
        href: `/service-changes/${row.id}`,
        ...promiseTag(row, today),
        meta: [row.due ? `By ${longDate(row.due)}` : 'No date was recorded'],
      })),
    }));
  }
}

const decidesBy = (day: string | null, today: string): { late: boolean; when: string } => {
  const late = day !== null && day < today;
  const said = late ? 'They said they would decide by' : 'They will decide by';
  return { late, when: day === null ? 'No day is written down for it.' : `${said} ${longDate(day)}.` };
};

/** Sealed references in a JSON column. */
const opened = (vault: Vault, column: string): string[] =>
  (JSON.parse(column) as string[]).map((ref) => shownText(vault, ref));

export const mayRecord = (who: Who, meeting: Pick<MeetingWithOutcomes, 'id' | 'authority'>): boolean =>
  who.kind === 'staff' && RECORDERS.includes(who.role) && mayActOn(who, meeting);

const mayConfirm = (who: Who, meeting: MeetingWithOutcomes): boolean =>
  who.kind === 'staff' &&
  (who.role === 'chair' || who.role === 'co-chair') &&
  meeting.applied_at !== null &&
  meeting.confirmed_at === null &&
  meeting.recorded_by !== who.ref;
