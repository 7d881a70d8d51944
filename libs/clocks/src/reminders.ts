import { Injectable } from '@nestjs/common';
import { AuthoritySettings } from '#authorities/settings';
import { commitment } from '#commitments/commitment';
import { contribution } from '#contributions/contribution';
import { daysAllowed } from '#contributions/reply-clock.handlers';
import { remindOfReply } from '#contributions/reply-clock-rules';
import { uuid5 } from '#event-store/ids';
import { type Acted, type CommandContext, Recorder } from '#event-store/recorder';
import type { Now } from '#kernel/aggregate';
import { endOfLondonDay } from '#kernel/time';
import { type LadderStep, nextRung, remindOfPromise, type Step } from '#lifecycle/ladder';
import { Rows } from '#projections/rows';
import { serviceChange } from '#service-changes/service-change';
import { type ClockKind, REMINDABLE } from './clock-book.js';
import { reminding, switchOn } from './reminding.js';

/** One step of the ladder that is due now. */
export interface DueStep {
  readonly kind: ClockKind;
  readonly id: string;
  readonly authority: string;
  readonly step: LadderStep;
  /** The date that was missed. */
  readonly due: string;
  readonly toRole: string;
}

export interface Reminded {
  /** What was recorded by this run; of a dry run, what would be. */
  readonly taken: readonly DueStep[];
  /** What could not be recorded now; the next run tries again. */
  readonly failed: readonly { readonly step: DueStep; readonly why: string }[];
}

export interface RunOptions {
  /** Says what would be recorded, and records nothing. */
  readonly dryRun?: boolean;
  /** Steps that one run takes at most, the longest late first; the next run goes on. Left out: all of them. */
  readonly most?: number;
  /** Asked between two steps; true ends the run. */
  readonly stopped?: () => boolean;
}

interface Late {
  readonly kind: ClockKind;
  readonly id: string;
  readonly authority: string;
  /** The council whose settings the clock started with. */
  readonly set_by: string;
  readonly due: string;
  readonly to_role: string;
  readonly rung: number;
  readonly rung_on: string | null;
}

/** Namespace of the ladder's commands: one thing, one missed date and one step are one command for ever. */
const LADDER = '9c1f6a52-40b7-5d0e-8a34-6f2f0d9b7c18';
const PAGE = 200;
const ACTOR = { role: 'clock', ref: 'reminder-ladder' };

/**
 * Records every step of the reminder ladder that is due. It may run at any time, twice at once, on two servers, and be cut
 * off anywhere: the command id follows from thing, missed date and step, and the rules are asked again where the step is
 * recorded, so a step stands once or not at all. It keeps no checkpoint: what is late and not yet reminded is the list.
 */
@Injectable()
export class Reminders {
  constructor(
    private readonly recorder: Recorder,
    private readonly rows: Rows,
    private readonly settings: AuthoritySettings,
  ) {}

  async run(now: Now, { dryRun = false, most = Infinity, stopped = () => false }: RunOptions = {}): Promise<Reminded> {
    const since = this.switchedOn() ?? now.today;
    if (!dryRun)
      await this.recorder.act(reminding, LADDER, contextOf('on', now), (state) => switchOn(state, now.today));
    const taken: DueStep[] = [];
    const failed: { step: DueStep; why: string }[] = [];
    let after = { due: '', id: '' };
    for (;;) {
      const page = this.late(now.today, after);
      for (const row of page) {
        const step = this.stepOf(row, since, now.today);
        if (stopped() || taken.length >= most) return { taken, failed };
        if (!step) continue;
        try {
          if (dryRun || (await this.take(step, now))) taken.push(step);
        } catch (error) {
          failed.push({ step, why: error instanceof Error ? error.name : 'fault' });
        }
      }
      const last = page.at(-1);
      if (!last || page.length < PAGE) return { taken, failed };
      after = last;
    }
  }

  /** The day from which the ladder counts; undefined: it has never run. */
  switchedOn(): string | undefined {
    return this.rows.get<{ on_day: string }>('SELECT min(on_day) AS on_day FROM clock_on')?.on_day ?? undefined;
  }

  private late(today: string, after: { readonly due: string; readonly id: string }): Late[] {
    const sql = `SELECT kind, id, authority, set_by, due, to_role, rung, rung_on FROM clock WHERE ${REMINDABLE} AND due < ? AND (due, id) > (?, ?) ORDER BY due, id LIMIT ${PAGE}`;
    return this.rows.all<Late>(sql, today, after.due, after.id);
  }

  private stepOf(row: Late, since: string, today: string): DueStep | undefined {
    const { kind, id, authority, due, to_role: toRole, rung, rung_on: on } = row;
    const from = due < since ? since : due;
    // The clock of the ladder starts with the day it counts from: what is set later is for later ladders.
    const days = this.settings.inForce(row.set_by, endOfLondonDay(from))['reminder-days'];
    const next = nextRung(from, days, on === null ? [] : [{ step: rung, on }]);
    return next && next.on <= today ? { kind, id, authority, step: next.step, due, toRole } : undefined;
  }

  /** @returns false when another run had recorded it, or it is not late any more. */
  private async take(given: DueStep, now: Now): Promise<boolean> {
    const { kind, id, due, toRole } = given;
    // An answer is reminded of once a step, also when its day was counted anew with another calendar.
    const context = contextOf(`${kind} ${id} ${kind === 'view' ? '' : due} ${given.step}`, now);
    const step: Step = { step: given.step, due, toRole };
    const acted = await this.record(kind, id, context, step);
    return acted.eventIds.length > 0 && !acted.repeated;
  }

  private record(kind: ClockKind, id: string, context: CommandContext, step: Step): Promise<Acted> {
    const { now } = context;
    switch (kind) {
      case 'view':
        return this.recorder.act(contribution, id, context, (state) =>
          remindOfReply(state, step, now, daysAllowed(this.settings, state)),
        );
      case 'service-change':
        return this.recorder.act(serviceChange, id, context, (state) => remindOfPromise(state, step, now.today));
      case 'commitment':
        return this.recorder.act(commitment, id, context, (state) => remindOfPromise(state, step, now.today));
    }
  }
}

const contextOf = (what: string, now: Now): CommandContext => ({ commandId: uuid5(LADDER, what), actor: ACTOR, now });
