import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { type Command, CommandBus, QueryBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import { Cards, type OpenCard } from '#contributions/cards';
import {
  ChangeAttribution,
  GiveContribution,
  IssueCard,
  MakeRequest,
  WithdrawContribution,
} from '#contributions/contribution.commands';
import { FindContribution } from '#contributions/contributions.queries';
import { createdId } from '#event-store/ids';
import type { Acted, CommandContext } from '#event-store/recorder';
import type { Attribution, Capacity } from '#kernel/codes';
import { missing, refuse } from '#kernel/refusal';
import { Allow } from '../../edge/allow.js';
import { Ctx } from '../../edge/command-context.js';
import type { FieldProblem } from '../../edge/bad-input.js';
import { type Again, attempt, readForm } from '../../edge/form.js';
import type { Asked } from '../../edge/guard.js';
import { NAME_FOUND, namesProblems } from '../../edge/names-problem.js';
import { mustBeThePerson } from '../../edge/own-view.js';
import { ReadYourWrite } from '../../edge/read-your-write.js';
import { type CardSession, WhoIsAsking } from '../../edge/who-is-asking.js';
import { Pages } from '../../shell/pages.js';
import { type Ask, askOf } from './asks.js';
import { AskForm } from './asks.form.js';

/** Everything a person may ask of us about their own view: each is an event, none is a dead end. */
@Controller('my-view/ask')
@Allow('anyone')
export class AsksPages {
  constructor(
    private readonly pages: Pages,
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly asking: WhoIsAsking,
    private readonly wrote: ReadYourWrite,
  ) {}

  @Get(':kind')
  async show(@Param('kind') kind: string, @Req() request: Asked, @Res() reply: FastifyReply): Promise<void> {
    const ask = askOf(kind);
    if (!ask) throw missing('page');
    if (!(await this.cardFor(ask, request))) return void reply.redirect('/my-view/code', 303);
    this.form(request, reply, ask);
  }

  @Post(':kind')
  async ask(
    @Param('kind') kind: string,
    @Req() request: Asked,
    @Res() reply: FastifyReply,
    @Ctx() made: CommandContext,
  ): Promise<void> {
    const ask = askOf(kind);
    if (!ask) throw missing('page');
    const card = await this.cardFor(ask, request);
    if (!card) return void reply.redirect('/my-view/code', 303);
    const context = {
      ...made,
      actor: { role: card.holder === 'person' ? 'participant' : 'supporter', ref: card.contribution },
    };
    const returned = readForm(AskForm, request.body);
    if (!returned.form) return this.form(request, reply, ask, returned);
    const form = returned.form;
    const names =
      ask.kind === 'more-to-say' && !form.namesSeen ? await this.namesIn(card.contribution, form.words ?? '') : [];
    if (names.length > 0) return this.form(request, reply, ask, { typed: returned.typed, problems: names });
    const result = await attempt(() => this.carryOut(ask, card, form, context));
    if ('problems' in result)
      return this.form(request, reply, ask, { typed: returned.typed, problems: result.problems });
    if (result.done.opens) await this.asking.openCard(request, reply, result.done.opens);
    void reply.redirect(result.done.goTo, 303);
  }

  /** The card that somebody asks with. Whoever may only look may still ask to be called. @throws Refusal */
  private async cardFor({ kind }: Ask, request: Asked) {
    const card = await (kind === 'call-me' ? this.asking.cardOf(request) : this.asking.actingCardOf(request));
    if (card && kind === 'more-to-say') mustBeThePerson(card);
    return card;
  }

  private async carryOut(
    ask: Ask,
    card: Pick<OpenCard, 'card' | 'contribution' | 'holder'>,
    form: AskForm,
    context: CommandContext,
  ): Promise<{ goTo: string; opens?: CardSession }> {
    const id = card.contribution;
    const words = form.words?.trim() ?? '';
    if (ask.box?.required && words === '') throw refuse('words-missing', 'Enter your words.', '/words');
    const run = (command: Command<Acted>) => this.wrote.after(this.commands.execute(command));
    switch (ask.kind) {
      case 'take-back':
        await run(new WithdrawContribution(context, id, words));
        return { goTo: '/my-view?done=withdrawn' };
      case 'change-how-shown':
        if (!form.choice) throw refuse('choice-missing', 'Choose how we shall show it.', '/choice');
        await run(new ChangeAttribution(context, id, form.choice));
        return { goTo: '/my-view?done=shown' };
      case 'more-to-say': {
        const added = await this.addTo(id, words, context);
        return { goTo: '/my-view/card?done=recorded', opens: added };
      }
      case 'lost-card': {
        // A supporter asks the team: with a card made here they would be taken for the person.
        if (card.holder !== 'person') throw missing('page');
        const next = createdId(context.commandId, 'card');
        await run(new IssueCard(context, id, { card: next, holder: 'person', replaces: card.card }));
        return { goTo: '/my-view/card?done=card', opens: { card: next, contribution: id } };
      }
      default: {
        const request = createdId(context.commandId, 'request');
        await run(
          new MakeRequest(context, id, {
            request,
            kind: ask.kind,
            ...(words && { note: words }),
            ...(form.contact && { contact: form.contact }),
          }),
        );
        return { goTo: '/my-view?done=asked' };
      }
    }
  }

  /** What is added is shown as the first view is. */
  private async namesIn(id: string, words: string): Promise<FieldProblem[]> {
    const first = await this.queries.execute(new FindContribution(id));
    return namesProblems({ words, attribution: first?.attribution ?? 'group' });
  }

  private async addTo(id: string, words: string, context: CommandContext): Promise<CardSession> {
    const first = await this.queries.execute(new FindContribution(id));
    if (!first) throw missing('view');
    const contribution = createdId(context.commandId, 'contribution');
    const card = Cards.firstCardOf(contribution);
    await this.wrote.after(
      this.commands.execute(
        new GiveContribution(context, contribution, {
          authority: first.authority,
          ...(first.team && { team: first.team }),
          ...(first.participant && { participant: first.participant }),
          words,
          channel: 'online',
          capacity: first.capacity as Capacity,
          voice: 'own',
          attribution: first.attribution as Attribution,
          addsTo: id,
          card,
        }),
      ),
    );
    return { card, contribution };
  }

  private form(request: Asked, reply: FastifyReply, ask: Ask, returned?: Again): void {
    this.pages.send(
      request,
      reply,
      'pages/my-view/ask.njk',
      {
        title: ask.title,
        ask,
        askAboutNames: returned?.problems.some(({ code }) => code === NAME_FOUND) ?? false,
        back: { href: '/my-view' },
      },
      returned ? { returned } : {},
    );
  }
}
