import { Controller, Get, Inject, Param, ParseUUIDPipe, Post, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import { Cards } from '#contributions/cards';
import { FindCards } from '#contributions/cards.queries';
import { CancelCard, IssueCard } from '#contributions/contribution.commands';
import { createdId } from '#event-store/ids';
import type { Acted, CommandContext } from '#event-store/recorder';
import { RECORDERS } from '#identity/who';
import { missing, refuse } from '#kernel/refusal';
import { Trace } from '#traceability/chain.queries';
import type { Config } from '../../config.js';
import { Allow } from '../../edge/allow.js';
import { Ctx } from '../../edge/command-context.js';
import { type Again, submit } from '../../edge/form.js';
import type { Asked } from '../../edge/guard.js';
import { ownView } from '../../edge/own-view.js';
import { ReadYourWrite } from '../../edge/read-your-write.js';
import { longDate } from '../../shell/dates.js';
import { CONFIG, Pages } from '../../shell/pages.js';
import { qrSymbol } from '../../shell/qr.js';
import { CardForm } from './views.forms.js';

const MOST_BLANKS = 80;
const WHOSE = { person: 'The person’s card', supporter: 'A supporter’s card', family: 'The family’s card' } as const;

/** Cards for a room without a printer, and what to do when one is lost, shared or no longer wanted. */
@Controller()
@Allow(RECORDERS)
export class CardsPages {
  constructor(
    private readonly pages: Pages,
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly cards: Cards,
    private readonly wrote: ReadYourWrite,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get('views/:id/cards')
  async show(@Param('id', ParseUUIDPipe) id: string, @Req() request: Asked, @Res() reply: FastifyReply): Promise<void> {
    await ownView(this.queries, request.who, id);
    await this.page(request, reply, id);
  }

  @Post('views/:id/cards')
  async change(
    @Param('id', ParseUUIDPipe) id: string,
    @Req() request: Asked,
    @Res() reply: FastifyReply,
    @Ctx() context: CommandContext,
  ): Promise<void> {
    await ownView(this.queries, request.who, id);
    const done = await submit(CardForm, request.body, async (form) => {
      await this.wrote.after(this.carryOut(id, form, context));
      return form.do === 'cancel' ? 'cancelled' : 'card';
    });
    if ('problems' in done) return this.page(request, reply, id, done);
    void reply.redirect(`/views/${id}/cards?done=${done.done}`, 303);
  }

  @Get('cards/blank')
  blank(@Req() request: Asked, @Res() reply: FastifyReply): void {
    this.blankForm(request, reply);
  }

  /** Codes are made when they are printed; none opens anything until it is bound to a view. */
  @Post('cards/blank')
  async print(@Req() request: Asked, @Res() reply: FastifyReply): Promise<void> {
    const typed = (request.body ?? {}) as Record<string, unknown>;
    const count = typeof typed['count'] === 'string' && /^\d{1,3}$/.test(typed['count']) ? Number(typed['count']) : 0;
    if (count < 1 || count > MOST_BLANKS)
      return this.blankForm(request, reply, {
        typed,
        problems: [{ pointer: '/count', code: 'count-wrong', detail: `Enter a number from 1 to ${MOST_BLANKS}.` }],
      });
    const codes = await this.cards.preprint(count);
    const variables = {
      title: 'Cards to hand out',
      cards: codes.map((code) => ({ code, qr: qrSymbol(`${this.config.baseUrl}/my-view/${code}`) })),
      back: { href: '/work', text: 'My work' },
    };
    this.pages.send(request, reply, 'pages/views/blank-sheet.njk', variables);
  }

  private async carryOut(id: string, form: CardForm, context: CommandContext): Promise<Acted> {
    const { card, code } = form;
    const agreed = form.do === 'family' ? form.familyAsked : form.agreed;
    switch (form.do) {
      case 'cancel':
        if (!card) throw missing('card');
        return this.commands.execute(new CancelCard(context, id, { card, reason: form.reason ?? 'lost' }));
      case 'bind': {
        const bound = await this.cards.bind(code ?? '', id);
        // Wrong, unknown and taken codes read the same: a code must not be tried out here either.
        if (!bound) throw refuse('code-wrong', 'We cannot use that code. Check it, or take another card.', '/code');
        return this.commands.execute(new IssueCard(context, id, { card: bound, holder: 'person' }));
      }
      case 'reissue':
      case 'supporter':
      case 'family': {
        const next = createdId(context.commandId, 'card');
        const holder = form.do === 'reissue' ? 'person' : form.do;
        return this.commands.execute(
          new IssueCard(context, id, {
            card: next,
            holder,
            ...(holder === 'supporter' && { scope: form.scope ?? 'see' }),
            ...(agreed !== undefined && { agreed }),
            ...(card && form.do === 'reissue' && { replaces: card }),
          }),
        );
      }
    }
  }

  private async page(request: Asked, reply: FastifyReply, id: string, returned?: Again): Promise<void> {
    const chain = await this.queries.execute(new Trace(id, 'staff'));
    const cards = await this.queries.execute(new FindCards(id));
    const variables = {
      title: 'Cards of this view',
      action: `/views/${id}/cards`,
      repliesEnded: chain?.contributions.find((each) => each.id === id)?.repliesEnded ?? false,
      cards: cards.map((each) => {
        const code = each.cancelled_at === null ? this.cards.codeOf(each.card) : undefined;
        return {
          card: each.card,
          whose: WHOSE[each.holder],
          may: each.holder === 'supporter' ? (each.mayAct ? 'May see and answer' : 'May see') : '',
          issued: longDate(each.issued_at),
          cancelled: longDate(each.cancelled_at),
          isPerson: each.holder === 'person',
          code,
          qr: code && qrSymbol(`${this.config.baseUrl}/my-view/${code}`),
        };
      }),
      back: { href: `/views/${id}/team` },
    };
    this.pages.send(request, reply, 'pages/views/cards.njk', variables, returned ? { returned } : {});
  }

  private blankForm(request: Asked, reply: FastifyReply, returned?: Again): void {
    const variables = { title: 'Print cards before the meeting', back: { href: '/work', text: 'My work' } };
    this.pages.send(request, reply, 'pages/views/blank.njk', variables, returned ? { returned } : {});
  }
}
