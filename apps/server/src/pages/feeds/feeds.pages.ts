import { Controller, Get, Inject, Param, ParseUUIDPipe, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import { type DecisionRow, ListDecisions } from '#decisions/decisions.queries';
import { missing } from '#kernel/refusal';
import { FindMeeting } from '#meetings/meetings.queries';
import { FindTeam } from '#teams/teams.queries';
import { Vault } from '#vault/vault';
import type { Config } from '../../config.js';
import { Allow } from '../../edge/allow.js';
import { CONFIG } from '../../shell/pages.js';
import { Views } from '../../shell/views.js';
import { answerTag } from '../decisions/decision.view.js';
import { shownText } from '../list-address.js';
import { calendarOf } from './calendar.js';

const MOST = 50;
const NOT_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/** What changes, for feed readers (Atom, RFC 4287) and calendars (iCalendar, RFC 5545). Nothing personal is in either. */
@Controller()
@Allow('anyone')
export class FeedsPages {
  constructor(
    private readonly queries: QueryBus,
    private readonly views: Views,
    private readonly vault: Vault,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get('decisions.atom')
  async decisions(@Res() reply: FastifyReply): Promise<void> {
    const { items } = await this.queries.execute(new ListDecisions({ limit: MOST }));
    this.atom(reply, 'Decisions and why', '/decisions', items);
  }

  @Get('teams/:id.atom')
  async team(@Param('id', ParseUUIDPipe) id: string, @Res() reply: FastifyReply): Promise<void> {
    const team = await this.queries.execute(new FindTeam(id));
    if (!team) throw missing('team');
    const { items } = await this.queries.execute(new ListDecisions({ team: id, limit: MOST }));
    this.atom(reply, `Decisions of ${team.name}`, `/teams/${id}`, items);
  }

  @Get('meetings/:id.ics')
  async meeting(@Param('id', ParseUUIDPipe) id: string, @Res() reply: FastifyReply): Promise<void> {
    const meeting = await this.queries.execute(new FindMeeting(id));
    if (!meeting) throw missing('meeting');
    void reply.type('text/calendar; charset=utf-8').send(
      calendarOf({
        id,
        title: meeting.title,
        startsAt: meeting.starts_at,
        place: meeting.place,
        url: `${this.config.baseUrl}/meetings/${id}`,
        stampedAt: meeting.called_at,
      }),
    );
  }

  private atom(reply: FastifyReply, title: string, page: string, rows: readonly DecisionRow[]): void {
    const at = (path: string) => `${this.config.baseUrl}${path}`;
    const entries = rows.map((row) => ({
      id: row.id,
      // What XML 1.0 cannot hold (an imported text may have it) is a space here; the page shows it as it is.
      title: shownText(this.vault, row.statement).replace(NOT_XML, ' '),
      href: at(`/decisions/${row.id}`),
      on: row.occurred_at,
      updated: row.recorded_at,
      summary: answerTag(row.answer),
    }));
    const updated = entries[0]?.updated ?? new Date(0).toISOString();
    const variables = { title, self: at(`${page}.atom`), page: at(page), author: 'Throughline', updated, entries };
    void reply.type('application/atom+xml; charset=utf-8').send(this.views.render('pages/feeds/atom.njk', variables));
  }
}
