import { Controller, Get, Inject, Param, ParseUUIDPipe, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import { ReceiveDataRequest, StepDataRequest } from '#data-requests/data-request.commands';
import { DATA_REQUEST_CHANNELS, DATA_REQUEST_KINDS, REFUSAL_GROUNDS } from '#data-requests/data-request.events';
import { type DataRequestRow, FindDataRequest, ListDataRequests, pausesOf } from '#data-requests/data-requests.queries';
import { Letters } from '#data-requests/letters';
import { createdId } from '#event-store/ids';
import type { CommandContext } from '#event-store/recorder';
import { belongsTo } from '#identity/who';
import type { Clock } from '#kernel/aggregate';
import { missing } from '#kernel/refusal';
import { CLOCK } from '#projections/tokens';
import { PageListing } from '../../api/paging.js';
import { Allow } from '../../edge/allow.js';
import { Ctx } from '../../edge/command-context.js';
import { type Again, submit } from '../../edge/form.js';
import type { Asked } from '../../edge/guard.js';
import { ReadYourWrite } from '../../edge/read-your-write.js';
import { Pages } from '../../shell/pages.js';
import { listAddress } from '../list-address.js';
import { StepForm, stepOf, WriteDownForm } from './data-protection.forms.js';
import { KINDS, OUTCOMES, PAUSES, REFUSALS, requestHistory, requestItem } from './data-protection.view.js';
import { councilOf } from './own-council.js';

const CHANNELS = { online: 'On this site', letter: 'By letter', phone: 'By phone', 'in-person': 'In person', email: 'By e-mail' }; // prettier-ignore
const optionsOf = <K extends string>(codes: readonly K[], texts: Readonly<Record<K, string>>) =>
  codes.map((value) => ({ value, text: texts[value] }));

/** What people asked about their information: how long it may take, what was decided, and why. */
@Controller('data-protection')
@Allow('data-protection-officer')
export class DataRequestPages {
  constructor(
    private readonly pages: Pages,
    private readonly queries: QueryBus,
    private readonly commands: CommandBus,
    private readonly letters: Letters,
    private readonly wrote: ReadYourWrite,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  async list(
    @Query() { after, status }: PageListing,
    @Req() request: Asked,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const answered = status === 'answered';
    const filter = { authority: councilOf(request.who), answered, limit: 30, ...(after && { after }) };
    const page = await this.queries.execute(new ListDataRequests(filter));
    const { today } = this.clock.now();
    const variables = {
      title: 'Data protection',
      answered,
      items: page.items.map((row) => requestItem(row, today)),
      next: listAddress('/data-protection', { status }, page.next),
      first: after ? listAddress('/data-protection', { status }, '') : null,
    };
    this.pages.send(request, reply, 'pages/data-protection/list.njk', variables);
  }

  @Get('new')
  new(@Req() request: Asked, @Res() reply: FastifyReply): void {
    this.writeDownForm(request, reply);
  }

  @Post('new')
  async writeDown(@Req() request: Asked, @Res() reply: FastifyReply, @Ctx() context: CommandContext): Promise<void> {
    const id = createdId(context.commandId, 'data-request');
    const done = await submit(WriteDownForm, request.body, ({ name, contact, words = null, ...asked }) => {
      const received = { ...asked, authority: councilOf(request.who) };
      return this.wrote.after(
        this.commands.execute(new ReceiveDataRequest(context, id, received, { name, contact, words })),
      );
    });
    if ('problems' in done) return this.writeDownForm(request, reply, done);
    void reply.redirect(`/data-protection/requests/${id}?done=recorded`, 303);
  }

  @Get('requests/:id')
  async show(@Param('id', ParseUUIDPipe) id: string, @Req() request: Asked, @Res() reply: FastifyReply): Promise<void> {
    this.form(request, reply, await this.find(id, request));
  }

  @Post('requests/:id')
  async step(
    @Param('id', ParseUUIDPipe) id: string,
    @Req() request: Asked,
    @Res() reply: FastifyReply,
    @Ctx() context: CommandContext,
  ): Promise<void> {
    const row = await this.find(id, request);
    const done = await submit(StepForm, request.body, (form) => {
      const letter = form.answer === undefined ? {} : { answer: form.answer };
      return this.wrote.after(this.commands.execute(new StepDataRequest(context, id, stepOf(form), letter)));
    });
    if ('problems' in done) return this.form(request, reply, row, done);
    void reply.redirect(`/data-protection/requests/${id}?done=saved`, 303);
  }

  private async find(id: string, request: Asked): Promise<DataRequestRow> {
    const row = await this.queries.execute(new FindDataRequest(id));
    if (!row || !belongsTo(request.who, row.authority)) throw missing('request');
    return row;
  }

  private form(request: Asked, reply: FastifyReply, row: DataRequestRow, returned?: Again): void {
    const letter = this.letters.get(row.id);
    const isPaused = pausesOf(row).some(({ to }) => to === undefined);
    const variables = {
      title: KINDS[row.kind],
      back: { href: '/data-protection', text: 'All requests' },
      item: requestItem(row, this.clock.now().today),
      history: requestHistory(row),
      letter,
      channel: CHANNELS[row.channel],
      person: letter?.person,
      isOpen: row.answered_on === null,
      steps: [
        ...(row.acknowledged_on ? [] : [{ value: 'acknowledge', text: 'We told them that we have it' }]),
        ...(row.kind === 'complaint' ? [] : clockSteps(isPaused, row.extended !== null)),
        ...Object.entries(OUTCOMES).map(([value, text]) => ({ value: `answer-${value}`, text: `${text}, and they were told` })), // prettier-ignore
      ],
      grounds: [{ value: '', text: 'Choose only if it was refused or partly done' }, ...optionsOf(REFUSAL_GROUNDS, REFUSALS)], // prettier-ignore
    };
    this.pages.send(request, reply, 'pages/data-protection/request.njk', variables, returned ? { returned } : {});
  }

  private writeDownForm(request: Asked, reply: FastifyReply, returned?: Again): void {
    const variables = {
      title: 'Write down a request',
      back: { href: '/data-protection', text: 'All requests' },
      kinds: optionsOf(DATA_REQUEST_KINDS, KINDS),
      channels: optionsOf(DATA_REQUEST_CHANNELS, CHANNELS),
      today: this.clock.now().today,
    };
    this.pages.send(request, reply, 'pages/data-protection/new.njk', variables, returned ? { returned } : {});
  }
}

const clockSteps = (isPaused: boolean, isExtended: boolean) => [
  ...(isPaused
    ? [{ value: 'resume', text: 'They answered. The clock runs again' }]
    : Object.entries(PAUSES).map(([value, text]) => ({ value: `pause-${value}`, text: `Stop the clock: ${text}` }))),
  ...(isExtended
    ? []
    : [
        { value: 'extend-complex', text: 'Take two months more, because it is complex' },
        { value: 'extend-several', text: 'Take two months more, because they asked for several things' },
      ]),
];
