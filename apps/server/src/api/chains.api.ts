import { Controller, Get, Param, ParseUUIDPipe, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { belongsTo, RECORDERS, type Who } from '#identity/who';
import { missing } from '#kernel/refusal';
import { LogKeeper } from '#ledger/log-keeper';
import { Trace } from '#traceability/chain.queries';
import type { Chain, Reader } from '#traceability/chain.types';
import { Allow } from '../edge/allow.js';
import { Asking } from '../edge/command-context.js';
import { Listing } from './paging.js';
import { chainJson } from './chain.json.js';

const AnId = () => Param('id', ParseUUIDPipe);

/** The same graph from each of its ends, as everyone, the card holder or staff may see it. */
@ApiTags('chains')
@Controller('api/v1')
@Allow('anyone', 'card')
export class ChainsApi {
  constructor(
    private readonly queries: QueryBus,
    private readonly log: LogKeeper,
  ) {}

  @Get('contributions/:id/chain')
  contribution(@AnId() id: string, @Query() { asOf }: Listing, @Asking() who: Who) {
    return this.trace(id, 'contributions', who, asOf);
  }

  @Get('decisions/:id/chain')
  decision(@AnId() id: string, @Query() { asOf }: Listing, @Asking() who: Who) {
    return this.trace(id, 'decisions', who, asOf);
  }

  @Get('service-changes/:id/chain')
  serviceChange(@AnId() id: string, @Query() { asOf }: Listing, @Asking() who: Who) {
    return this.trace(id, 'serviceChanges', who, asOf);
  }

  private async trace(
    id: string,
    kind: 'contributions' | 'decisions' | 'serviceChanges',
    who: Who,
    asOf: string | undefined,
  ) {
    const open = await this.queries.execute(new Trace(id, 'public', asOf));
    const root = open?.[kind].find((each) => each.id === id);
    if (!open || !root) throw missing('entry');
    const reader = readerOf(who, id, open);
    const chain = reader === 'public' ? open : ((await this.queries.execute(new Trace(id, reader, asOf))) ?? open);
    // A view that its giver does not want shown is not there for others.
    const [view] = chain.contributions.filter((each) => each.id === id);
    if (reader === 'public' && view?.attribution === 'hidden') throw missing('entry');
    return chainJson(chain, this.log.state());
  }
}

const readerOf = (who: Who, id: string, chain: Chain): Reader => {
  if (who.kind === 'card') return who.contribution === id ? 'own' : 'public';
  const authority = chain.contributions[0]?.authority ?? chain.decisions[0]?.authority;
  // The words that are not for everyone are for those who work with views, as on the page of a view.
  return belongsTo(who, authority) && 'role' in who && RECORDERS.includes(who.role) ? 'staff' : 'public';
};
