import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { SealedCookie } from '#identity/sealed-cookie';
import type { Capacity, Voice } from '#kernel/codes';
import type { Occasion } from '#statements/statement.events';
import { Vault } from '#vault/vault';
import type { Config } from '../config.js';
import { CONFIG } from '../shell/pages.js';
import { clearCookie, cookieOf, setCookie } from './cookies.js';

export const ASK_COOKIE = 'throughline_ask';
const HOUR = 3_600_000;

/** Some statements put to people on this device, and nothing else: no right of whoever handed it over. */
export interface AskSession {
  readonly authority: string;
  readonly occasion: Occasion;
  /** The meeting or the view that is asked about. */
  readonly about: string;
  readonly statements: readonly string[];
  /** The team that asks, if one does. */
  readonly team?: string;
  readonly bySupporter: boolean;
  readonly capacity?: Capacity;
  /** Who answers now: one sitting at a shared device, or the holder of a card. */
  readonly by?: string;
  readonly voice?: Voice;
}

/**
 * What is asked on this device. A sealed cookie and no session on the server: it lets people answer and see nothing, so
 * there is nothing to end early, and the vault keeps no row that says who sat at a tablet.
 */
@Injectable()
export class AskedHere {
  private readonly sealed: SealedCookie<AskSession>;
  private readonly isHttps: boolean;

  constructor(vault: Vault, @Inject(CONFIG) config: Config) {
    this.isHttps = config.baseUrl.startsWith('https:');
    this.sealed = new SealedCookie(vault.database.master, 'ask', 3 * HOUR);
  }

  of(request: FastifyRequest): AskSession | undefined {
    return this.sealed.open(cookieOf(request, ASK_COOKIE, this.isHttps), Date.now());
  }

  start(reply: FastifyReply, session: AskSession): FastifyReply {
    setCookie(reply, ASK_COOKIE, this.sealed.seal(session, Date.now()), 'strict', this.isHttps);
    return reply;
  }

  end(reply: FastifyReply): FastifyReply {
    clearCookie(reply, ASK_COOKIE, this.isHttps);
    return reply;
  }
}
