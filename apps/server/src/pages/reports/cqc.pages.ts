import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import { Authorities } from '#authorities/authorities';
import type { Clock } from '#kernel/aggregate';
import { CLOCK } from '#projections/tokens';
import { CQC, cqcPack } from '#reports/cqc-framework';
import { ReportBook } from '#reports/report-book';
import { ClosedHalves } from '#statements/closed-halves';
import { halfWords } from '#statements/told-words';
import { cqcRows } from '../../api/reports.json.js';
import { placeAsked, ReportAsked } from '../../api/reports.query.js';
import type { Config } from '../../config.js';
import { Allow } from '../../edge/allow.js';
import type { Asked } from '../../edge/guard.js';
import { csvText } from '../../shell/csv.js';
import { longDate } from '../../shell/dates.js';
import { CONFIG, Pages } from '../../shell/pages.js';
import { filterByCouncil } from '../filters.js';
import { listAddress } from '../list-address.js';
import { rowItem } from './report.view.js';

/** What the record holds for each quality statement of the Care Quality Commission, and what it does not. */
@Controller()
@Allow('anyone')
export class CqcPages {
  constructor(
    private readonly pages: Pages,
    private readonly queries: QueryBus,
    private readonly authorities: Authorities,
    private readonly book: ReportBook,
    private readonly halves: ClosedHalves,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('cqc')
  async show(@Query() asked: ReportAsked, @Req() request: Asked, @Res() reply: FastifyReply): Promise<void> {
    const { filter, period, name, here } = await this.place(asked);
    const pack = cqcPack(await this.book.of(filter));
    const variables = {
      title: 'Evidence for the Care Quality Commission',
      name,
      period: halfWords(period),
      framework: { ...CQC, checked: longDate(CQC.checkedOn) },
      pack: pack.map(({ evidence, ...statement }) => ({
        ...statement,
        rows: evidence.map((row) => rowItem(row, { ...filter })),
      })),
      csv: `/cqc.csv${here}`,
      json: `/api/v1/cqc${here}`,
      fields: [
        filterByCouncil(filter.authority, this.authorities.councils(), 'All councils together'),
        { name: 'period', label: 'Half year', value: period, options: this.halves.toChoose().map((half) => ({ value: half, text: halfWords(half) })) },
      ],
      back: { href: `/how-are-we-doing${here}`, text: 'How are we doing?' },
    }; // prettier-ignore
    this.pages.send(request, reply, 'pages/reports/cqc.njk', variables, { personal: false });
  }

  @Get('cqc.csv')
  async csv(@Query() asked: ReportAsked, @Res() reply: FastifyReply): Promise<void> {
    const { filter, period } = await this.place(asked);
    const query = listAddress('', { ...filter }, '') ?? '';
    const rows = cqcRows(cqcPack(await this.book.of(filter)), this.config.baseUrl, query);
    void reply
      .header('content-disposition', `attachment; filename="cqc-evidence-${filter.authority ?? 'all'}-${period}.csv"`)
      .type('text/csv; charset=utf-8')
      .send(csvText(rows));
  }

  private async place(asked: ReportAsked) {
    const given = { last: this.halves.last(), today: this.clock.now().today };
    const place = await placeAsked(this.queries, this.authorities, asked, given);
    const { filter, period } = place;
    return { ...place, here: listAddress('', { authority: filter.authority, team: filter.team, period }, '') ?? '' };
  }
}
