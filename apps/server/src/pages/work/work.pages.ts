import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import { councilOf, RECORDERS, STAFF } from '#identity/who';
import type { Clock } from '#kernel/aggregate';
import type { Role } from '#kernel/codes';
import { ListMeetings } from '#meetings/meetings.queries';
import { CLOCK } from '#projections/tokens';
import { CountRecommendations } from '#scrutiny/recommendations.queries';
import { ListServiceChanges } from '#service-changes/service-changes.queries';
import { ListTeams } from '#teams/teams.queries';
import { Allow } from '../../edge/allow.js';
import type { Asked } from '../../edge/guard.js';
import { Pages } from '../../shell/pages.js';
import { meetingNode } from '../teams/team.view.js';

const A_FEW = 8;
/** Whose work is at a desk of its own begins there. */
const DESKS: Readonly<Partial<Record<Role, { href: string; text: string }>>> = {
  'scrutiny-officer': { href: '/scrutiny', text: 'Look into promises' },
  'data-protection-officer': { href: '/data-protection', text: 'Requests about information' },
  administrator: { href: '/accounts', text: 'People and roles' },
};

/** Where staff start: the next thing to do first. */
@Controller('work')
@Allow(STAFF)
export class WorkPages {
  constructor(
    private readonly pages: Pages,
    private readonly queries: QueryBus,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  async show(@Req() request: Asked, @Res() reply: FastifyReply): Promise<void> {
    const who = request.who.kind === 'staff' ? request.who : undefined;
    const authority = councilOf(request.who);
    const within = authority ? { authority } : {};
    const { today } = this.clock.now();
    const [meetings, teams, mine, late] = await Promise.all([
      this.queries.execute(new ListMeetings({ ...within, limit: A_FEW })),
      this.queries.execute(new ListTeams({ ...within, limit: A_FEW })),
      this.queries.execute(new ListServiceChanges({ owner: who?.ref ?? '', limit: A_FEW })),
      this.queries.execute(new ListServiceChanges({ ...within, lateOn: today, limit: A_FEW })),
    ]);
    const asked = await this.queries.execute(new CountRecommendations({ ...within, insider: who?.authority ?? '*' }));
    const upTo = (page: { items: readonly unknown[]; next: string | null }) =>
      page.next ? `more than ${page.items.length}` : String(page.items.length);
    const variables = {
      title: 'My work',
      desk: who && DESKS[who.role],
      records: who !== undefined && RECORDERS.includes(who.role),
      toRecord: meetings.items
        .filter(({ recorded_at }) => recorded_at === null)
        .map((row) => ({
          ...meetingNode(row),
          href: `/meetings/${row.id}/capture`,
          kind: 'Record this meeting',
        })),
      meetings: meetings.items.filter(({ recorded_at }) => recorded_at !== null).map(meetingNode),
      teams: teams.items.map(({ id, name }) => ({ id, name })),
      mine: upTo(mine),
      late: upTo(late),
      recommended: {
        href: who?.authority ? `/scrutiny/recommendations?authority=${who.authority}` : '/scrutiny/recommendations',
        text: `${asked.waiting + asked.overdue} wait for an answer, ${asked.overdue} of them late`,
      },
      anyLate: late.items.length > 0,
    };
    this.pages.send(request, reply, 'pages/work/work.njk', variables);
  }
}
