import { Controller, Get, Inject, Param, ParseUUIDPipe, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import { AnswerRequest } from '#contributions/contribution.commands';
import { AnswerReview } from '#decisions/decision.commands';
import type { Acted, CommandContext } from '#event-store/recorder';
import { councilOf, RECORDERS, STAFF } from '#identity/who';
import type { Clock } from '#kernel/aggregate';
import { missing } from '#kernel/refusal';
import { CLOCK } from '#projections/tokens';
import { FindRequest, ListRequests, type RequestRow } from '#requests/requests.queries';
import { FindTeam, ListTeams } from '#teams/teams.queries';
import { Vault } from '#vault/vault';
import { OneOf, Text } from '../../api/fields.js';
import { PageListing } from '../../api/paging.js';
import { Allow } from '../../edge/allow.js';
import { mayReadAsked } from '../../edge/asked-words.js';
import { Ctx } from '../../edge/command-context.js';
import { type Again, submit } from '../../edge/form.js';
import type { Asked } from '../../edge/guard.js';
import { mayActOn } from '../../edge/may.js';
import { ReadYourWrite } from '../../edge/read-your-write.js';
import { Pages } from '../../shell/pages.js';
import { say } from '../../wording/wording.js';
import { listAddress, shownText } from '../list-address.js';
import { requestItem } from './request.view.js';

class AnswerForm {
  @Text(10_000, { missing: 'Enter what you tell the person.' }) answer: string;
  @OneOf(['yes', 'no'], { optional: true }) changed?: 'yes' | 'no';
}

/** One list, oldest first: what people asked of us, who answers it, and the answer. */
@Controller('requests')
@Allow(STAFF)
export class RequestsPages {
  constructor(
    private readonly pages: Pages,
    private readonly queries: QueryBus,
    private readonly commands: CommandBus,
    private readonly vault: Vault,
    private readonly wrote: ReadYourWrite,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  async list(
    @Query() { after, team, status }: PageListing,
    @Req() request: Asked,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const authority = councilOf(request.who);
    const within = authority ? { authority } : {};
    const answered = status === 'answered';
    const page = await this.queries.execute(
      new ListRequests({ limit: 30, answered, ...within, ...(after && { after }), ...(team && { team }) }),
    );
    const teams = await this.queries.execute(new ListTeams({ limit: 200, ...within }));
    const nameOf = new Map(teams.items.map(({ id, name }) => [id, name]));
    const { today } = this.clock.now();
    const variables = {
      title: 'What people asked of us',
      fields: [
        {
          name: 'team',
          label: 'Team',
          value: team,
          options: [{ value: '', text: 'All' }, ...teams.items.map(({ id, name }) => ({ value: id, text: name }))],
        },
        {
          name: 'status',
          label: 'Answer',
          value: status,
          options: [
            { value: '', text: 'Not answered yet' },
            { value: 'answered', text: 'Answered' },
          ],
        },
      ],
      mayAnswer: request.who.kind === 'staff' && RECORDERS.includes(request.who.role),
      items: page.items.map((row) =>
        requestItem(
          row,
          row.team ? nameOf.get(row.team) : undefined,
          today,
          mayReadAsked(request.who, row) ? (ref) => shownText(this.vault, ref) : undefined,
        ),
      ),
      empty: answered ? 'Nothing has been answered yet.' : say('empty.noRequests'),
      next: listAddress('/requests', { team, status }, page.next),
      first: after ? listAddress('/requests', { team, status }, '') : null,
    };
    this.pages.send(request, reply, 'pages/requests/list.njk', variables);
  }

  @Get(':id')
  @Allow(RECORDERS)
  async show(@Param('id', ParseUUIDPipe) id: string, @Req() request: Asked, @Res() reply: FastifyReply): Promise<void> {
    await this.form(request, reply, await this.find(id, request));
  }

  @Post(':id')
  @Allow(RECORDERS)
  async answer(
    @Param('id', ParseUUIDPipe) id: string,
    @Req() request: Asked,
    @Res() reply: FastifyReply,
    @Ctx() context: CommandContext,
  ): Promise<void> {
    const row = await this.find(id, request);
    const done = await submit(AnswerForm, request.body, (form) => this.wrote.after(this.carryOut(row, form, context)));
    if ('problems' in done)
      return this.form(request, reply, row, {
        typed: done.typed,
        problems: done.problems.map((each) => (each.pointer === '/words' ? { ...each, pointer: '/answer' } : each)),
      });
    void reply.redirect('/requests?done=replied', 303);
  }

  private carryOut(row: RequestRow, { answer, changed }: AnswerForm, context: CommandContext): Promise<Acted> {
    if (row.decision)
      return this.commands.execute(
        new AnswerReview(context, row.decision, { request: row.id, words: answer, changed: changed === 'yes' }),
      );
    return this.commands.execute(
      new AnswerRequest(context, row.contribution ?? '', { request: row.id, answer, by: context.actor.role }),
    );
  }

  /** What is answered at the promise itself has no page here. */
  private async find(id: string, request: Asked): Promise<RequestRow> {
    const row = await this.queries.execute(new FindRequest(id));
    if (!row || row.service_change || row.commitment || !mayActOn(request.who, { id, authority: row.authority ?? '' }))
      throw missing('request');
    return row;
  }

  private async form(request: Asked, reply: FastifyReply, row: RequestRow, returned?: Again): Promise<void> {
    const team = row.team ? await this.queries.execute(new FindTeam(row.team)) : undefined;
    const { today } = this.clock.now();
    const variables = {
      title: 'Answer',
      item: requestItem(row, team?.name, today, (ref) => shownText(this.vault, ref)),
      isReview: row.decision !== null,
      action: `/requests/${row.id}`,
      back: { href: '/requests', text: 'What people asked of us' },
    };
    this.pages.send(request, reply, 'pages/requests/answer.njk', variables, returned ? { returned } : {});
  }
}
