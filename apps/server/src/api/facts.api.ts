import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiExcludeEndpoint, ApiTags } from '@nestjs/swagger';
import { createdId } from '#event-store/ids';
import type { CommandContext } from '#event-store/recorder';
import { everyKind, findKind } from '#facts/every-kind';
import { MendFactEntry, RecordFact, RecordFactStep } from '#facts/fact.commands';
import { birthIn, ListFacts } from '#facts/facts.queries';
import { PROMISE_KEEPERS, type Who } from '#identity/who';
import { missing } from '#kernel/refusal';
import { readable } from '#vault/readable';
import { Vault } from '#vault/vault';
import { Allow } from '../edge/allow.js';
import { Asking, Ctx } from '../edge/command-context.js';
import { FactDesk, mayActOnFact } from '../edge/fact-desk.js';
import { mayActIn } from '../edge/may.js';
import { ReadYourWrite } from '../edge/read-your-write.js';
import { readMending, readNewFact, readNextFact } from './facts.bodies.js';
import { factEntry, kindItem } from './facts.json.js';
import { Listing } from './paging.js';

const HIDDEN = everyKind.filter(({ isPrivate }) => isPrivate).map(({ code }) => code);

/** Everything of the pledge that is no view, decision or promise; what each kind takes is told at `kinds`. */
@ApiTags('facts of the pledge')
@Controller('api/v1/facts')
@Allow(PROMISE_KEEPERS)
export class FactsApi {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly desk: FactDesk,
    private readonly vault: Vault,
    private readonly wrote: ReadYourWrite,
  ) {}

  @Get('kinds')
  @Allow('anyone')
  kinds() {
    return { items: everyKind.map(kindItem) };
  }

  /** Newest first. What is about one person is not listed: only its counts are public. */
  @Get()
  @Allow('anyone')
  async list(@Query() { limit, after, authority, team, kind }: Listing) {
    const page = await this.queries.execute(
      new ListFacts({
        limit,
        hidden: HIDDEN,
        ...(after && { before: after }),
        ...(authority && { authority }),
        ...(team && { team }),
        ...(kind && { kinds: [kind] }),
      }),
    );
    const open = readable(this.vault);
    const items = page.items.flatMap((fact) => {
      const { id, kind: code, authority: of, team: its, stands } = fact;
      const found = findKind(code);
      const first = found && factEntry(found, birthIn(fact), open, false);
      return first ? [{ id, kind: code, authority: of, team: its, stands: stands === 1, first }] : [];
    });
    return { items, next: page.next };
  }

  @Get(':kind/:id')
  @Allow('anyone')
  async show(@Param('kind') code: string, @Param('id', ParseUUIDPipe) id: string, @Asking() who: Who) {
    const { fact, kind } = await this.desk.see(id, who);
    if (kind.code !== code) throw missing('entry');
    const seesPrivate = mayActOnFact(kind, fact, who);
    const open = readable(this.vault);
    const { authority, team, entries } = fact;
    return { id, kind: code, authority, team, pledge: kind.pledge, entries: entries.map((row) => factEntry(kind, row, open, seesPrivate)) }; // prettier-ignore
  }

  @Post(':kind')
  @ApiExcludeEndpoint()
  async record(@Param('kind') code: string, @Body() body: unknown, @Ctx() asked: CommandContext, @Asking() who: Who) {
    const kind = this.desk.kind(code, who);
    const { fact, context } = readNewFact(kind.birth.fields, body, asked);
    mayActIn(who, fact.authority);
    const id = createdId(asked.commandId, kind.category);
    const { position } = await this.wrote.after(this.commands.execute(new RecordFact(context, kind, id, fact)));
    return { id, position };
  }

  @Post(':kind/:id/:step')
  @ApiExcludeEndpoint()
  async next(
    @Param('kind') code: string,
    @Param('id', ParseUUIDPipe) id: string,
    @Param('step') stepCode: string,
    @Body() body: unknown,
    @Ctx() asked: CommandContext,
    @Asking() who: Who,
  ) {
    const { kind, step } = await this.desk.act(code, id, stepCode, who);
    const { data, context } = readNextFact(step.fields, body, asked);
    const { position } = await this.wrote.after(
      this.commands.execute(new RecordFactStep(context, kind, id, step, data)),
    );
    return { id, position };
  }

  /** An entry was wrong: it is taken back, and what is right may come in its place. Both stay in the record. */
  @Post(':kind/:id/entries/:entry/mended')
  @ApiExcludeEndpoint()
  async mend(
    @Param('kind') code: string,
    @Param('id', ParseUUIDPipe) id: string,
    @Param('entry', ParseUUIDPipe) entry: string,
    @Body() body: unknown,
    @Ctx() asked: CommandContext,
    @Asking() who: Who,
  ) {
    const { kind, step } = await this.desk.mend(code, id, entry, who);
    const { mend, context } = readMending(step.fields, body, asked);
    const { position } = await this.wrote.after(
      this.commands.execute(new MendFactEntry(context, kind, id, { entry, ...mend })),
    );
    return { id, position };
  }
}
