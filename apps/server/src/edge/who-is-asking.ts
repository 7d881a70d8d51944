import { Inject, Injectable, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { holds } from '#accounts/account';
import { StaffAccounts } from '#accounts/staff-accounts';
import { Cards } from '#contributions/cards';
import { Sessions } from '#identity/sessions';
import { Tokens } from '#identity/tokens';
import { ACROSS, type Who } from '#identity/who';
import type { Clock } from '#kernel/aggregate';
import type { Role } from '#kernel/codes';
import { refuse } from '#kernel/refusal';
import { CLOCK } from '#projections/tokens';
import { Vault } from '#vault/vault';
import type { Config } from '../config.js';
import { CONFIG } from '../shell/pages.js';
import { Counted } from './counted.js';
import { clearCookie, cookieOf, setCookie } from './cookies.js';
import { CARD_COOKIE, PERSON_COOKIE, STAFF_COOKIE } from './session-cookies.js';

export { CARD_COOKIE, STAFF_COOKIE };

const HOUR = 3_600_000;

export interface StaffSession {
  readonly [key: string]: string | null;
  readonly role: Role;
  /** Null: every council. */
  readonly authority: string | null;
  readonly person: string;
  /** Null: the local sign-in without a password, which counts on this computer only. */
  readonly account: string | null;
}

export interface CardSession {
  readonly [key: string]: string;
  readonly card: string;
  readonly contribution: string;
}

type Request = Pick<FastifyRequest, 'cookies' | 'headers'>;

/** Reads who is asking from a bearer token or a session on the server; never from a body or an address. */
@Injectable()
export class WhoIsAsking {
  /** NIST SP 800-63B-4 §2.2.3: an hour without a request; ten hours are a long working day. */
  readonly staffSessions: Sessions<StaffSession>;
  readonly cardSessions: Sessions<CardSession>;
  /** Participants who signed in by e-mail. It opens their own views and is no role. */
  readonly personSessions: Sessions<{ readonly account: string }>;
  private readonly tokens: Tokens;
  private readonly isHttps: boolean;
  private readonly log = new Logger('Security');

  constructor(
    vault: Vault,
    private readonly cards: Cards,
    private readonly accounts: StaffAccounts,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly counted: Counted,
  ) {
    this.isHttps = config.baseUrl.startsWith('https:');
    this.tokens = new Tokens(vault);
    this.staffSessions = new Sessions(vault, 'staff', { idle: HOUR, absolute: 10 * HOUR });
    this.cardSessions = new Sessions(vault, 'card', { idle: HOUR, absolute: 2 * HOUR });
    this.personSessions = new Sessions(vault, 'person', { idle: HOUR, absolute: 8 * HOUR });
  }

  /** `wrong`: a token was given and does not count. The JSON API takes no cookies: a browser sends them unasked. */
  async of(request: FastifyRequest): Promise<Who | 'wrong'> {
    const { authorization } = request.headers;
    if (authorization !== undefined) {
      const bearer = /^Bearer (\S+)$/i.exec(authorization)?.[1];
      if (bearer === undefined) return 'wrong';
      return this.tokens.find(bearer, this.clock.now().instant) ?? (await this.holderOf(bearer)) ?? 'wrong';
    }
    if (request.routeOptions.url?.startsWith('/api/')) return { kind: 'anyone' };
    return (await this.staffOf(request)) ?? (await this.cardOf(request)) ?? { kind: 'anyone' as const };
  }

  private async staffOf(request: Request): Promise<Who | undefined> {
    const session = this.staffSessions.open(this.cookie(request, STAFF_COOKIE), this.now());
    if (!session) return undefined;
    const { role, authority, person, account } = session;
    if (authority === null && !ACROSS.includes(role)) return undefined;
    const within = authority !== null && { authority };
    // A local sign-in made before the server was opened to others must not count there.
    if (account === null) return this.config.localSignIn ? { kind: 'staff', role, ref: person, ...within } : undefined;
    // A role that was taken away, and an account that was stopped, end at the next request in every process.
    if (!holds(await this.accounts.stateOf(account), { role, ...within })) return undefined;
    return { kind: 'staff', role, ref: person, account, ...within };
  }

  /** The card whose code was typed or scanned on this device, if it still counts. A member of staff may hold one open too. */
  async cardOf(request: Request): Promise<Extract<Who, { kind: 'card' }> | undefined> {
    return this.holderOf(this.cookie(request, CARD_COOKIE));
  }

  private async holderOf(secret: string | undefined): Promise<Extract<Who, { kind: 'card' }> | undefined> {
    const session = this.cardSessions.open(secret, this.now());
    const open = session && (await this.cards.open(session.card, session.contribution));
    return open && { kind: 'card', ...open };
  }

  /** The account of a participant who is signed in by e-mail on this device. */
  personOf(request: Request): string | undefined {
    return this.personSessions.open(this.cookie(request, PERSON_COOKIE), this.now())?.account;
  }

  async openPerson(request: Request, reply: FastifyReply, account: string): Promise<void> {
    const before = this.cookie(request, PERSON_COOKIE);
    const secret = await this.personSessions.start(account, { account }, this.now(), before);
    setCookie(reply, PERSON_COOKIE, secret, 'lax', this.isHttps);
    this.counted.add('Somebody signed in by e-mail', 'day');
  }

  /** The card for something that its holder does. @throws Refusal where it was made to look with */
  async actingCardOf(request: Request): Promise<Extract<Who, { kind: 'card' }> | undefined> {
    const card = await this.cardOf(request);
    if (card && !card.mayAct)
      throw refuse('card-only-looks', 'With this card you can look. The person can do this with their own card.');
    return card;
  }

  /** Opens a view on this device; `lax`, so that a scanned code still finds it. */
  async openCard(request: Request, reply: FastifyReply, session: CardSession): Promise<void> {
    const before = this.cookie(request, CARD_COOKIE);
    const secret = await this.cardSessions.start(session.contribution, session, this.now(), before);
    setCookie(reply, CARD_COOKIE, secret, 'lax', this.isHttps);
    this.counted.add('A view was opened with its card', 'day');
  }

  async signIn(request: Request, reply: FastifyReply, session: StaffSession): Promise<void> {
    const before = this.cookie(request, STAFF_COOKIE);
    const secret = await this.staffSessions.start(session.account ?? session.person, session, this.now(), before);
    setCookie(reply, STAFF_COOKIE, secret, 'strict', this.isHttps);
    const way = session.account === null ? 'on this computer' : 'with the sign-in of the council';
    this.log.warn(`Signed in as ${session.role} of ${session.authority ?? 'every council'}, ${way}: ${session.person}`);
  }

  /** The secret that this browser came with. */
  cookie(request: Request, name: string): string | undefined {
    return cookieOf(request, name, this.isHttps);
  }

  /** Ends the session here, in every process, and takes the cookie back. */
  async leave(
    request: Request,
    reply: FastifyReply,
    cookie: typeof CARD_COOKIE | typeof PERSON_COOKIE | typeof STAFF_COOKIE,
  ): Promise<void> {
    const kinds = {
      [CARD_COOKIE]: this.cardSessions,
      [PERSON_COOKIE]: this.personSessions,
      [STAFF_COOKIE]: this.staffSessions,
    };
    await kinds[cookie].end(this.cookie(request, cookie));
    clearCookie(reply, cookie, this.isHttps);
  }

  private now(): number {
    return Date.parse(this.clock.now().instant);
  }
}
