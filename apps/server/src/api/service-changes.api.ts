import { createHash } from 'node:crypto';
import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { createdId } from '#event-store/ids';
import type { CommandContext } from '#event-store/recorder';
import { PROMISE_KEEPERS, RECORDERS, type Who } from '#identity/who';
import { missing, refuse } from '#kernel/refusal';
import type { PromiseStep } from '#lifecycle/promise-steps';
import { People } from '#participants/people';
import { PromiseServiceChange, StepServiceChange } from '#service-changes/service-change.commands';
import { FindServiceChange, ListServiceChanges, type ServiceChangeRow } from '#service-changes/service-changes.queries';
import { readable } from '#vault/readable';
import { Vault } from '#vault/vault';
import { Allow } from '../edge/allow.js';
import { Asking, Ctx } from '../edge/command-context.js';
import { mayActIn, mayActOn } from '../edge/may.js';
import { mustBelong } from '../edge/must-belong.js';
import { ReadYourWrite } from '../edge/read-your-write.js';
import { serviceChangeItem } from './list.json.js';
import { Listing } from './paging.js';
import {
  ConfirmationBody,
  DueDateBody,
  EvidenceBody,
  DropBody,
  PauseBody,
  ReopenBody,
  ReportedDoneBody,
  ServiceChangeBody,
  VerdictBody,
  WordsBody,
} from './service-changes.bodies.js';

const AnId = () => Param('id', ParseUUIDPipe);

@ApiTags('service changes')
@Controller('api/v1/service-changes')
@Allow(PROMISE_KEEPERS)
export class ServiceChangesApi {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly vault: Vault,
    private readonly people: People,
    private readonly wrote: ReadYourWrite,
  ) {}

  @Post()
  @Allow(RECORDERS)
  async promise(@Body() body: ServiceChangeBody, @Ctx() context: CommandContext, @Asking() who: Who) {
    mayActIn(who, body.authority);
    await mustBelong(this.queries, body);
    const id = createdId(context.commandId, 'serviceChange');
    const person = await this.people.staff(body.authority, body.owner.name);
    const promised = this.commands.execute(
      new PromiseServiceChange(context, id, { ...body, owner: { ...body.owner, person } }),
    );
    const { position } = await this.wrote.after(promised);
    return { id, position };
  }

  @Get()
  @Allow('anyone')
  async list(@Query() { limit, after, authority, team, status }: Listing) {
    const filter = {
      limit,
      ...(after && { after }),
      ...(authority && { authority }),
      ...(team && { team }),
      ...(status && { state: status }),
    };
    const page = await this.queries.execute(new ListServiceChanges(filter));
    return { items: page.items.map((row) => serviceChangeItem(row, readable(this.vault))), next: page.next };
  }

  @Post(':id/progress')
  progress(@AnId() id: string, @Body() { words }: WordsBody, @Ctx() context: CommandContext, @Asking() who: Who) {
    return this.step(id, who, context, () => ({ do: 'progress', words }));
  }

  @Post(':id/evidence')
  evidence(
    @AnId() id: string,
    @Body() { hash, ...body }: EvidenceBody,
    @Ctx() context: CommandContext,
    @Asking() who: Who,
  ) {
    const fingerprint =
      hash ??
      createHash('sha256')
        .update(`${body.title}\n${body.url ?? ''}`)
        .digest('hex');
    const evidence = createdId(context.commandId, 'evidence');
    return this.step(id, who, context, () => ({
      do: 'evidence',
      evidence,
      hash: fingerprint,
      suppliedByRole: context.actor.role,
      ...body,
    }));
  }

  @Post(':id/due-date')
  dueDate(@AnId() id: string, @Body() body: DueDateBody, @Ctx() context: CommandContext, @Asking() who: Who) {
    return this.step(id, who, context, () => ({ do: 'move-date', ...body }));
  }

  @Post(':id/pause')
  pause(
    @AnId() id: string,
    @Body() { reason, lookAgain = '' }: PauseBody,
    @Ctx() context: CommandContext,
    @Asking() who: Who,
  ) {
    return this.step(id, who, context, () => ({ do: 'pause', reason, lookAgain }));
  }

  @Post(':id/drop')
  drop(@AnId() id: string, @Body() { reason }: DropBody, @Ctx() context: CommandContext, @Asking() who: Who) {
    return this.step(id, who, context, () => ({ do: 'drop', reason }));
  }

  @Post(':id/reported-done')
  reportedDone(@AnId() id: string, @Body() body: ReportedDoneBody, @Ctx() context: CommandContext, @Asking() who: Who) {
    return this.step(id, who, context, () => ({ do: 'report-done', byRole: context.actor.role, ...body }));
  }

  /** What a contributor says; recorded for them by staff, or by the holder of their card. */
  @Post(':id/verdicts')
  @Allow(PROMISE_KEEPERS, 'card')
  verdict(@AnId() id: string, @Body() body: VerdictBody, @Ctx() context: CommandContext, @Asking() who: Who) {
    const contribution = who.kind === 'card' ? who.contribution : body.contribution;
    return this.step(id, who, context, () => ({
      do: 'verdict',
      ...body,
      byRole: context.actor.role,
      ...(contribution && { contribution, subject: contribution }),
    }));
  }

  @Post(':id/confirmation')
  confirmation(@AnId() id: string, @Body() body: ConfirmationBody, @Ctx() context: CommandContext, @Asking() who: Who) {
    return this.step(id, who, context, async ({ authority, owner_person }) => {
      // Nobody knows which owner holds an owner's token; and who signed in is who checks, whatever name is typed.
      if (who.kind === 'token' ? who.role === 'owner' : context.actor.ref === owner_person)
        throw refuse('own-promise', 'You promised this. Somebody else must check it.', '/name');
      const person = body.name ? await this.people.staff(authority, body.name) : context.actor.ref;
      return { do: 'check', ...body, person, byRole: context.actor.role };
    });
  }

  @Post(':id/reopen')
  reopen(@AnId() id: string, @Body() body: ReopenBody, @Ctx() context: CommandContext, @Asking() who: Who) {
    return this.step(id, who, context, () => ({ do: 'reopen', ...body }));
  }

  private async step(
    id: string,
    who: Who,
    context: CommandContext,
    make: (row: ServiceChangeRow) => PromiseStep | Promise<PromiseStep>,
  ) {
    const row = await this.queries.execute(new FindServiceChange(id));
    if (!row || (who.kind !== 'card' && !mayActOn(who, row))) throw missing('promise');
    const { position } = await this.wrote.after(
      this.commands.execute(new StepServiceChange(context, id, await make(row))),
    );
    return { id, position };
  }
}
