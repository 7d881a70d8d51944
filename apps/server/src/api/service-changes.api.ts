import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { createdId } from '#event-store/ids';
import type { CommandContext } from '#event-store/recorder';
import { RECORDERS, type Who } from '#identity/who';
import { People } from '#participants/people';
import { PromiseServiceChange } from '#service-changes/service-change.commands';
import { ListServiceChanges } from '#service-changes/service-changes.queries';
import { readable } from '#vault/readable';
import { Vault } from '#vault/vault';
import { Allow } from '../edge/allow.js';
import { Asking, Ctx } from '../edge/command-context.js';
import { mayActIn } from '../edge/may.js';
import { mustBelong } from '../edge/must-belong.js';
import { ReadYourWrite } from '../edge/read-your-write.js';
import { serviceChangeItem } from './list.json.js';
import { Listing } from './paging.js';
import { ServiceChangeBody } from './service-changes.bodies.js';

@ApiTags('service changes')
@Controller('api/v1/service-changes')
@Allow(RECORDERS)
export class ServiceChangesApi {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly vault: Vault,
    private readonly people: People,
    private readonly wrote: ReadYourWrite,
  ) {}

  @Post()
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
}
