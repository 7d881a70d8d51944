import { Injectable } from '@nestjs/common';
import { authority, succeedAuthority } from '#authorities/authority';
import { passOn } from '#authorities/handover';
import type { HandedOver } from '#authorities/handover.events';
import { AuthoritySettings } from '#authorities/settings';
import { commitment, transferCommitment } from '#commitments/commitment';
import { contribution } from '#contributions/contribution';
import { decision } from '#decisions/decision';
import { uuid5 } from '#event-store/ids';
import { type Acted, type CommandContext, Recorder } from '#event-store/recorder';
import type { Now } from '#kernel/aggregate';
import { meeting } from '#meetings/meeting';
import { participant } from '#participants/participant';
import { Rows } from '#projections/rows';
import { audit } from '#scrutiny/audit';
import { passRecommendation } from '#scrutiny/recommendation-rules';
import { serviceChange, transferServiceChange } from '#service-changes/service-change';
import { team } from '#teams/team';
import { type OpenThing, openThingsOf, type PassingKind } from './open-things.js';
import { type Order, Orders } from './orders.js';
import { whoHas } from './who-has-it.js';

export interface Carried {
  /** What passed on by this run. */
  readonly passed: readonly {
    readonly kind: PassingKind;
    readonly id: string;
    readonly from: string;
    readonly to: string;
  }[];
  /** What could not be recorded now; the next run tries again. */
  readonly failed: readonly { readonly kind: string; readonly id: string; readonly why: string }[];
}

type Tally = { [K in keyof Carried]: Carried[K][number][] };

const SIDE_BY_SIDE = 16;

/**
 * Carries out every order whose day has come. It keeps no list of what is done: whatever is open in a council that ended is
 * passed on, so it may be cut off anywhere, run twice at once and on two servers, and whatever is recorded late passes on
 * too. Every command id follows from the order and the thing.
 */
@Injectable()
export class CarryOut {
  private readonly orders: Orders;
  private readonly settings: AuthoritySettings;

  constructor(
    private readonly recorder: Recorder,
    private readonly rows: Rows,
  ) {
    this.orders = new Orders(rows);
    this.settings = new AuthoritySettings(rows);
  }

  async run(now: Now, stopped: () => boolean = () => false): Promise<Carried> {
    const carried: Tally = { passed: [], failed: [] };
    for (const order of this.orders.inForce(now.today))
      for (const from of order.from) await this.one(order, from, now, carried, stopped);
    return carried;
  }

  private async one(order: Order, from: string, now: Now, carried: Tally, stopped: () => boolean): Promise<void> {
    const attempt = async (kind: string, id: string, to: string, act: () => Promise<boolean>): Promise<void> => {
      try {
        if (await act()) carried.passed.push({ kind: kind as PassingKind, id, from, to });
      } catch (error) {
        carried.failed.push({ kind, id, why: error instanceof Error ? error.message : 'fault' });
      }
    };
    await attempt('authority', from, '', () => this.end(order, from, now));
    const running = new Set<Promise<void>>();
    for (const thing of openThingsOf(this.rows, from)) {
      if (stopped()) break;
      const { to } = whoHas(order, thing);
      const run: Promise<void> = attempt(thing.kind, thing.id, to, () =>
        this.pass(order, thing, from, to, now),
      ).finally(() => running.delete(run));
      running.add(run);
      if (running.size >= SIDE_BY_SIDE) await Promise.race(running);
    }
    await Promise.all(running);
  }

  /** @returns false: that the council ended is nothing that passed on. */
  private async end(order: Order, from: string, now: Now): Promise<false> {
    if (this.rows.get('SELECT 1 FROM authority_successor WHERE code = ?', from)) return false;
    const id = this.settings.streamOf(from);
    if (id === undefined) throw new Error(`${from} has no entry of its own`);
    await this.recorder.act(authority, id, this.context(order, `authority ${from}`, now), (state) =>
      succeedAuthority(state, { successors: order.to, on: order.on }),
    );
    return false;
  }

  private async pass(order: Order, thing: OpenThing, from: string, to: string, now: Now): Promise<boolean> {
    const { kind, id, stream } = thing;
    const context = this.context(order, `${kind} ${id} ${from}`, now);
    const acted = await this.record(kind, id, stream, context, { from, to, on: order.on, succession: order.id });
    return acted.eventIds.length > 0 && !acted.repeated;
  }

  private record(
    kind: PassingKind,
    id: string,
    stream: string,
    context: CommandContext,
    given: HandedOver,
  ): Promise<Acted> {
    switch (kind) {
      case 'commitment':
        return this.recorder.act(commitment, stream, context, (state) => transferCommitment(state, given));
      case 'serviceChange':
        return this.recorder.act(serviceChange, stream, context, (state) => transferServiceChange(state, given));
      case 'team':
        return this.recorder.act(team, stream, context, (state) => passOn(state, given));
      case 'participant':
        return this.recorder.act(participant, stream, context, (state) => passOn(state, given));
      case 'meeting':
        return this.recorder.act(meeting, stream, context, (state) => passOn(state, given));
      case 'contribution':
        return this.recorder.act(contribution, stream, context, (state) => passOn(state, given));
      case 'decision':
        return this.recorder.act(decision, stream, context, (state) => passOn(state, given));
      case 'audit':
        return this.recorder.act(audit, stream, context, (state) => passOn(state, given));
      case 'recommendation':
        return this.recorder.act(audit, stream, context, (state) => passRecommendation(state, id, given));
    }
  }

  private context(order: Order, what: string, now: Now): CommandContext {
    return {
      commandId: uuid5(order.id, what),
      actor: { role: 'clock', ref: 'succession' },
      now,
      correlation: order.id,
      causedBy: [order.event],
    };
  }
}
