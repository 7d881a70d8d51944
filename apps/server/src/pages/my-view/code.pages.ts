import { Controller, Get, Inject, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { groupedCode } from '#contributions/card';
import { Cards } from '#contributions/cards';
import { SharedLimit } from '#identity/shared-limit';
import type { Clock } from '#kernel/aggregate';
import { CLOCK } from '#projections/tokens';
import { Vault } from '#vault/vault';
import type { Config } from '../../config.js';
import { Allow } from '../../edge/allow.js';
import { Repeatable } from '../../edge/command-context.js';
import type { Asked } from '../../edge/guard.js';
import { CARD_COOKIE, WhoIsAsking } from '../../edge/who-is-asking.js';
import { CONFIG, Pages } from '../../shell/pages.js';
import { qrSymbol } from '../../shell/qr.js';
import { Seal } from '../seal/seal.js';

const TEN_MINUTES = 600_000;

/** A code from a card is exchanged for a cookie, so that it stays out of addresses, logs and referrers. */
@Controller('my-view')
@Allow('anyone')
export class CodePages {
  private readonly tries: SharedLimit;

  constructor(
    private readonly pages: Pages,
    private readonly cards: Cards,
    private readonly seal: Seal,
    private readonly asking: WhoIsAsking,
    vault: Vault,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.tries = new SharedLimit(vault, 'card-code', 10, TEN_MINUTES);
  }

  /** Where the code is typed. */
  @Get('code')
  ask(@Req() request: Asked, @Res() reply: FastifyReply): void {
    this.form(request, reply, 200);
  }

  @Post('code')
  @Repeatable()
  async typed(@Req() request: Asked, @Res() reply: FastifyReply): Promise<void> {
    const typed = (request.body as { code?: unknown } | undefined)?.code;
    await this.exchange(request, reply, typeof typed === 'string' ? typed : '');
  }

  @Post('leave')
  @Repeatable()
  async leave(@Req() request: Asked, @Res() reply: FastifyReply): Promise<void> {
    await this.asking.leave(request, reply, CARD_COOKIE);
    // A tablet is handed on: pages that the browser kept go too.
    void reply.header('clear-site-data', '"cache", "storage"').redirect('/', 303);
  }

  /** The card to write down or print, for the one who has just opened it. */
  @Get('card')
  @Allow('card', 'anyone')
  async card(@Req() request: Asked, @Res() reply: FastifyReply): Promise<void> {
    const card = await this.asking.cardOf(request);
    const code = card && this.cards.codeOf(card.card);
    if (!code) return void reply.redirect('/my-view/code', 303);
    const link = `${this.config.baseUrl}/my-view/${code}`;
    this.pages.send(request, reply, 'pages/my-view/card.njk', {
      title: 'Your card',
      code,
      link,
      qr: qrSymbol(link),
      receipt: await this.seal.receipt(card.contribution),
    });
  }

  /** The address in a QR code: opened once, then gone from the address bar. */
  @Get(':code')
  async scanned(@Param('code') code: string, @Req() request: Asked, @Res() reply: FastifyReply): Promise<void> {
    await this.exchange(request, reply, code);
  }

  private async exchange(request: Asked, reply: FastifyReply, typed: string): Promise<void> {
    if (typed.trim() === '') return this.form(request, reply, 400, 'Enter the code from your card or message.', typed);
    if (!(await this.tries.allow(request.ip, Date.parse(this.clock.now().instant)))) {
      const help = this.config.phone ? ` Or call ${this.config.phone}.` : '';
      return this.form(request, reply, 429, `That was too many tries. Please wait 10 minutes.${help}`, typed);
    }
    const found = await this.cards.find(typed);
    // No hint whether it ever existed: wrong, unknown and cancelled codes read the same.
    if (!found)
      return this.form(
        request,
        reply,
        404,
        `We cannot find that code. Check it and try again.${this.config.phone ? ` Or call ${this.config.phone}.` : ''}`,
        typed,
      );
    await this.tries.forgive(request.ip);
    const { card, contribution } = found;
    await this.asking.openCard(request, reply, { card, contribution });
    void reply.redirect('/my-view', 303);
  }

  private form(request: Asked, reply: FastifyReply, status: number, detail?: string, typed = ''): void {
    const problems = detail ? [{ pointer: '/code', code: 'code', detail }] : [];
    this.pages.send(
      request,
      reply,
      'pages/my-view/code.njk',
      { title: 'What happened to my view' },
      { status, returned: { typed: { code: groupedIfCode(typed) }, problems } },
    );
  }
}

const groupedIfCode = (typed: string): string => (typed.length === 12 ? groupedCode(typed) : typed);
