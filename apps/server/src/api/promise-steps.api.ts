import { createHash } from 'node:crypto';
import { Body, Controller, ForbiddenException, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { createdId } from '#event-store/ids';
import type { CommandContext } from '#event-store/recorder';
import { PROMISE_KEEPERS, RECORDERS, type Who } from '#identity/who';
import { refuse } from '#kernel/refusal';
import type { PromiseRow } from '#lifecycle/promise-row';
import type { PromiseStep } from '#lifecycle/promise-steps';
import { People } from '#participants/people';
import { Allow } from '../edge/allow.js';
import { Asking, Ctx } from '../edge/command-context.js';
import { isOwner, Kind, PROMISE_KINDS, PromiseDesk, type PromiseKind } from '../edge/promise-desk.js';
import {
  ConfirmationBody,
  DueDateBody,
  EvidenceBody,
  DropBody,
  PauseBody,
  ReopenBody,
  ReportedDoneBody,
  VerdictBody,
  WordsBody,
} from './service-changes.bodies.js';

const AnId = () => Param('id', ParseUUIDPipe);

/** The life of a promise: written once, for service changes and for commitments of the pledge. */
@ApiTags('service changes', 'commitments')
@Controller(PROMISE_KINDS.map((kind) => `api/v1/${kind}`))
@Allow(PROMISE_KEEPERS)
export class PromiseStepsApi {
  constructor(
    private readonly desk: PromiseDesk,
    private readonly people: People,
  ) {}

  @Post(':id/progress')
  progress(
    @Kind() kind: PromiseKind,
    @AnId() id: string,
    @Body() { words }: WordsBody,
    @Ctx() context: CommandContext,
    @Asking() who: Who,
  ) {
    return this.step(kind, id, who, context, () => ({ do: 'progress', words }));
  }

  @Post(':id/evidence')
  evidence(
    @Kind() kind: PromiseKind,
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
    return this.step(kind, id, who, context, () => ({
      do: 'evidence',
      evidence,
      hash: fingerprint,
      suppliedByRole: context.actor.role,
      ...body,
    }));
  }

  /** The team moves a date; whoever promised it asks them, on the promise's page. */
  @Post(':id/due-date')
  @Allow(RECORDERS)
  dueDate(
    @Kind() kind: PromiseKind,
    @AnId() id: string,
    @Body() body: DueDateBody,
    @Ctx() context: CommandContext,
    @Asking() who: Who,
  ) {
    return this.step(kind, id, who, context, (row) => {
      if (isOwner(who, row)) throw new ForbiddenException();
      return { do: 'move-date', ...body };
    });
  }

  @Post(':id/pause')
  pause(
    @Kind() kind: PromiseKind,
    @AnId() id: string,
    @Body() { reason, lookAgain = '' }: PauseBody,
    @Ctx() context: CommandContext,
    @Asking() who: Who,
  ) {
    return this.step(kind, id, who, context, () => ({ do: 'pause', reason, lookAgain }));
  }

  @Post(':id/drop')
  drop(
    @Kind() kind: PromiseKind,
    @AnId() id: string,
    @Body() { reason }: DropBody,
    @Ctx() context: CommandContext,
    @Asking() who: Who,
  ) {
    return this.step(kind, id, who, context, () => ({ do: 'drop', reason }));
  }

  @Post(':id/reported-done')
  reportedDone(
    @Kind() kind: PromiseKind,
    @AnId() id: string,
    @Body() body: ReportedDoneBody,
    @Ctx() context: CommandContext,
    @Asking() who: Who,
  ) {
    return this.step(kind, id, who, context, () => ({ do: 'report-done', byRole: context.actor.role, ...body }));
  }

  /** What a contributor says; recorded for them by staff, or by the holder of their card. */
  @Post(':id/verdicts')
  @Allow(PROMISE_KEEPERS, 'card')
  verdict(
    @Kind() kind: PromiseKind,
    @AnId() id: string,
    @Body() body: VerdictBody,
    @Ctx() context: CommandContext,
    @Asking() who: Who,
  ) {
    const contribution = who.kind === 'card' ? who.contribution : body.contribution;
    return this.step(kind, id, who, context, (row) => {
      // It stands beside what the owner says, as the word of somebody else.
      if (isOwner(who, row))
        throw refuse(
          'own-promise',
          'You promised this. Somebody else must write down what people say of it.',
          '/verdict',
        );
      return {
        do: 'verdict',
        ...body,
        byRole: context.actor.role,
        ...(contribution && { contribution, subject: contribution }),
      };
    });
  }

  @Post(':id/confirmation')
  confirmation(
    @Kind() kind: PromiseKind,
    @AnId() id: string,
    @Body() body: ConfirmationBody,
    @Ctx() context: CommandContext,
    @Asking() who: Who,
  ) {
    return this.step(kind, id, who, context, async (row) => {
      // Who signed in is who checks, whatever name is typed.
      if (isOwner(who, row)) throw refuse('own-promise', 'You promised this. Somebody else must check it.', '/name');
      const person = body.name ? await this.people.staff(row.authority, body.name) : context.actor.ref;
      return { do: 'check', ...body, person, byRole: context.actor.role };
    });
  }

  @Post(':id/reopen')
  reopen(
    @Kind() kind: PromiseKind,
    @AnId() id: string,
    @Body() body: ReopenBody,
    @Ctx() context: CommandContext,
    @Asking() who: Who,
  ) {
    return this.step(kind, id, who, context, (row) => ({
      do: 'reopen',
      ...body,
      byRole: context.actor.role,
      byOwner: isOwner(who, row),
    }));
  }

  private async step(
    kind: PromiseKind,
    id: string,
    who: Who,
    context: CommandContext,
    make: (row: PromiseRow) => PromiseStep | Promise<PromiseStep>,
  ) {
    const row = await this.desk.find(kind, id, who);
    return this.desk.take(kind, context, id, await make(row));
  }
}
