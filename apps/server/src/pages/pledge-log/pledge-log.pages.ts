import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import { Authorities } from '#authorities/authorities';
import { RECORDERS } from '#identity/who';
import type { Clock } from '#kernel/aggregate';
import { LIFECYCLE } from '#kernel/codes';
import { ListPledgeLog } from '#pledge-log/pledge-log.queries';
import { partsOf } from '#pledge/pledge-lines';
import { Pledges } from '#pledge/pledges';
import { CLOCK } from '#projections/tokens';
import { Vault } from '#vault/vault';
import { logFilterOf, PledgePageListing } from '../../api/pledge-log.query.js';
import type { Config } from '../../config.js';
import { Allow } from '../../edge/allow.js';
import type { Asked } from '../../edge/guard.js';
import { CONFIG, Pages } from '../../shell/pages.js';
import { say } from '../../wording/wording.js';
import { filterBy, filterByCouncil } from '../filters.js';
import { listAddress, shownText } from '../list-address.js';
import { STATE_NAMES } from '../service-changes/service-change.view.js';
import { pledgeLogCsv } from './pledge-log.csv.js';
import { countGroups, LOG_HEAD, logCells, type LogFilters, type Names } from './pledge-log.view.js';

const EVERYTHING = Number.MAX_SAFE_INTEGER - 1;

/** How the pledge is delivered: every commitment, filtered, counted, today or as it was on any day. */
@Controller()
@Allow('anyone')
export class PledgeLogPages {
  private readonly names: Names;

  constructor(
    private readonly pages: Pages,
    private readonly queries: QueryBus,
    private readonly pledges: Pledges,
    private readonly authorities: Authorities,
    vault: Vault,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    this.names = {
      council: (code) => authorities.get(code)?.name ?? code,
      words: (ref) => shownText(vault, ref),
    };
  }

  @Get('pledge-log')
  async list(@Query() query: PledgePageListing, @Req() request: Asked, @Res() reply: FastifyReply): Promise<void> {
    const { after, asOf } = query;
    const filters = filtersOf(query);
    const page = await this.queries.execute(
      new ListPledgeLog(logFilterOf(query), { limit: 30, ...(after && { after }), ...(asOf && { asOf }) }),
    );
    const mayMake = request.who.kind === 'staff' && RECORDERS.includes(request.who.role);
    const variables = {
      title: 'The pledge log',
      asOf,
      today: listAddress('/pledge-log', { ...filters, asOf: undefined }, ''),
      fields: this.fields(filters),
      groups: countGroups(page.counts, filters, this.names),
      total: page.total,
      head: LOG_HEAD,
      rows: page.items.map((row) => logCells(row, this.names, asOf)),
      overdue: listAddress('/pledge-log', { authority: query.authority, asOf, late: 'yes' }, ''),
      csv: listAddress('/pledge-log.csv', filters, ''),
      next: listAddress('/pledge-log', filters, page.next),
      first: after ? listAddress('/pledge-log', filters, '') : null,
      empty: query.late === 'yes' ? say('empty.nothingLate') : 'No council has promised anything here yet.',
      mayMake,
    };
    this.pages.send(request, reply, 'pages/pledge-log/list.njk', variables, { personal: mayMake });
  }

  /** Exactly the list that the page shows, all of it, with the filter and the time in every row. */
  @Get('pledge-log.csv')
  async csv(@Query() query: PledgePageListing, @Res() reply: FastifyReply): Promise<void> {
    const { asOf } = query;
    const { today, instant } = this.clock.now();
    const page = { limit: EVERYTHING, ...(asOf && { asOf }) };
    const { items } = await this.queries.execute(new ListPledgeLog(logFilterOf(query), page));
    const taken = {
      asOf: asOf ?? today,
      list: listAddress('/pledge-log', filtersOf(query), '') ?? '/pledge-log',
      at: instant,
      baseUrl: this.config.baseUrl,
    };
    void reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', `attachment; filename="pledge-log-${taken.asOf}.csv"`)
      .send(pledgeLogCsv(items, this.names, taken));
  }

  private fields(filters: LogFilters) {
    const parts = this.pledges
      .codes()
      .flatMap((code) => this.pledges.find(code) ?? [])
      .flatMap(partsOf)
      .map(({ code, text }) => ({ value: code, text: `${code} ${text.slice(0, 60)}${text.length > 60 ? ' …' : ''}` }));
    const states = LIFECYCLE.map((value) => ({ value, text: STATE_NAMES[value] ?? value }));
    const field = (name: string, label: string, options: Parameters<typeof filterBy>[3]) =>
      filterBy(name, label, filters[name], options);
    return [
      filterByCouncil(filters['authority'], this.authorities.all()),
      field('part', 'Part of the pledge', [...new Map(parts.map((each) => [each.value, each])).values()]),
      field('status', 'Where it is', states),
      field('rag', 'Colour', [
        { value: 'red', text: 'Red' },
        { value: 'amber', text: 'Amber' },
        { value: 'green', text: 'Green' },
        { value: 'grey', text: 'Grey' },
      ]),
      field('late', 'Late', [
        { value: 'yes', text: 'Late' },
        { value: 'no', text: 'Not late' },
      ]),
      { name: 'owner', label: 'Owner (name or role)', value: filters['owner'] },
      { name: 'asOf', label: 'As it was on', type: 'date', value: filters['asOf'] },
    ];
  }
}

const filtersOf = ({ authority, team, pledge, part, status, rag, late, owner, ownerRole, asOf }: PledgePageListing): LogFilters => ({ authority, team, pledge, part, status, rag, late, owner, ownerRole, asOf }); // prettier-ignore
