import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import { Authorities } from '#authorities/authorities';
import { gapKinds } from '#gaps/gap-kinds';
import { CountGaps, ListGaps, MeasureCompleteness } from '#gaps/gaps.queries';
import { belongsTo } from '#identity/who';
import { FindTeam } from '#teams/teams.queries';
import { Vault } from '#vault/vault';
import { filterOf } from '../../api/gaps.api.js';
import { PageListing } from '../../api/paging.js';
import { Allow } from '../../edge/allow.js';
import type { Asked } from '../../edge/guard.js';
import { Pages } from '../../shell/pages.js';
import { READING_COOKIE, readReading } from '../../shell/reading.js';
import { say } from '../../wording/wording.js';
import { filterBy, filterByCouncil } from '../filters.js';
import { listAddress, shownText } from '../list-address.js';
import { completenessRows, countRows, gapItem } from './gaps.view.js';

/** Where the chain stopped, for everyone: what is missing, since when, and how whole the record is. */
@Controller('gaps')
@Allow('anyone')
export class GapsPages {
  constructor(
    private readonly pages: Pages,
    private readonly queries: QueryBus,
    private readonly vault: Vault,
    private readonly authorities: Authorities,
  ) {}

  @Get()
  async list(@Query() query: PageListing, @Req() request: Asked, @Res() reply: FastifyReply): Promise<void> {
    const { after, authority, team, kind } = query;
    const filter = filterOf(query);
    const register = readReading(request.cookies[READING_COOKIE]).easy === 'on' ? 'easy' : 'plain';
    const page = await this.queries.execute(new ListGaps({ ...filter, limit: 30, ...(after && { after }) }));
    // Figures stand on the first page of a list that is not narrowed to one kind.
    const isOverview = !after && !kind;
    const [counts, measured] = isOverview
      ? await Promise.all([
          this.queries.execute(new CountGaps(filter)),
          this.queries.execute(new MeasureCompleteness(filter)),
        ])
      : [[], []];
    const filters = { authority, team, kind };
    const named = {
      council: (code: string) => this.authorities.get(code)?.name ?? code,
      words: (ref: string) => shownText(this.vault, ref),
      isOurs: (council: string | null) => belongsTo(request.who, council ?? undefined),
    };
    const variables = {
      title: 'Where the chain stopped',
      fields: await this.fields(filters),
      counts: countRows(counts, filters, register),
      measured: completenessRows(measured, register),
      items: page.items.map((row) => gapItem(row, named, register)),
      next: listAddress('/gaps', filters, page.next),
      first: after ? listAddress('/gaps', filters, '') : null,
    };
    this.pages.send(request, reply, 'pages/gaps/list.njk', variables, { personal: request.who.kind === 'staff' });
  }

  private async fields({
    authority,
    team,
    kind,
  }: {
    authority?: string | undefined;
    team?: string | undefined;
    kind?: string | undefined;
  }) {
    const known = team ? await this.queries.execute(new FindTeam(team)) : undefined;
    const kinds = gapKinds.map((value) => ({ value, text: say(`gap.${value}`) }));
    return [
      filterByCouncil(authority, this.authorities.all()),
      filterBy('kind', 'What is missing', kind, kinds),
      ...(known ? [filterBy('team', 'Team', team, [{ value: known.id, text: known.name }])] : []),
    ];
  }
}
