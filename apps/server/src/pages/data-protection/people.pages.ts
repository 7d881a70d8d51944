import { Controller, Get, Param, ParseUUIDPipe, Post, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import { Cards } from '#contributions/cards';
import { AddedTogether, FindContribution } from '#contributions/contributions.queries';
import { StepDataRequest } from '#data-requests/data-request.commands';
import { FindDataRequest } from '#data-requests/data-requests.queries';
import { Letters } from '#data-requests/letters';
import { Engine } from '#engine/engine';
import { ListDataSubjectSteps } from '#erasure/data-subjects.queries';
import type { CommandContext } from '#event-store/recorder';
import { belongsTo } from '#identity/who';
import { missing } from '#kernel/refusal';
import { People } from '#participants/people';
import { Allow } from '../../edge/allow.js';
import { Ctx, Repeatable } from '../../edge/command-context.js';
import { type Again, readForm, submit } from '../../edge/form.js';
import type { Asked } from '../../edge/guard.js';
import { ReadYourWrite } from '../../edge/read-your-write.js';
import { Pages } from '../../shell/pages.js';
import { actOf, actsOn } from './acts.js';
import { ActForm, FindForm } from './data-protection.forms.js';
import { KINDS, stepItem } from './data-protection.view.js';
import { councilOf } from './own-council.js';

const MOST = 20;

/** One person as the record knows them: what is held, and what shall be done with it. Found by name or card, shown by a random id. */
@Controller('data-protection')
@Allow('data-protection-officer')
export class DataSubjectPages {
  constructor(
    private readonly pages: Pages,
    private readonly engine: Engine,
    private readonly queries: QueryBus,
    private readonly commands: CommandBus,
    private readonly people: People,
    private readonly cards: Cards,
    private readonly letters: Letters,
    private readonly wrote: ReadYourWrite,
  ) {}

  @Get('find')
  findForm(@Req() request: Asked, @Res() reply: FastifyReply): void {
    this.results(request, reply, undefined);
  }

  /** Sent by POST: a name must stand in no address. */
  @Post('find')
  @Repeatable()
  async find(@Req() request: Asked, @Res() reply: FastifyReply): Promise<void> {
    const returned = readForm(FindForm, request.body);
    if (!returned.form) return this.results(request, reply, undefined, returned);
    const authority = councilOf(request.who);
    const card = await this.cards.find(returned.form.who);
    const view = card && (await this.queries.execute(new FindContribution(card.contribution)));
    const found =
      view?.authority === authority
        ? [{ id: view.participant ?? view.id, name: view.participant ? this.people.get(view.participant)?.name : 'A view of somebody who gave no name' }] // prettier-ignore
        : this.people.named(authority, returned.form.who, MOST).map((id) => ({ id, name: this.people.get(id)?.name }));
    this.results(request, reply, found, { typed: returned.typed, problems: [] });
  }

  @Get('people/:id')
  async show(@Param('id', ParseUUIDPipe) id: string, @Req() request: Asked, @Res() reply: FastifyReply): Promise<void> {
    await this.page(request, reply, id);
  }

  @Post('people/:id')
  async act(
    @Param('id', ParseUUIDPipe) id: string,
    @Req() request: Asked,
    @Res() reply: FastifyReply,
    @Ctx() context: CommandContext,
  ): Promise<void> {
    await this.held(id, request);
    const done = await submit(ActForm, request.body, async ({ act, sure }) => {
      await actOf(this.engine, id, act, sure === 'yes', context);
      await this.engine.caughtUp(await this.engine.store.head());
    });
    if ('problems' in done) return this.page(request, reply, id, done);
    void reply.redirect(`/data-protection/people/${id}?done=saved`, 303);
  }

  /** Says whose information a request is about. */
  @Post('requests/:request/match/:id')
  async match(
    @Param('request', ParseUUIDPipe) asked: string,
    @Param('id', ParseUUIDPipe) id: string,
    @Req() request: Asked,
    @Res() reply: FastifyReply,
    @Ctx() context: CommandContext,
  ): Promise<void> {
    await this.held(id, request);
    const row = await this.queries.execute(new FindDataRequest(asked));
    if (!row || !belongsTo(request.who, row.authority)) throw missing('request');
    const command = new StepDataRequest(context, asked, { do: 'match' }, { person: id });
    await this.wrote.after(this.commands.execute(command));
    void reply.redirect(`/data-protection/requests/${asked}?done=saved`, 303);
  }

  /** @throws Refusal for somebody whose council is another one: they are not there. */
  private async held(id: string, request: Asked) {
    const found = await this.engine.eraser.find(id);
    if (!found || !belongsTo(request.who, found.authority)) throw missing('person');
    return found;
  }

  private async page(request: Asked, reply: FastifyReply, id: string, returned?: Again): Promise<void> {
    const found = await this.held(id, request);
    const [steps, asked, others] = await Promise.all([
      this.queries.execute(new ListDataSubjectSteps({ person: id, limit: MOST })),
      Promise.all(this.letters.about(id).map((each) => this.queries.execute(new FindDataRequest(each)))),
      this.queries.execute(new AddedTogether(id)),
    ]);
    const stores = await Promise.all(
      this.engine.personalStores.map(async (store) => ({ title: store.title, count: await store.left(found) })),
    );
    const variables = {
      title: 'What is held about one person',
      back: { href: '/data-protection/find', text: 'Find somebody else' },
      id,
      isPerson: found.kind === 'participant',
      person: this.people.get(id),
      stores,
      others,
      steps: steps.items.map(stepItem),
      requests: asked.flatMap((row) => (row ? [{ href: `/data-protection/requests/${row.id}`, text: KINDS[row.kind] }] : [])), // prettier-ignore
      acts: actsOn(steps.items),
    };
    this.pages.send(request, reply, 'pages/data-protection/person.njk', variables, returned ? { returned } : {});
  }

  private results(
    request: Asked,
    reply: FastifyReply,
    found: readonly { id: string; name: string | undefined }[] | undefined,
    returned?: Again,
  ): void {
    const { request: asked } = request.query as { request?: unknown };
    const variables = {
      title: 'Find somebody',
      back: { href: '/data-protection', text: 'All requests' },
      asked: typeof asked === 'string' && /^[0-9a-f-]{36}$/.test(asked) ? asked : undefined,
      found: found?.map(({ id, name }) => ({ id, name: name ?? 'Their name is not shown: it is restricted' })),
      isMost: found?.length === MOST,
    };
    this.pages.send(request, reply, 'pages/data-protection/find.njk', variables, returned ? { returned } : {});
  }
}
