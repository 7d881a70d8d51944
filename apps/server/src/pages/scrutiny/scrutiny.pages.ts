import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import type { Clock } from '#kernel/aggregate';
import { ListPledgeLog } from '#pledge-log/pledge-log.queries';
import { CLOCK } from '#projections/tokens';
import { filterInAddress, sampleFilterOf, ScrutinyListing } from '../../api/scrutiny.query.js';
import type { Config } from '../../config.js';
import { Allow } from '../../edge/allow.js';
import type { Asked } from '../../edge/guard.js';
import { csvText } from '../../shell/csv.js';
import { CONFIG, Pages } from '../../shell/pages.js';
import { xlsxBytes } from '../../shell/xlsx.js';
import { listAddress } from '../list-address.js';
import { countGroups } from '../pledge-log/pledge-log.view.js';
import { isOfficerOf } from './audit.view.js';
import { promisesJson, promisesTable } from './promises.csv.js';
import { promisesProv } from './promises.prov.js';
import { promiseCells, PROMISE_HEAD } from './promises.view.js';
import { ScrutinyLists } from './scrutiny-lists.js';

const EVERYTHING = Number.MAX_SAFE_INTEGER - 1;

/** Where an audit begins: every promise, narrowed as an officer needs it. Open to everyone, because all of it is public. */
@Controller('scrutiny')
@Allow('anyone')
export class ScrutinyPages {
  constructor(
    private readonly pages: Pages,
    private readonly queries: QueryBus,
    private readonly lists: ScrutinyLists,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get()
  async list(@Query() query: ScrutinyListing, @Req() request: Asked, @Res() reply: FastifyReply): Promise<void> {
    const { after } = query;
    const filter = sampleFilterOf(query);
    const filters = filterInAddress(filter);
    const page = await this.queries.execute(new ListPledgeLog(filter, { limit: 30, ...(after && { after }) }));
    const { all, names } = await this.lists.promises(
      page.items,
      page.counts.team.map(({ value }) => value),
    );
    const officer = isOfficerOf(request.who, null);
    const address = (path: string) => listAddress(path, filters, '') ?? path;
    const variables = {
      title: 'Scrutiny',
      here: '/scrutiny',
      fields: await this.lists.fields(filters),
      groups: countGroups(page.counts, filters, names, '/scrutiny'),
      total: page.total,
      head: PROMISE_HEAD,
      rows: all.map(({ row, behind }) => promiseCells(row, behind, names)),
      csv: address('/scrutiny/promises.csv'),
      xlsx: address('/scrutiny/promises.xlsx'),
      json: address('/scrutiny/promises.json'),
      prov: address('/scrutiny/promises.prov.json'),
      draw: officer ? address('/scrutiny/samples/new') : null,
      next: listAddress('/scrutiny', filters, page.next),
      first: after ? address('/scrutiny') : null,
    };
    this.pages.send(request, reply, 'pages/scrutiny/list.njk', variables, { personal: request.who.kind === 'staff' });
  }

  /** Exactly the list that the page shows, all of it, with the filter and the time in the file. */
  @Get('promises.csv')
  async csv(@Query() query: ScrutinyListing, @Res() reply: FastifyReply): Promise<void> {
    const { all, names, taken } = await this.whole(query);
    void reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', `attachment; filename="scrutiny-${this.clock.now().today}.csv"`)
      .send(csvText(promisesTable(all, names, taken)));
  }

  @Get('promises.xlsx')
  async xlsx(@Query() query: ScrutinyListing, @Res() reply: FastifyReply): Promise<void> {
    const { all, names, taken } = await this.whole(query);
    void reply
      .type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
      .header('content-disposition', `attachment; filename="scrutiny-${this.clock.now().today}.xlsx"`)
      .send(xlsxBytes('Promises', promisesTable(all, names, taken)));
  }

  @Get('promises.prov.json')
  async prov(@Query() query: ScrutinyListing, @Res() reply: FastifyReply): Promise<void> {
    const { all, names, taken } = await this.whole(query);
    void reply.type('application/ld+json; charset=utf-8').send(JSON.stringify(promisesProv(all, names, taken)));
  }

  @Get('promises.json')
  async json(@Query() query: ScrutinyListing, @Res() reply: FastifyReply): Promise<void> {
    const { all, names, taken } = await this.whole(query);
    void reply.type('application/json; charset=utf-8').send(promisesJson(all, names, taken));
  }

  private async whole(query: ScrutinyListing) {
    const filter = sampleFilterOf(query);
    const { items } = await this.queries.execute(new ListPledgeLog(filter, { limit: EVERYTHING }));
    const list = listAddress('/scrutiny', filterInAddress(filter), '') ?? '/scrutiny';
    const taken = { list, at: this.clock.now().instant, baseUrl: this.config.baseUrl };
    return { ...(await this.lists.promises(items)), taken };
  }
}
