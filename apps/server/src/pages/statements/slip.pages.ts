import { Controller, Get, Inject, Param, ParseIntPipe, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { SharedLimit } from '#identity/shared-limit';
import type { Clock } from '#kernel/aggregate';
import { CLOCK } from '#projections/tokens';
import { sittingsOf } from '#statements/round';
import { RoundSlips, sittingOf } from '#statements/round-slips';
import { SlipNames } from '#statements/slip-names';
import { Vault } from '#vault/vault';
import type { Config } from '../../config.js';
import { Allow } from '../../edge/allow.js';
import { AskedHere, type AskSession } from '../../edge/asked-here.js';
import { Repeatable } from '../../edge/command-context.js';
import type { Asked } from '../../edge/guard.js';
import { longDate } from '../../shell/dates.js';
import { CONFIG, Pages } from '../../shell/pages.js';
import { RoundDesk } from '../../statements/round-desk.js';

const TEN_MINUTES = 600_000;

/** The twice-a-year check, for whoever holds a slip: a few questions at a time, and back again with the same code. */
@Controller('check')
@Allow('anyone')
export class SlipPages {
  private readonly tries: SharedLimit;

  constructor(
    private readonly pages: Pages,
    private readonly asked: AskedHere,
    private readonly slips: RoundSlips,
    private readonly names: SlipNames,
    private readonly desk: RoundDesk,
    vault: Vault,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.tries = new SharedLimit(vault, 'round-slip', 10, TEN_MINUTES);
  }

  @Get()
  code(@Req() request: Asked, @Res() reply: FastifyReply): void {
    this.form(request, reply, 200);
  }

  @Post()
  @Repeatable()
  async typed(@Req() request: Asked, @Res() reply: FastifyReply): Promise<void> {
    const typed = (request.body as { code?: unknown } | undefined)?.code;
    await this.exchange(request, reply, typeof typed === 'string' ? typed : '');
  }

  /** A few at a time, each to be skipped; who has enough comes back another day. */
  @Get('sittings')
  sittings(@Req() request: Asked, @Res() reply: FastifyReply): void {
    const session = this.sessionOf(request);
    const round = session && this.slips.round(session.about);
    if (!session?.by || !round) return void reply.redirect('/check', 303);
    const { by } = session;
    const { today } = this.clock.now();
    const parts = sittingsOf(this.desk.askedIn(round)).map((statements, n) => {
      const done = statements.filter((statement) => {
        const name = this.names.of({ by, occasion: 'campaign', about: round.id, statement }, today);
        return this.names.isAnswered(name);
      }).length;
      return { n: n + 1, of: statements.length, done, isDone: done === statements.length };
    });
    const variables = { title: 'How do we work with you?', parts, until: longDate(round.until) };
    this.pages.send(request, reply, 'pages/statements/sittings.njk', variables);
  }

  @Post('sittings/:n')
  @Repeatable()
  begin(@Param('n', ParseIntPipe) n: number, @Req() request: Asked, @Res() reply: FastifyReply): void {
    const session = this.sessionOf(request);
    const round = session && this.slips.round(session.about);
    const statements = round && sittingsOf(this.desk.askedIn(round))[n - 1];
    if (!session || !statements) return void reply.redirect('/check', 303);
    // Who answers is asked once, not in every sitting.
    const next = session.voice ? '/statements/ask/1' : '/statements/ask';
    void this.asked.start(reply, { ...session, statements }).redirect(next, 303);
  }

  @Post('leave')
  @Repeatable()
  leave(@Res() reply: FastifyReply): void {
    void this.asked.end(reply).redirect('/', 303);
  }

  /** The address in a QR code: opened once, then gone from the address bar. */
  @Get(':code')
  async scanned(@Param('code') code: string, @Req() request: Asked, @Res() reply: FastifyReply): Promise<void> {
    await this.exchange(request, reply, code);
  }

  private async exchange(request: Asked, reply: FastifyReply, typed: string): Promise<void> {
    if (typed.trim() === '') return this.form(request, reply, 400, 'Enter the code from your slip.', typed);
    if (!(await this.tries.allow(request.ip, Date.parse(this.clock.now().instant)))) {
      const help = this.config.phone ? ` Or call ${this.config.phone}.` : '';
      return this.form(request, reply, 429, `That was too many tries. Please wait 10 minutes.${help}`, typed);
    }
    const slip = this.slips.find(typed);
    if (!slip)
      return this.form(request, reply, 404, 'We cannot find that code, or its last day is over. Check it and try again.', typed); // prettier-ignore
    await this.tries.forgive(request.ip);
    const { id, authority, team } = slip.round;
    const statements = sittingsOf(this.desk.askedIn(slip.round))[0] ?? [];
    const session = { authority, ...(team && { team }), occasion: 'campaign' as const, about: id, statements, bySupporter: false, by: sittingOf(slip) }; // prettier-ignore
    void this.asked.start(reply, session).redirect('/check/sittings', 303);
  }

  private sessionOf(request: Asked): AskSession | undefined {
    const session = this.asked.of(request);
    return session?.occasion === 'campaign' ? session : undefined;
  }

  private form(request: Asked, reply: FastifyReply, status: number, detail?: string, typed = ''): void {
    const problems = detail ? [{ pointer: '/code', code: 'code', detail }] : [];
    const returned = { typed: { code: typed }, problems };
    this.pages.send(request, reply, 'pages/statements/check.njk', { title: 'The check twice a year' }, { status, returned }); // prettier-ignore
  }
}
