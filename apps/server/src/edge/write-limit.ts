import { HttpException, Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { SharedLimit } from '#identity/shared-limit';
import type { Who } from '#identity/who';
import type { Clock } from '#kernel/aggregate';
import { CLOCK } from '#projections/tokens';
import { Vault } from '#vault/vault';
import type { Config } from '../config.js';
import { CONFIG } from '../shell/config-token.js';

export const TEN_MINUTES = 600_000;
/** How many are taken from the shared limit at once: one write to the vault for so many forms. */
export const BATCH = 20;
/** Of how many senders it is known what they have left; forgetting one costs them at most a batch. */
const MOST_SENDERS = 10_000;

/** What was typed is on the page that says this, ready to be sent again. */
export class TooManyWrites extends HttpException {
  constructor() {
    super(
      'That was more in 10 minutes than anybody sends by hand. Please wait a few minutes, then send it again.',
      429,
    );
  }
}

/**
 * How many forms and writes of the API one sender may send in ten minutes, over all processes. People of the council and
 * programs count by themselves, wherever they are; everyone else by the address that they come from, cards too.
 */
@Injectable()
export class WriteLimit {
  private readonly shared: SharedLimit;
  private readonly left = new Map<string, { readonly count: number; readonly until: number }>();

  constructor(
    vault: Vault,
    @Inject(CONFIG) { writeLimit }: Pick<Config, 'writeLimit'>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.shared = new SharedLimit(vault, 'write', Math.floor(writeLimit / BATCH), TEN_MINUTES);
  }

  /** Counts a write; false when it is one too many. */
  async allows(who: Who, { ip }: Pick<FastifyRequest, 'ip'>): Promise<boolean> {
    const sender = 'ref' in who ? `${who.kind} ${who.account ?? who.ref}` : ip;
    const now = Date.parse(this.clock.now().instant);
    if (this.takeOne(sender, now)) return true;
    if (!(await this.shared.allow(sender, now))) return false;
    // Two requests may have taken a batch each: both count.
    this.keep(sender, this.remaining(sender, now) + BATCH - 1, now + TEN_MINUTES);
    return true;
  }

  private takeOne(sender: string, now: number): boolean {
    const count = this.remaining(sender, now);
    if (count === 0) return false;
    this.keep(sender, count - 1, this.left.get(sender)?.until ?? now);
    return true;
  }

  private remaining(sender: string, now: number): number {
    const left = this.left.get(sender);
    return left && now < left.until && left.until <= now + TEN_MINUTES ? left.count : 0;
  }

  private keep(sender: string, count: number, until: number): void {
    this.left.delete(sender);
    this.left.set(sender, { count, until });
    const oldest = this.left.size > MOST_SENDERS ? this.left.keys().next().value : undefined;
    if (oldest !== undefined) this.left.delete(oldest);
  }
}
