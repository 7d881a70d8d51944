import { Controller, Get, Param, ParseUUIDPipe, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { belongsTo, councilOf, RECORDERS, type Who } from '#identity/who';
import { missing } from '#kernel/refusal';
import { LogKeeper } from '#ledger/log-keeper';
import { Trace } from '#traceability/chain.queries';
import type { Reader } from '#traceability/chain.types';
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
    const reader = readerOf(who, id);
    const within = councilOf(who);
    const chain =
      reader === 'public' ? open : ((await this.queries.execute(new Trace(id, reader, asOf, within))) ?? open);
    // A view that its giver does not want shown is not there for others.
    const isOurs = reader === 'own' || (reader === 'staff' && belongsTo(who, root.authority));
    if ('attribution' in root && root.attribution === 'hidden' && !isOurs) throw missing('entry');
    return chainJson(chain, this.log.state());
  }
}

/** The words that are not for everyone are for those who work with views, in their own council. */
const readerOf = (who: Who, id: string): Reader => {
  if (who.kind === 'card') return who.contribution === id ? 'own' : 'public';
  return 'role' in who && RECORDERS.includes(who.role) ? 'staff' : 'public';
};
