import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { MakeCommitment } from '#commitments/commitment.commands';
import { createdId } from '#event-store/ids';
import type { CommandContext } from '#event-store/recorder';
import { RECORDERS, type Who } from '#identity/who';
import { People } from '#participants/people';
import { Pledges } from '#pledge/pledges';
import { Allow } from '../edge/allow.js';
import { Asking, Ctx } from '../edge/command-context.js';
import { mayActIn } from '../edge/may.js';
import { mustBelong } from '../edge/must-belong.js';
import { ReadYourWrite } from '../edge/read-your-write.js';
import { Code, Id, Text } from './fields.js';
import { PromiseCore } from './outcomes.bodies.js';

export class CommitmentBody extends PromiseCore {
  @Code() authority: string;
  @Id({ optional: true }) team?: string;
  @Code({ optional: true, description: 'Which pledge; left out: the one that this council made.' }) pledge?: string;
  @Text(20, { description: 'A part (P1a) or a step (I3) of the pledge.' }) pledgePart: string;
}

/** A council's own promises under its pledge. What is done with them afterwards is the same as for service changes. */
@ApiTags('commitments')
@Controller('api/v1/commitments')
@Allow(RECORDERS)
export class CommitmentsApi {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly people: People,
    private readonly pledges: Pledges,
    private readonly wrote: ReadYourWrite,
  ) {}

  @Post()
  async make(@Body() body: CommitmentBody, @Ctx() context: CommandContext, @Asking() who: Who) {
    mayActIn(who, body.authority);
    const { authority, team } = body;
    await mustBelong(this.queries, { authority, ...(team && { team }) });
    const { pledgePart, pledge = this.pledges.of(authority)?.pledge ?? '', ...terms } = body;
    const id = createdId(context.commandId, 'commitment');
    const person = await this.people.staff(authority, terms.owner.name);
    const made = this.commands.execute(
      new MakeCommitment(context, id, { ...terms, pledge, part: pledgePart, owner: { ...terms.owner, person } }),
    );
    const { position } = await this.wrote.after(made);
    return { id, position };
  }
}
