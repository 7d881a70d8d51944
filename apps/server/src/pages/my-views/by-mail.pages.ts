import { Controller, Get, Inject, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { PersonAccounts } from '#accounts/person-accounts';
import { LINK_LIFE, MagicLinks } from '#identity/magic-links';
import { SealedCookie } from '#identity/sealed-cookie';
import { SharedLimit } from '#identity/shared-limit';
import type { Clock } from '#kernel/aggregate';
import { CLOCK } from '#projections/tokens';
import { Vault } from '#vault/vault';
import type { Config } from '../../config.js';
import { Allow } from '../../edge/allow.js';
import { Repeatable } from '../../edge/command-context.js';
import { clearCookie, cookieOf, setCookie } from '../../edge/cookies.js';
import type { Asked } from '../../edge/guard.js';
import { WhoIsAsking } from '../../edge/who-is-asking.js';
import { isAddress } from '../../mail/address.js';
import { Mailer } from '../../mail/mailer.js';
import { CONFIG, Pages } from '../../shell/pages.js';

const BEGUN_COOKIE = 'throughline_mail';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/**
 * Signing in by e-mail, for participants who want their views together. The link opens a page with a button and nothing
 * else happens: mail scanners fetch links before people do. Known and unknown addresses are treated alike, to the byte.
 */
@Controller('my-views')
@Allow('anyone')
export class ByMailPages {
  private readonly links: MagicLinks;
  private readonly begun: SealedCookie<{ readonly browser: string; readonly code: string }>;
  private readonly asks: SharedLimit;
  private readonly letters: SharedLimit;
  private readonly guesses: SharedLimit;
  private readonly isHttps: boolean;

  constructor(
    private readonly pages: Pages,
    private readonly asking: WhoIsAsking,
    private readonly persons: PersonAccounts,
    private readonly mailer: Mailer,
    vault: Vault,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.links = new MagicLinks(vault);
    this.begun = new SealedCookie(vault.database.master, 'magic-link', LINK_LIFE);
    this.asks = new SharedLimit(vault, 'mail-ask', 10, 10 * MINUTE);
    this.letters = new SharedLimit(vault, 'mail-to', 5, HOUR);
    this.guesses = new SharedLimit(vault, 'mail-open', 10, MINUTE);
    this.isHttps = config.baseUrl.startsWith('https:');
  }

  @Get('sign-in')
  ask(@Req() request: Asked, @Res() reply: FastifyReply): void {
    this.form(request, reply);
  }

  @Post('sign-in')
  @Repeatable()
  async begin(@Req() request: Asked, @Res() reply: FastifyReply): Promise<void> {
    if (!this.mailer.canSend) return this.form(request, reply);
    const typed = (request.body as { email?: unknown } | undefined)?.email;
    const address = typeof typed === 'string' ? typed.trim() : '';
    if (!isAddress(address)) return this.form(request, reply, address, 400, 'Enter your e-mail address, like name@example.org.');
    const now = this.now();
    if (!(await this.asks.allow(request.ip, now)))
      return this.form(request, reply, address, 429, 'That was too many tries. Please wait 10 minutes.');
    const account = this.persons.idOf(address);
    const { token, browser, code } = await this.links.begin(account, address, now);
    // One letter too many for this address is not sent, and nothing here says so.
    if (await this.letters.allow(account, now)) this.mailer.post({ to: address, ...letter(`${this.config.baseUrl}/my-views/open/${token}`) });
    setCookie(reply, BEGUN_COOKIE, this.begun.seal({ browser, code }, now), 'lax', this.isHttps, LINK_LIFE / 1000);
    void reply.redirect('/my-views/sent', 303);
  } // prettier-ignore

  /** Stays open beside the mail: with the code the link also works on another device. */
  @Get('sent')
  sent(@Req() request: Asked, @Res() reply: FastifyReply): void {
    const begun = this.begun.open(cookieOf(request, BEGUN_COOKIE, this.isHttps), this.now());
    if (!begun) return void reply.redirect('/my-views/sign-in', 303);
    const title = 'Look in your e-mail';
    this.pages.send(request, reply, 'pages/my-views/sent.njk', { title, code: begun.code.replace(/(.{3})/, '$1 ') });
  }

  /** Looks nothing up: the page is the same for every link, and opening it uses nothing up. */
  @Get('open/:token')
  arrived(@Param('token') token: string, @Req() request: Asked, @Res() reply: FastifyReply): void {
    this.open(request, reply, token, 200);
  }

  @Post('open/:token')
  @Repeatable()
  async use(@Param('token') token: string, @Req() request: Asked, @Res() reply: FastifyReply): Promise<void> {
    const now = this.now();
    if (!(await this.guesses.allow(request.ip, now)))
      return this.open(request, reply, token, 429, 'That was too many tries. Please wait a minute.');
    const begun = this.begun.open(cookieOf(request, BEGUN_COOKIE, this.isHttps), now);
    const typed = (request.body as { code?: unknown } | undefined)?.code;
    const code = typeof typed === 'string' && typed.trim() !== '' ? typed : undefined;
    const used = await this.links.use(token, { browser: begun?.browser, code }, now);
    if (!used)
      return this.open(request, reply, token, 400, begun ? OVER : `${OVER} On another device, type the code too.`);
    await this.guesses.forgive(request.ip);
    await this.persons.open(used.account, used.address, this.clock.now().today);
    await this.asking.openPerson(request, reply, used.account);
    clearCookie(reply, BEGUN_COOKIE, this.isHttps);
    void reply.redirect('/my-views', 303);
  }

  private open(request: Asked, reply: FastifyReply, token: string, status: number, detail?: string): void {
    const isHere = this.begun.open(cookieOf(request, BEGUN_COOKIE, this.isHttps), this.now()) !== undefined;
    const problems = detail ? [{ pointer: isHere ? '' : '/code', code: 'link', detail }] : [];
    const variables = { title: 'Open my views', action: `/my-views/open/${encodeURIComponent(token)}`, isHere };
    this.pages.send(request, reply, 'pages/my-views/open.njk', variables, {
      status,
      returned: { typed: {}, problems },
    });
  }

  private form(request: Asked, reply: FastifyReply, email = '', status = 200, detail?: string): void {
    const problems = detail ? [{ pointer: '/email', code: 'email', detail }] : [];
    const variables = { title: 'Keep my views together', canSend: this.mailer.canSend, signedIn: this.asking.personOf(request) !== undefined };
    this.pages.send(request, reply, 'pages/my-views/sign-in.njk', variables, { status, returned: { typed: { email }, problems } });
  } // prettier-ignore

  private now(): number {
    return Date.parse(this.clock.now().instant);
  }
}

const OVER = 'This link does not work. It may be older than 10 minutes, or used already. Ask for a new one.';

/** Nothing personal: whoever sees the mail, or only its subject, learns of nobody's views. */
const letter = (link: string) => ({
  subject: 'Your link to Throughline',
  text: [
    'Hello,',
    'you asked for a link to Throughline. Open it, then press the button on the page:',
    link,
    'It works once, for 10 minutes. On another device it also asks for the code that you see where you asked.',
    'You did not ask for this? Then do nothing. Without you, nobody can use it.',
  ].join('\n\n'),
});
