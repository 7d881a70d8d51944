import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Cards } from '#contributions/cards';
import type { Role } from '#kernel/codes';
import { SealedCookie } from '#identity/sealed-cookie';
import { Tokens } from '#identity/tokens';
import type { Who } from '#identity/who';
import { Vault } from '#vault/vault';

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

/** Reads who is asking from a bearer token or a sealed cookie; never from a body or a URL. */
@Injectable()
export class WhoIsAsking {
  readonly staffCookie: SealedCookie<StaffSession>;
  readonly cardCookie: SealedCookie<CardSession>;
  private readonly tokens: Tokens;

  constructor(
    vault: Vault,
    private readonly cards: Cards,
  ) {
    this.tokens = new Tokens(vault);
    this.staffCookie = new SealedCookie(vault.database.master, 'staff', 10 * HOUR);
    this.cardCookie = new SealedCookie(vault.database.master, 'card', 2 * HOUR);
  }

  /** `wrong`: a token was given and does not count. */
  async of(request: FastifyRequest): Promise<Who | 'wrong'> {
    const bearer = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
    if (request.headers.authorization !== undefined) return (bearer && this.tokens.find(bearer)) || 'wrong';
    const staff = this.staffCookie.open(request.cookies[STAFF_COOKIE], Date.now());
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
    const session = this.cardCookie.open(request.cookies[CARD_COOKIE], Date.now());
    const open = session && (await this.cards.open(session.card, session.contribution));
    return open && { kind: 'card', ...open };
  }
}

export const STAFF_COOKIE = 'throughline_staff';
export const CARD_COOKIE = 'throughline_card';
