import { Controller, Get, Inject, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import { Authorities } from '#authorities/authorities';
import { FindContribution } from '#contributions/contributions.queries';
import { ReceiveDataRequest } from '#data-requests/data-request.commands';
import { DATA_REQUEST_KINDS } from '#data-requests/data-request.events';
import { acknowledgeDue, answerDue } from '#data-requests/month-clock';
import { createdId } from '#event-store/ids';
import type { CommandContext } from '#event-store/recorder';
import type { Clock } from '#kernel/aggregate';
import { refuse } from '#kernel/refusal';
import { CLOCK } from '#projections/tokens';
import { Allow } from '../../edge/allow.js';
import { Ctx } from '../../edge/command-context.js';
import { type Again, submit } from '../../edge/form.js';
import type { Asked } from '../../edge/guard.js';
import { ReadYourWrite } from '../../edge/read-your-write.js';
import { WhoIsAsking } from '../../edge/who-is-asking.js';
import { longDate } from '../../shell/dates.js';
import { Pages } from '../../shell/pages.js';
import { AskForm } from './data-protection.forms.js';
import { KINDS } from './data-protection.view.js';
import { councilOptions } from '../filters.js';

/** Anyone may ask what is held about them, and complain; nobody needs an account or a form of words. */
@Controller('your-information')
@Allow('anyone')
export class AskAboutInformationPages {
  constructor(
    private readonly pages: Pages,
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly authorities: Authorities,
    private readonly asking: WhoIsAsking,
    private readonly wrote: ReadYourWrite,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  show(@Req() request: Asked, @Res() reply: FastifyReply): void {
    this.form(request, reply);
  }

  @Post()
  async ask(@Req() request: Asked, @Res() reply: FastifyReply, @Ctx() made: CommandContext): Promise<void> {
    // Whoever works for one council may ask another as anyone does.
    const { within: _, ...context } = made;
    const id = createdId(context.commandId, 'data-request');
    const done = await submit(AskForm, request.body, async ({ authority, kind, name, contact, words }) => {
      if (!this.authorities.councils().some(({ code }) => code === authority))
        throw refuse('council-unknown', 'Choose your council.', '/authority');
      const received = { authority, kind, channel: 'online' as const, receivedOn: context.now.today };
      const letter = { name, contact, words: words ?? null };
      const person = await this.knownBy(request, authority);
      await this.wrote.after(this.commands.execute(new ReceiveDataRequest(context, id, received, letter, person)));
      return kind;
    });
    if ('problems' in done) return this.form(request, reply, done);
    void reply.redirect(`/your-information/sent?kind=${done.done}`, 303);
  }

  @Get('sent')
  sent(@Req() request: Asked, @Res() reply: FastifyReply, @Query('kind') kind: unknown): void {
    const { today } = this.clock.now();
    const isComplaint = kind === 'complaint';
    const due = isComplaint ? acknowledgeDue(today) : (answerDue(today, [], false) ?? today);
    const variables = { title: 'We have your request', isComplaint, due: longDate(due) };
    this.pages.send(request, reply, 'pages/data-protection/sent.njk', variables);
  }

  /** With their own card open it is sure whose information it is about. */
  private async knownBy(request: Asked, authority: string) {
    const card = await this.asking.cardOf(request);
    const view = card?.holder === 'person' ? await this.queries.execute(new FindContribution(card.contribution)) : undefined; // prettier-ignore
    if (view?.authority !== authority) return undefined;
    return view.participant ?? view.id;
  }

  private form(request: Asked, reply: FastifyReply, returned?: Again): void {
    const councils = councilOptions(this.authorities.councils());
    const variables = {
      title: 'Ask about your information',
      kinds: DATA_REQUEST_KINDS.map((value) => ({ value, text: KINDS[value] })),
      authorities: [{ value: '', text: 'Choose your council' }, ...councils],
    };
    this.pages.send(request, reply, 'pages/data-protection/ask.njk', variables, returned ? { returned } : {});
  }
}
