import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import { Authorities } from '#authorities/authorities';
import { SEARCH_KINDS } from '#search/search-kinds';
import { Searching, searchOf } from '../../api/search.api.js';
import { Allow } from '../../edge/allow.js';
import type { Asked } from '../../edge/guard.js';
import { Pages } from '../../shell/pages.js';
import { say } from '../../wording/wording.js';
import { filterBy, filterByCouncil } from '../filters.js';
import { listAddress } from '../list-address.js';
import { hitItem, searchMessage } from './search.view.js';

/** Everything public by its words. What somebody looks for is theirs: the page is kept by nobody. */
@Controller('search')
@Allow('anyone')
export class SearchPages {
  constructor(
    private readonly pages: Pages,
    private readonly queries: QueryBus,
    private readonly authorities: Authorities,
  ) {}

  @Get()
  async find(@Query() query: Searching, @Req() request: Asked, @Res() reply: FastifyReply): Promise<void> {
    const { q, after, authority, kind } = query;
    const found = await this.queries.execute(searchOf(query, 20));
    const filters = { q, authority, kind };
    const kinds = SEARCH_KINDS.map((value) => ({ value, text: say(`thing.${value}`) }));
    this.pages.send(request, reply, 'pages/search/search.njk', {
      title: 'Search',
      fields: [
        { name: 'q', label: 'Words to look for', value: q, type: 'search' },
        filterByCouncil(authority, this.authorities.all()),
        filterBy('kind', 'What to look for', kind, kinds),
      ],
      message: searchMessage(q, found),
      items: found.items.map((hit) => hitItem(hit, (code) => this.authorities.get(code)?.name ?? code)),
      next: listAddress('/search', filters, found.next),
      first: after ? listAddress('/search', filters, '') : null,
    });
  }
}
