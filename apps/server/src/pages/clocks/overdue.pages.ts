import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import { Authorities } from '#authorities/authorities';
import { ListOverdue } from '#clocks/overdue.queries';
import { belongsTo } from '#identity/who';
import { Vault } from '#vault/vault';
import { filterOf } from '../../api/gaps.api.js';
import { PageListing } from '../../api/paging.js';
import { Allow } from '../../edge/allow.js';
import type { Asked } from '../../edge/guard.js';
import { Pages } from '../../shell/pages.js';
import { filterBy, filterByCouncil } from '../filters.js';
import { listAddress, shownText } from '../list-address.js';
import { KIND_WORDS, overdueItem } from './overdue.view.js';

/** What is late now, for everyone: late answers and late promises on one list, oldest first. */
@Controller('overdue')
@Allow('anyone')
export class OverduePages {
  constructor(
    private readonly pages: Pages,
    private readonly queries: QueryBus,
    private readonly vault: Vault,
    private readonly authorities: Authorities,
  ) {}

  @Get()
  async list(@Query() query: PageListing, @Req() request: Asked, @Res() reply: FastifyReply): Promise<void> {
    const { after, authority, team, kind } = query;
    const page = await this.queries.execute(
      new ListOverdue({ ...filterOf(query), limit: 30, ...(after && { after }) }),
    );
    const named = {
      council: (code: string) => this.authorities.get(code)?.name ?? code,
      words: (ref: string) => shownText(this.vault, ref),
      isOurs: (council: string) => belongsTo(request.who, council),
    };
    const kinds = Object.entries(KIND_WORDS).map(([value, text]) => ({ value, text }));
    const filters = { authority, team, kind };
    const variables = {
      title: 'What is late',
      fields: [filterByCouncil(authority, this.authorities.all()), filterBy('kind', 'What', kind, kinds)],
      items: page.items.map((row) => overdueItem(row, named)),
      next: listAddress('/overdue', filters, page.next),
      first: after ? listAddress('/overdue', filters, '') : null,
    };
    this.pages.send(request, reply, 'pages/clocks/overdue.njk', variables, { personal: request.who.kind === 'staff' });
  }
}
