import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Cards } from '#contributions/cards';
import type { Capacity, Role, Voice } from '#kernel/codes';
import { SealedCookie } from '#identity/sealed-cookie';
import { Tokens } from '#identity/tokens';
import type { Who } from '#identity/who';
import type { Occasion } from '#statements/statement.events';
import { Vault } from '#vault/vault';
import type { Config } from '../config.js';
import { CONFIG } from '../shell/pages.js';

const HOUR = 3_600_000;

export interface StaffSession {
  readonly role: Role;
  readonly authority?: string;
  readonly person: string;
}

export interface CardSession {
  readonly card: string;
  readonly contribution: string;
}

/** Some statements put to people on this device, and nothing else: no right of whoever handed it over. */
export interface AskSession {
  readonly authority: string;
  readonly occasion: Occasion;
  /** The meeting or the view that is asked about. */
  readonly about: string;
  readonly statements: readonly string[];
  readonly bySupporter: boolean;
  readonly capacity?: Capacity;
  /** Who answers now: one sitting at a shared device, or the holder of a card. */
  readonly by?: string;
  readonly voice?: Voice;
}

/** Reads who is asking from a bearer token or a sealed cookie; never from a body or a URL. */
@Injectable()
export class WhoIsAsking {
  readonly staffCookie: SealedCookie<StaffSession>;
  readonly cardCookie: SealedCookie<CardSession>;
  readonly askCookie: SealedCookie<AskSession>;
  private readonly tokens: Tokens;
  private readonly isHttps: boolean;

  constructor(
    vault: Vault,
    private readonly cards: Cards,
    @Inject(CONFIG) config: Config,
  ) {
    this.isHttps = config.baseUrl.startsWith('https:');
    this.tokens = new Tokens(vault);
    this.staffCookie = new SealedCookie(vault.database.master, 'staff', 10 * HOUR);
    this.cardCookie = new SealedCookie(vault.database.master, 'card', 2 * HOUR);
    this.askCookie = new SealedCookie(vault.database.master, 'ask', 3 * HOUR);
  }

  /** `wrong`: a token was given and does not count. */
  async of(request: FastifyRequest): Promise<Who | 'wrong'> {
    const bearer = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
    if (request.headers.authorization !== undefined) return (bearer && this.tokens.find(bearer)) || 'wrong';
    const staff = this.staffCookie.open(request.cookies[nameOf(STAFF_COOKIE, this.isHttps)], Date.now());
    if (staff)
      return {
        kind: 'staff',
        role: staff.role,
        ref: staff.person,
        ...(staff.authority && { authority: staff.authority }),
      };
    return (await this.cardOf(request)) ?? { kind: 'anyone' };
  }

  /** The card whose code was typed or scanned on this device, if it still counts. A member of staff may hold one open too. */
  async cardOf(request: FastifyRequest): Promise<Extract<Who, { kind: 'card' }> | undefined> {
    const session = this.cardCookie.open(request.cookies[nameOf(CARD_COOKIE, this.isHttps)], Date.now());
    const open = session && (await this.cards.open(session.card, session.contribution));
    return open && { kind: 'card', ...open };
  }

  /** Opens a view on this device; `lax`, so that a scanned code still finds it. */
  openCard(reply: FastifyReply, session: CardSession): FastifyReply {
    return this.set(reply, CARD_COOKIE, this.cardCookie.seal(session, Date.now()), 'lax');
  }

  signIn(reply: FastifyReply, session: StaffSession): FastifyReply {
    return this.set(reply, STAFF_COOKIE, this.staffCookie.seal(session, Date.now()), 'strict');
  }

  /** The statements that are asked on this device, if any. */
  askedOn(request: FastifyRequest): AskSession | undefined {
    return this.askCookie.open(request.cookies[nameOf(ASK_COOKIE, this.isHttps)], Date.now());
  }

  ask(reply: FastifyReply, session: AskSession): FastifyReply {
    return this.set(reply, ASK_COOKIE, this.askCookie.seal(session, Date.now()), 'strict');
  }

  forget(reply: FastifyReply, cookie: typeof CARD_COOKIE | typeof STAFF_COOKIE | typeof ASK_COOKIE): FastifyReply {
    return reply.clearCookie(nameOf(cookie, this.isHttps), { path: '/', secure: this.isHttps });
  }

  private set(reply: FastifyReply, cookie: string, value: string, sameSite: 'lax' | 'strict'): FastifyReply {
    const options = { path: '/', httpOnly: true, sameSite, secure: this.isHttps };
    return reply.setCookie(nameOf(cookie, this.isHttps), value, options);
  }
}

export const STAFF_COOKIE = 'throughline_staff';
export const CARD_COOKIE = 'throughline_card';
export const ASK_COOKIE = 'throughline_ask';

/** Over https a cookie is bound to this very host; over http browsers refuse that name, so there it has none. */
const nameOf = (cookie: string, isHttps: boolean): string => (isHttps ? `__Host-${cookie}` : cookie);
