import { Controller, Get, Inject, Param, ParseUUIDPipe, Post, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import { CorrectContribution, GiveReply } from '#contributions/contribution.commands';
import { type ContributionRow } from '#contributions/contributions.queries';
import type { CommandContext } from '#event-store/recorder';
import { RECORDERS } from '#identity/who';
import type { Clock } from '#kernel/aggregate';
import { londonDay, londonInstant } from '#kernel/time';
import { People } from '#participants/people';
import { CLOCK } from '#projections/tokens';
import { Trace } from '#traceability/chain.queries';
import { spoken } from '#traceability/show';
import { Vault } from '#vault/vault';
import { Allow } from '../../edge/allow.js';
import { Ctx } from '../../edge/command-context.js';
import { type Again, attempt, readForm, submit } from '../../edge/form.js';
import type { Asked } from '../../edge/guard.js';
import { ownView } from '../../edge/own-view.js';
import { mustBelong } from '../../edge/must-belong.js';
import { ReadYourWrite } from '../../edge/read-your-write.js';
import { Pages } from '../../shell/pages.js';
import { shownText } from '../list-address.js';
import { FORMAT_OPTIONS } from '../tell-us/tell-us.view.js';
import { FixForm, ReplyForm } from './views.forms.js';

export const CHANNELS = [
  { value: 'read-aloud', text: 'I read it aloud to them' },
  { value: 'in-person', text: 'I told them face to face' },
  { value: 'phone', text: 'By phone' },
  { value: 'letter', text: 'By letter' },
  { value: 'email', text: 'By e-mail' },
  { value: 'text', text: 'By text message' },
];

/** A reply that somebody gave by hand is written down, and a mistake in our notes is fixed where everyone can see it. */
@Controller('views/:id')
@Allow(RECORDERS)
export class ReplyPages {
  constructor(
    private readonly pages: Pages,
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly people: People,
    private readonly vault: Vault,
    private readonly wrote: ReadYourWrite,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('reply')
  async show(@Param('id', ParseUUIDPipe) id: string, @Req() request: Asked, @Res() reply: FastifyReply): Promise<void> {
    const row = await ownView(this.queries, request.who, id);
    const person = row.participant ? this.people.get(row.participant) : undefined;
    const typed = { day: this.clock.now().today, format: person?.format ?? 'plain' };
    await this.replyForm(request, reply, row, { typed, problems: [] });
  }

  @Post('reply')
  async give(
    @Param('id', ParseUUIDPipe) id: string,
    @Req() request: Asked,
    @Res() reply: FastifyReply,
    @Ctx() context: CommandContext,
  ): Promise<void> {
    const row = await ownView(this.queries, request.who, id);
    const returned = readForm(ReplyForm, request.body);
    if (!returned.form) return this.replyForm(request, reply, row, returned);
    const { day, by, ...form } = returned.form;
    await mustBelong(this.queries, { authority: row.authority, ...(form.about && { decision: form.about }) });
    const { today, instant } = context.now;
    // Said today is said just now; an earlier day has no time of its own, and its evening is the honest bound.
    const noon = londonInstant(day, '12:00');
    const givenAt = day === today ? instant : londonDay(row.occurred_at) === day ? latest(noon, row.occurred_at) : noon;
    const given = await attempt(async () =>
      this.wrote.after(
        this.commands.execute(
          new GiveReply(context, id, {
            ...form,
            givenAt,
            by,
            byRole: context.actor.role,
            byPerson: await this.people.staff(row.authority, by),
          }),
        ),
      ),
    );
    if ('problems' in given)
      return this.replyForm(request, reply, row, {
        typed: returned.typed,
        problems: given.problems.map((each) => (each.pointer === '/givenAt' ? { ...each, pointer: '/day' } : each)),
      });
    void reply.redirect(`/views/${id}/team?done=replied`, 303);
  }

  @Get('fix')
  async fixPage(
    @Param('id', ParseUUIDPipe) id: string,
    @Req() request: Asked,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const row = await ownView(this.queries, request.who, id);
    this.fixForm(request, reply, row, { typed: { words: shownText(this.vault, row.words) }, problems: [] });
  }

  @Post('fix')
  async fix(
    @Param('id', ParseUUIDPipe) id: string,
    @Req() request: Asked,
    @Res() reply: FastifyReply,
    @Ctx() context: CommandContext,
  ): Promise<void> {
    const row = await ownView(this.queries, request.who, id);
    const fixed = await submit(FixForm, request.body, (form) =>
      this.wrote.after(this.commands.execute(new CorrectContribution(context, id, form))),
    );
    if ('problems' in fixed) return this.fixForm(request, reply, row, fixed);
    void reply.redirect(`/views/${id}/team?done=saved`, 303);
  }

  private async replyForm(request: Asked, reply: FastifyReply, row: ContributionRow, returned: Again): Promise<void> {
    const chain = await this.queries.execute(new Trace(row.id, 'staff'));
    const about = (chain?.decisions ?? []).map(({ id, statement }) => ({ value: id, text: spoken(statement) }));
    const person = row.participant ? this.people.get(row.participant) : undefined;
    const variables = {
      title: 'Write down a reply',
      words: row.words ? shownText(this.vault, row.words) : 'A picture or a recording',
      person,
      channels: CHANNELS,
      formats: FORMAT_OPTIONS,
      about: [{ value: '', text: 'Only that we heard them' }, ...about],
      action: `/views/${row.id}/reply`,
      back: { href: `/views/${row.id}/team` },
    };
    this.pages.send(request, reply, 'pages/views/reply.njk', variables, { returned });
  }

  private fixForm(request: Asked, reply: FastifyReply, row: ContributionRow, returned: Again): void {
    const variables = {
      title: 'Fix our notes',
      action: `/views/${row.id}/fix`,
      back: { href: `/views/${row.id}/team` },
    };
    this.pages.send(request, reply, 'pages/views/fix.njk', variables, { returned });
  }
}

const latest = (one: string, other: string): string => (one > other ? one : other);
