import { Controller, Get, Inject, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Authorities } from '#authorities/authorities';
import { ROLES, type Role } from '#kernel/codes';
import { councilOf, STAFF } from '#identity/who';
import { People } from '#participants/people';
import { Code, OneOf, Text } from '../../api/fields.js';
import type { Config } from '../../config.js';
import { Allow } from '../../edge/allow.js';
import { Repeatable } from '../../edge/command-context.js';
import { readForm } from '../../edge/form.js';
import type { Asked } from '../../edge/guard.js';
import { STAFF_COOKIE, WhoIsAsking } from '../../edge/who-is-asking.js';
import { missing } from '#kernel/refusal';
import { CONFIG, Pages } from '../../shell/pages.js';
import { say } from '../../wording/wording.js';
import { councilOptions } from '../filters.js';

/** Only where the name of the role does not say what somebody does. */
const HINTS: Readonly<Partial<Record<Role, string>>> = {
  owner: 'You promised something. You say how far it is, and when it is done.',
  checker: 'You look whether a promise is really done.',
};

const PROXY_HEADERS = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'];

class SignInForm {
  @Text(200, { missing: 'Enter your name.' }) name: string;
  @OneOf(ROLES, { missing: 'Choose your role.' }) role: Role;
  @Code({ missing: 'Choose your council.' }) authority: string;
}

/**
 * Where staff sign in, and out again. Without a connected council, staff on this very computer say who they are: that
 * exists only while the server listens on loopback without a proxy, and every page says that it is a local sign-in.
 */
@Controller()
@Allow('anyone')
export class SignInPages {
  constructor(
    private readonly pages: Pages,
    private readonly people: People,
    private readonly authorities: Authorities,
    private readonly asking: WhoIsAsking,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get('sign-in')
  show(@Req() request: Asked, @Res() reply: FastifyReply): void {
    this.form(request, reply);
  }

  @Post('sign-in')
  @Repeatable()
  async signIn(@Req() request: Asked, @Res() reply: FastifyReply): Promise<void> {
    if (!this.isHere(request)) throw missing('page');
    const returned = readForm(SignInForm, request.body);
    if (!returned.form) return this.form(request, reply, returned);
    const { name, role, authority } = returned.form;
    if (!this.authorities.get(authority)) throw missing('council');
    const person = await this.people.staff(authority, name);
    const within = role === 'administrator' ? null : authority;
    await this.asking.signIn(request, reply, { role, person, account: null, authority: within });
    void reply.redirect('/work', 303);
  }

  /** A page with a button: a link that somebody only follows must not end anything. */
  @Get('sign-out')
  askToSignOut(@Req() request: Asked, @Res() reply: FastifyReply): void {
    this.pages.send(request, reply, 'pages/sign-in/sign-out.njk', { title: 'Sign out' });
  }

  /**
   * The session ends on the server, in every process. Pages and drafts that the browser kept go too; how somebody wants to
   * read stays, so no `cookies` here (Clear-Site-Data, W3C).
   */
  @Post('sign-out')
  @Repeatable()
  async signOut(@Req() request: Asked, @Res() reply: FastifyReply): Promise<void> {
    await this.asking.leave(request, reply, STAFF_COOKIE);
    void reply.header('clear-site-data', '"cache", "storage"').redirect('/', 303);
  }

  private form(request: Asked, reply: FastifyReply, returned?: ReturnType<typeof readForm>): void {
    const roles = STAFF.map((role) => ({ value: role, text: say(`role.${role}`, 'formal'), hint: HINTS[role] }));
    const councils = councilOptions(this.authorities.councils());
    // Whoever is signed in already finds their own council chosen; nobody else one that they did not choose.
    const { who } = request;
    const authorities = who.kind === 'staff' ? councils : [{ value: '', text: 'Choose your council' }, ...councils];
    const own = councilOf(who);
    const providers = this.config.providers.flatMap(({ authority }) => {
      const council = this.authorities.get(authority);
      return council ? [{ name: council.name, href: `/sign-in/with/${authority}` }] : [];
    });
    const title = providers.length > 0 ? 'Sign in' : 'Sign in on this computer';
    const variables = { title, providers, roles, authorities, own, closed: !this.isHere(request) };
    this.pages.send(request, reply, 'pages/sign-in/sign-in.njk', variables, returned ? { returned } : {});
  }

  /**
   * The server listens on loopback only, the request came from this machine, and nothing on this machine passed it on: a
   * proxy says so, and a page of another site that points its own name here (DNS rebinding) still asks for that name.
   */
  private isHere({ headers, socket }: Asked): boolean {
    const isPassedOn = PROXY_HEADERS.some((name) => headers[name] !== undefined);
    return (
      this.config.localSignIn &&
      !isPassedOn &&
      /^(127\.|::1$|::ffff:127\.)/.test(socket.remoteAddress ?? '') &&
      /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/.test(headers.host ?? '')
    );
  }
}
