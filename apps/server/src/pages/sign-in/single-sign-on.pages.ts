import { Controller, Get, HttpException, Inject, Logger, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { HeldRole, RoleAsked } from '#accounts/account';
import { Authorities } from '#authorities/authorities';
import { STAFF } from '#identity/who';
import type { Role } from '#kernel/codes';
import { missing } from '#kernel/refusal';
import type { Config } from '../../config.js';
import { Allow } from '../../edge/allow.js';
import { Repeatable } from '../../edge/command-context.js';
import { clearCookie, cookieOf, setCookie } from '../../edge/cookies.js';
import type { Asked } from '../../edge/guard.js';
import { CONFIG, Pages } from '../../shell/pages.js';
import { safeNext } from '../../sign-on/safe-next.js';
import { SignOnRefused, SingleSignOn } from '../../sign-on/single-sign-on.js';
import { say } from '../../wording/wording.js';
import { StaffDesk } from './staff-desk.js';

const BEGUN_COOKIE = 'throughline_sign_on';
/** Seconds. */
const TEN_MINUTES = 600;

/** Staff sign in with their own council's account (OpenID Connect). */
@Controller('sign-in')
@Allow('anyone')
export class SingleSignOnPages {
  private readonly log = new Logger('SignOn');
  private readonly isHttps: boolean;

  constructor(
    private readonly pages: Pages,
    private readonly signOn: SingleSignOn,
    private readonly desk: StaffDesk,
    private readonly authorities: Authorities,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    this.isHttps = config.baseUrl.startsWith('https:');
  }

  /** Off to the council's own sign-in. A link and not a form: our own policy lets no form lead to another site. */
  @Get('with/:authority')
  async begin(
    @Param('authority') authority: string,
    @Query('next') next: unknown,
    @Req() request: Asked,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const provider = this.signOn.of(authority);
    if (!provider || !this.authorities.get(authority)) throw missing('page');
    try {
      const { to, cookie } = await this.signOn.begin(provider, safeNext(next));
      // Lax: the browser comes back from another site.
      setCookie(reply, BEGUN_COOKIE, cookie, 'lax', this.isHttps, TEN_MINUTES);
      void reply.header('cache-control', 'no-store').redirect(to, 303);
    } catch (error) {
      this.refused(request, reply, error);
    }
  }

  @Get('return/:authority')
  async back(@Param('authority') authority: string, @Req() request: Asked, @Res() reply: FastifyReply): Promise<void> {
    const provider = this.signOn.of(authority);
    if (!provider) throw missing('page');
    const cookie = cookieOf(request, BEGUN_COOKIE, this.isHttps);
    clearCookie(reply, BEGUN_COOKIE, this.isHttps);
    try {
      if (request.headers.host !== new URL(this.config.baseUrl).host) throw new SignOnRefused('host');
      const signedOn = await this.signOn.finish(provider, request.url.split('?')[1] ?? '', cookie);
      const held = await this.desk.welcome(request, reply, authority, signedOn);
      // A page and not a redirect: a strict cookie is not sent on a redirect that another site began.
      this.welcome(request, reply, held, signedOn.next);
    } catch (error) {
      this.refused(request, reply, error);
    }
  }

  /** For whoever has more than one role. */
  @Get('role')
  @Allow(STAFF)
  async roles(@Req() request: Asked, @Res() reply: FastifyReply): Promise<void> {
    const held = await this.desk.rolesOf(request);
    if (held.length < 2) return void reply.redirect('/work', 303);
    this.welcome(request, reply, held, '/work');
  }

  @Post('role')
  @Allow(STAFF)
  @Repeatable()
  async change(@Req() request: Asked, @Res() reply: FastifyReply): Promise<void> {
    const chosen = (request.body as { role?: unknown } | undefined)?.role;
    const asked = typeof chosen === 'string' ? chosenRole(chosen) : undefined;
    if (!asked || !(await this.desk.change(request, reply, asked)))
      throw new HttpException('You do not have this role. Choose one of yours.', 403);
    void reply.redirect('/work', 303);
  }

  private welcome(request: Asked, reply: FastifyReply, held: readonly HeldRole[], next: string): void {
    const roles = held.map(({ role, authority }) => ({
      value: `${role} ${authority ?? ''}`.trim(),
      text: `${say(`role.${role}`, 'formal')}, ${authority ? (this.authorities.get(authority)?.name ?? authority) : 'every council'}`,
    }));
    const several = roles.length > 1;
    const title = several ? 'What are you working as today?' : 'You are signed in';
    this.pages.send(request, reply, 'pages/sign-in/signed-in.njk', {
      title,
      several,
      roles,
      own: roles[0]?.value,
      next,
    });
  }

  /** Every reason reads nearly the same: whoever tries things out learns nothing, whoever is stuck learns what to do. */
  private refused(request: Asked, reply: FastifyReply, error: unknown): void {
    if (!(error instanceof SignOnRefused)) throw error;
    this.log.warn(`Refused: ${error.reason}`);
    const isAway = error.reason.startsWith('no discovery');
    const isOut = error.reason === 'no role' || error.reason === 'stopped';
    this.pages.send(
      request,
      reply,
      'pages/sign-in/refused.njk',
      { title: 'We could not sign you in', isAway, isOut },
      { status: isAway ? 503 : isOut ? 403 : 400 },
    );
  }
}

const chosenRole = (chosen: string): RoleAsked | undefined => {
  const [role = '', authority] = chosen.split(' ');
  return STAFF.includes(role as Role) ? { role: role as Role, ...(authority && { authority }) } : undefined;
};
