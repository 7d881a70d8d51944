import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import { type KeptView, type News, NEWS, PersonAccounts } from '#accounts/person-accounts';
import { Cards } from '#contributions/cards';
import { MagicLinks } from '#identity/magic-links';
import { SharedLimit } from '#identity/shared-limit';
import { Trace } from '#traceability/chain.queries';
import { outcomeOf } from '#traceability/journey';
import { spoken } from '#traceability/show';
import { Vault } from '#vault/vault';
import { Id, OneOf, Text } from '../../api/fields.js';
import { Allow } from '../../edge/allow.js';
import type { FieldProblem } from '../../edge/bad-input.js';
import { Repeatable } from '../../edge/command-context.js';
import { readForm } from '../../edge/form.js';
import type { Asked } from '../../edge/guard.js';
import { CARD_COOKIE, PERSON_COOKIE } from '../../edge/session-cookies.js';
import { WhoIsAsking } from '../../edge/who-is-asking.js';
import { longDate } from '../../shell/dates.js';
import { Pages } from '../../shell/pages.js';
import { say, type WordingKey } from '../../wording/wording.js';
import { NEWS_OPTIONS, newsWords } from './news.view.js';

class ViewForm {
  @Id({ missing: 'Choose one of your views.' }) view: string;
}
class NewsForm {
  @OneOf(NEWS, { missing: 'Choose how we shall send you news.' }) news: News;
  @Text(500, { optional: true }) newsTo?: string;
}
const TEN_MINUTES = 600_000;

/** Somebody's own views across all meetings and teams, once they signed in by e-mail. */
@Controller('my-views')
@Allow('anyone')
export class MyViewsPages {
  private readonly links: MagicLinks;
  private readonly tries: SharedLimit;

  constructor(
    private readonly pages: Pages,
    private readonly asking: WhoIsAsking,
    private readonly persons: PersonAccounts,
    private readonly cards: Cards,
    private readonly queries: QueryBus,
    vault: Vault,
  ) {
    this.links = new MagicLinks(vault);
    // The same count as on the page of one view: codes can be tried nowhere else.
    this.tries = new SharedLimit(vault, 'card-code', 10, TEN_MINUTES);
  }

  @Get()
  async show(@Req() request: Asked, @Res() reply: FastifyReply): Promise<void> {
    const id = this.asking.personOf(request);
    if (!id) return void reply.redirect('/my-views/sign-in', 303);
    await this.page(request, reply, id);
  }

  /** With the code of a card, or the card that is open on this device. */
  @Post('add')
  @Repeatable()
  async add(@Req() request: Asked, @Res() reply: FastifyReply): Promise<void> {
    const id = this.asking.personOf(request);
    if (!id) return void reply.redirect('/my-views/sign-in', 303);
    const body = (request.body ?? {}) as Record<string, unknown>;
    const typed = typeof body['code'] === 'string' ? body['code'].trim() : '';
    const wrong = (detail: string) => this.page(request, reply, id, { code: typed }, [{ pointer: '/code', code: 'code', detail }]);
    if (body['open'] !== 'yes' && typed === '') return wrong('Enter the code from your card.');
    if (body['open'] !== 'yes' && !(await this.tries.allow(request.ip, Date.now()))) return wrong('That was too many tries. Please wait 10 minutes.');
    const found = body['open'] === 'yes' ? await this.asking.cardOf(request) : await this.cards.find(typed);
    if (!found) return wrong('We cannot find that code. Check it and try again.');
    if (body['open'] !== 'yes') await this.tries.forgive(request.ip);
    // A supporter's card opens one view for as long as the person wants; it is not theirs to keep.
    if (found.holder !== 'person') return wrong('This card is for somebody who helps. Use the person’s own card.');
    const { contribution, card } = found;
    // Whoever found a card and kept its view has it no longer once the person was given another.
    const keeper = this.persons.keeperOf(contribution);
    if (keeper && !(await this.cards.open(keeper.card, contribution))) await this.persons.release(keeper.account, contribution);
    if (!(await this.persons.keep(id, { contribution, card }))) return wrong('This view is kept with another e-mail address.');
    void reply.redirect('/my-views?done=saved', 303);
  } // prettier-ignore

  /** From the list to the whole page of one view. */
  @Post('view')
  @Repeatable()
  async open(@Req() request: Asked, @Res() reply: FastifyReply): Promise<void> {
    const id = this.asking.personOf(request);
    if (!id) return void reply.redirect('/my-views/sign-in', 303);
    const { form, problems, typed } = readForm(ViewForm, request.body);
    const kept = this.persons.get(id)?.views.find(({ contribution }) => contribution === form?.view);
    if (!kept || !(await this.cards.open(kept.card, kept.contribution)))
      return this.page(request, reply, id, typed, form ? [{ pointer: '', code: 'card', detail: CANCELLED }] : problems);
    await this.asking.openCard(request, reply, { card: kept.card, contribution: kept.contribution });
    void reply.redirect('/my-view', 303);
  }

  @Post('news')
  @Repeatable()
  async news(@Req() request: Asked, @Res() reply: FastifyReply): Promise<void> {
    const id = this.asking.personOf(request);
    if (!id) return void reply.redirect('/my-views/sign-in', 303);
    const { form, problems, typed } = readForm(NewsForm, request.body);
    const isUnsaid = form && (form.news === 'letter' || form.news === 'text') && !form.newsTo?.trim();
    if (!form || isUnsaid)
      return this.page(request, reply, id, typed, isUnsaid ? [{ pointer: '/newsTo', code: 'where', detail: 'Enter your address or your number.' }] : problems); // prettier-ignore
    const where = form.news === 'letter' || form.news === 'text' ? (form.newsTo?.trim() ?? null) : null;
    await this.persons.wish(id, form.news, where);
    void reply.redirect('/my-views?done=saved', 303);
  }

  @Post('leave')
  @Repeatable()
  async leave(@Req() request: Asked, @Res() reply: FastifyReply): Promise<void> {
    const id = this.asking.personOf(request);
    const everywhere = (request.body as { everywhere?: unknown } | undefined)?.everywhere === 'yes';
    if (id && everywhere) await this.asking.personSessions.endAllOf(id);
    await this.out(request, reply);
  }

  /** The address and the list go; the views stay, and their cards open them. */
  @Post('forget')
  @Repeatable()
  async forget(@Req() request: Asked, @Res() reply: FastifyReply): Promise<void> {
    const id = this.asking.personOf(request);
    if (id) {
      await this.persons.forget(id);
      await this.links.forget(id);
      await this.asking.personSessions.endAllOf(id);
    }
    await this.out(request, reply);
  }

  private async out(request: Asked, reply: FastifyReply): Promise<void> {
    await this.asking.leave(request, reply, PERSON_COOKIE);
    await this.asking.leave(request, reply, CARD_COOKIE);
    void reply.header('clear-site-data', '"cache", "storage"').redirect('/', 303);
  }

  private async page(
    request: Asked,
    reply: FastifyReply,
    id: string,
    typed: Readonly<Record<string, unknown>> = {},
    problems: readonly FieldProblem[] = [],
  ): Promise<void> {
    const account = this.persons.get(id);
    const open = await this.asking.cardOf(request);
    const canAdd = open?.holder === 'person' && !account?.views.some(({ contribution }) => contribution === open.contribution);
    const variables = {
      title: 'My views',
      items: await Promise.all((account?.views ?? []).map((kept) => this.item(kept))),
      canAdd,
      newsOptions: NEWS_OPTIONS,
      news: account?.news,
      newsTo: account?.newsTo,
      newsNow: newsWords(account && { news: account.news, to: account.newsTo ?? '' }),
      address: account?.address,
    };
    this.pages.send(request, reply, 'pages/my-views/my-views.njk', variables, problems.length > 0 ? { returned: { typed, problems } } : {});
  } // prettier-ignore

  private async item({ contribution, card }: KeptView) {
    const isOpen = (await this.cards.open(card, contribution)) !== undefined;
    const chain = isOpen ? await this.queries.execute(new Trace(contribution, 'own')) : undefined;
    const view = chain && outcomeOf(chain)?.view;
    if (!chain || !view) return { id: contribution, cancelled: true };
    return {
      id: contribution,
      words: spoken(view.words) || 'A picture or a recording.',
      told: longDate(view.occurredAt),
      shown: say(`shownAs.${view.attribution}` as WordingKey),
      status: say(`viewStatus.${chain.status}` as WordingKey, 'plain', {}),
    };
  }
}

const CANCELLED = 'The card of this view no longer works. Add the view again with the new code.';
