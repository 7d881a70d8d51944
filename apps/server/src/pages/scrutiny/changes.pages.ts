import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import type { Clock } from '#kernel/aggregate';
import { refuse } from '#kernel/refusal';
import { londonDay } from '#kernel/time';
import { CLOCK } from '#projections/tokens';
import { LastClosedAudit, type Period, WhatChanged } from '#scrutiny/changes.queries';
import { monthsAfter } from '#scrutiny/recommendation-rules';
import { PeriodListing } from '../../api/scrutiny.query.js';
import type { Config } from '../../config.js';
import { Allow } from '../../edge/allow.js';
import type { Asked } from '../../edge/guard.js';
import { longDate, longMoment } from '../../shell/dates.js';
import { CONFIG, Pages } from '../../shell/pages.js';
import { filterBy } from '../filters.js';
import { listAddress } from '../list-address.js';
import { changesCsv, changesJson } from './changes.csv.js';
import { changeSections, lineWords } from './changes.view.js';
import { ScrutinyLists } from './scrutiny-lists.js';

/** How long back, where no audit was ever closed. */
const MONTHS_BACK = 3;

/** One pack for a committee: everything that changed since it last met, on screen, on paper, as a spreadsheet, as data. */
@Controller('scrutiny')
@Allow('anyone')
export class ChangesPages {
  constructor(
    private readonly pages: Pages,
    private readonly queries: QueryBus,
    private readonly lists: ScrutinyLists,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get('changes')
  async show(@Query() query: PeriodListing, @Req() request: Asked, @Res() reply: FastifyReply): Promise<void> {
    const { period, from } = await this.period(query);
    const { authority, since, until } = period;
    const { sections, names } = await this.sections(period);
    const address = (path: string) => listAddress(path, { authority, since, until }, '');
    const variables = {
      title: `What changed since ${longDate(since)}`,
      council: authority ? names.council(authority) : 'Every council',
      until: longDate(until),
      printed: longMoment(this.clock.now().instant),
      from,
      fields: [
        filterBy('authority', 'Council', authority, this.lists.councils()),
        { name: 'since', label: 'Since the end of this day', type: 'date', value: since },
        { name: 'until', label: 'Up to the end of this day', type: 'date', value: until },
      ],
      sections: sections.map(({ code, title, lines }) => ({
        code,
        title,
        count: lines.length,
        rows: lines.map((line) => [{ text: line.reference, href: line.href }, { text: authority ? line.what : `${line.council}: ${line.what}` }, { text: line.on }, { text: lineWords(line) }]),
      })),
      csv: address('/scrutiny/changes.csv'),
      json: address('/scrutiny/changes.json'),
    }; // prettier-ignore
    this.pages.send(request, reply, 'pages/scrutiny/changes.njk', variables, {
      personal: request.who.kind === 'staff',
    });
  }

  @Get('changes.csv')
  async csv(@Query() query: PeriodListing, @Res() reply: FastifyReply): Promise<void> {
    const { period } = await this.period(query);
    const { sections } = await this.sections(period);
    void reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', `attachment; filename="changes-${period.since}-to-${period.until}.csv"`)
      .send(changesCsv(sections, this.taken(period)));
  }

  @Get('changes.json')
  async json(@Query() query: PeriodListing, @Res() reply: FastifyReply): Promise<void> {
    const { period } = await this.period(query);
    const { sections } = await this.sections(period);
    void reply.type('application/json; charset=utf-8').send(changesJson(sections, this.taken(period)));
  }

  private taken({ authority, since, until }: Period) {
    const list = `${this.config.baseUrl}${listAddress('/scrutiny/changes', { authority, since, until }, '') ?? ''}`;
    return { list, since, until, at: this.clock.now().instant, baseUrl: this.config.baseUrl };
  }

  private async sections(period: Period) {
    const changed = await this.queries.execute(new WhatChanged(period));
    const names = await this.lists.names();
    return { sections: changeSections(changed, period, names), names };
  }

  /** What was asked for; left out: since the last audit that was closed, up to today. The page says from where it counts. */
  private async period({ authority, since, until }: PeriodListing): Promise<{ period: Period; from: string | null }> {
    const { today } = this.clock.now();
    const to = until ?? today;
    if (since !== undefined && since > to)
      throw refuse('period-wrong', 'The first day must not be after the last.', '/until');
    const within = authority === undefined ? {} : { authority };
    if (since !== undefined) return { period: { since, until: to, ...within }, from: null };
    const last = await this.queries.execute(new LastClosedAudit(authority));
    const day = last ? londonDay(last.closed_at) : monthsAfter(to, -MONTHS_BACK);
    const words = last
      ? 'The last audit was closed on that day. Choose another day if your committee met on another.'
      : `No audit was closed yet: these are the last ${MONTHS_BACK} months. Choose the day on which your committee last met.`;
    return { period: { since: day > to ? to : day, until: to, ...within }, from: words };
  }
}
