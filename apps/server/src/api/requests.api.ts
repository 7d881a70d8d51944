import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { AnswerRequest } from '#contributions/contribution.commands';
import type { CommandContext } from '#event-store/recorder';
import { councilOf, RECORDERS, STAFF, type Who } from '#identity/who';
import { missing, refuse } from '#kernel/refusal';
import { FindRequest, ListRequests, type RequestRow } from '#requests/requests.queries';
import { Vault } from '#vault/vault';
import { Allow } from '../edge/allow.js';
import { mayReadAsked } from '../edge/asked-words.js';
import { Asking, Ctx } from '../edge/command-context.js';
import { mayActOn } from '../edge/may.js';
import { ReadYourWrite } from '../edge/read-your-write.js';
import { Text } from './fields.js';
import { Listing } from './paging.js';

export class RequestAnswerBody {
  @Text(10_000, { description: 'What the person was told.' }) answer: string;
}

@ApiTags('requests')
@Controller('api/v1/requests')
@Allow(STAFF)
export class RequestsApi {
  constructor(
    private readonly queries: QueryBus,
    private readonly commands: CommandBus,
    private readonly vault: Vault,
    private readonly wrote: ReadYourWrite,
  ) {}

  /** What people asked of us, oldest first; `status=answered` for those that have an answer. Words are for those who answer. */
  @Get()
  async list(@Query() { limit, after, authority, team, status }: Listing, @Asking() who: Who) {
    const own = councilOf(who);
    // Somebody of one council may not look into another's list, whatever the address says.
    if (own && authority && own !== authority) throw missing('council');
    const within = own ?? authority;
    const page = await this.queries.execute(
      new ListRequests({
        limit,
        answered: status === 'answered',
        ...(after && { after }),
        ...(within && { authority: within }),
        ...(team && { team }),
      }),
    );
    return { items: page.items.map((row) => this.item(row, mayReadAsked(who, row))), next: page.next };
  }

  @Post(':id/answer')
  @Allow(RECORDERS)
  async answer(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { answer }: RequestAnswerBody,
    @Ctx() context: CommandContext,
    @Asking() who: Who,
  ) {
    const row = await this.queries.execute(new FindRequest(id));
    if (!row || !mayActOn(who, { id, authority: row.authority ?? '' })) throw missing('request');
    if (!row.contribution || row.decision || row.service_change || row.commitment)
      throw refuse('answered-elsewhere', 'Answer this at the decision or the promise that it is about.', '/');
    const { position } = await this.wrote.after(
      this.commands.execute(
        new AnswerRequest(context, row.contribution, { request: id, answer, by: context.actor.role }),
      ),
    );
    return { id, position };
  }

  private item(row: RequestRow, mayRead: boolean) {
    const open = (ref: string | null) => {
      const opened = ref && mayRead ? this.vault.open(ref) : undefined;
      return opened?.state === 'readable' ? opened.value : null;
    };
    return {
      id: row.id,
      kind: row.kind,
      authority: row.authority,
      team: row.team,
      contribution: row.contribution,
      decision: row.decision,
      serviceChange: row.service_change,
      commitment: row.commitment,
      askedAt: row.asked_at,
      askedBy: row.by_role,
      note: open(row.note),
      answeredAt: row.answered_at,
      answeredBy: row.answered_by,
      answer: open(row.answer),
      atOnce: row.at_once === 1,
    };
  }
}
