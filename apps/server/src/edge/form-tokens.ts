import { createHmac, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable, SetMetadata } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isSecret, newSecret } from '#identity/secret';
import { Vault } from '#vault/vault';
import type { Config } from '../config.js';
import { CONFIG } from '../shell/config-token.js';
import { cookieOf, setCookie } from './cookies.js';
import type { Asked } from './guard.js';
import { CARD_COOKIE, STAFF_COOKIE } from './session-cookies.js';

export const FORM_COOKIE = 'throughline_form';
/** The hidden field that every form of ours carries, and the header for a script of ours that sends none. */
export const TOKEN_FIELD = 'formToken';
export const TOKEN_HEADER = 'x-form-token';

const SIGNED = 'throughline:signed';
/** A body that counts because of its signature, whoever brings it: it comes from no page of ours. */
export const SignedBody = (): MethodDecorator => SetMetadata(SIGNED, true);
export const IS_SIGNED_BODY = SIGNED;

/**
 * What shows that a form came from a page that we gave to this browser, for the session that it has now. The browser holds
 * a secret in a cookie; the page holds a keyed digest of that secret and the session. Nothing is kept on the server.
 */
@Injectable()
export class FormTokens {
  private readonly key: Buffer;
  private readonly isHttps: boolean;

  constructor(vault: Vault, @Inject(CONFIG) config: Config) {
    this.key = vault.database.master.derive('form-token');
    this.isHttps = config.baseUrl.startsWith('https:');
  }

  /** The token for the forms of a page that is sent now. A browser that has no secret yet gets one with it. */
  issue(request: FastifyRequest, reply: FastifyReply): string {
    const known = this.browserOf(request);
    const browser = known ?? newSecret();
    // Lax: whoever follows a link to us from elsewhere keeps the pages that are open already.
    if (!known) setCookie(reply, FORM_COOKIE, browser, 'lax', this.isHttps);
    return this.tokenOf(browser, this.sessionOf(request));
  }

  /**
   * A page that was sent before somebody signed in may be sent afterwards (same browser). What was sent for one session
   * never counts in another.
   */
  counts(request: Asked, given: unknown): boolean {
    const browser = this.browserOf(request);
    if (browser === undefined || typeof given !== 'string') return false;
    return ['', this.sessionOf(request)].some((session) => isSame(given, this.tokenOf(browser, session)));
  }

  tokenOf(browser: string, session = ''): string {
    return createHmac('sha256', this.key).update(`${browser} ${session}`).digest('base64url');
  }

  private browserOf(request: FastifyRequest): string | undefined {
    const browser = cookieOf(request, FORM_COOKIE, this.isHttps);
    return isSecret(browser) ? browser : undefined;
  }

  /** Only a session that counts: an ended one is nobody's, so that the words typed in it can be sent after signing in. */
  private sessionOf(request: FastifyRequest): string {
    const kind = (request as Partial<Asked>).who?.kind;
    if (kind !== 'staff' && kind !== 'card') return '';
    return cookieOf(request, kind === 'staff' ? STAFF_COOKIE : CARD_COOKIE, this.isHttps) ?? '';
  }
}

const isSame = (one: string, other: string): boolean => {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
};

/** Puts the token into every form that changes something, so that no template can forget it. Words are escaped: no text makes a form. */
export const withToken = (html: string, token: () => string): string => {
  let made: string | undefined;
  return html.replace(/<form\b[^<>]*>/g, (tag) =>
    tag.includes(' method="post"')
      ? `${tag}<input type="hidden" name="${TOKEN_FIELD}" value="${(made ??= token())}">`
      : tag,
  );
};
