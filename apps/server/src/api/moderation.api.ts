import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { ModerateView } from '#contributions/contribution.commands';
import { REDACTION_REASONS } from '#contributions/contribution.events';
import { ListRedactions } from '#contributions/redactions.queries';
import type { CommandContext } from '#event-store/recorder';
import { RECORDERS, type Who } from '#identity/who';
import { readable } from '#vault/readable';
import { Vault } from '#vault/vault';
import { Allow } from '../edge/allow.js';
import { Asking, Ctx } from '../edge/command-context.js';
import { ReadYourWrite } from '../edge/read-your-write.js';
import { OneOf, Text } from './fields.js';
import { Listing } from './paging.js';
import { ownView } from '../edge/own-view.js';

const REASONS = REDACTION_REASONS.filter((each) => each !== 'fix-not-read-yet');

export class PublicVersionBody {
  @Text(10_000, { description: 'What everyone reads in the place of the words. Sealed.' }) words: string;
  @OneOf(REASONS, { description: 'Published.' }) reason: (typeof REASONS)[number];
}

export class HoldBackBody {
  @OneOf(REASONS, { description: 'Published.' }) reason: (typeof REASONS)[number];
  @Text(2_000, { optional: true, description: 'Published with the reason. Sealed.' }) explanation?: string;
}

/** What everyone reads of a view, and the ledger of what is not shown. */
@ApiTags('contributions')
@Controller('api/v1')
@Allow(RECORDERS)
export class ModerationApi {
  private readonly readable: ReturnType<typeof readable>;

  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly wrote: ReadYourWrite,
    vault: Vault,
  ) {
    this.readable = readable(vault);
  }

  /** Other words in the place of those that were given, which stay for the person and the team. */
  @Post('contributions/:id/public-version')
  version(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: PublicVersionBody,
    @Ctx() context: CommandContext,
    @Asking() who: Who,
  ) {
    return this.run(id, who, new ModerateView(context, id, { do: 'version', ...body }));
  }

  /** Everyone but the person and the team reads no words for now. */
  @Post('contributions/:id/hold-back')
  holdBack(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: HoldBackBody,
    @Ctx() context: CommandContext,
    @Asking() who: Who,
  ) {
    return this.run(id, who, new ModerateView(context, id, { do: 'hold-back', ...body }));
  }

  /** What was held back is shown again. */
  @Post('contributions/:id/release')
  release(@Param('id', ParseUUIDPipe) id: string, @Ctx() context: CommandContext, @Asking() who: Who) {
    return this.run(id, who, new ModerateView(context, id, { do: 'release' }));
  }

  /** That, when, by which role and why; never what. Newest first. */
  @Get('redactions')
  @Allow('anyone')
  async list(@Query() { authority, team, limit, after }: Listing) {
    const filter = { ...(authority && { authority }), ...(team && { team }), ...(after && { after }), limit };
    const page = await this.queries.execute(new ListRedactions(filter));
    const items = page.items.map(({ kind, contribution, reason, explanation, role, ...row }) => ({
      kind,
      contribution,
      authority: row.authority,
      team: row.team,
      reason: kind === 'moved-out' || kind === 'erased' ? null : reason,
      explanation: this.readable(explanation),
      by: role,
      occurredAt: row.occurred_at,
    }));
    return { items, next: page.next };
  }

  private async run(id: string, who: Who, command: ModerateView) {
    await ownView(this.queries, who, id);
    const { position } = await this.wrote.after(this.commands.execute(command));
    return { id, position };
  }
}
