import type { Decided } from '#kernel/aggregate';
import type { LifecycleState } from '#kernel/codes';
import { personal } from '#kernel/personal';
import { refuse } from '#kernel/refusal';
import { vagueAdvice, vaguePhrase } from '#kernel/vague-phrases';
import { addWorkingDays } from '#kernel/working-days';
import type { Promised } from './lifecycle.js';
import type { LadderEvent } from './lifecycle.events.js';

/** Reminder 1, 2, 3, and 4: the reasons are asked for. The last two are published. */
export const LADDER_STEPS = [1, 2, 3, 4] as const;
export type LadderStep = (typeof LADDER_STEPS)[number];
export const REASONS_ASKED: LadderStep = 4;

/** Whoever is late in one of these states is reminded; a paused, dropped, reported or checked promise is not. */
export const REMINDED_STATES: readonly LifecycleState[] = ['promised', 'under-way', 'transferred'];

export interface Climbed {
  readonly step: number;
  /** Day on which it was sent. */
  readonly on: string;
}

export interface Rung {
  readonly step: LadderStep;
  /** First day on which it is sent. */
  readonly on: string;
}

/**
 * What comes next on the ladder that counts from `from` (the date promised, or the day reminders were switched on where
 * that is later). Each step leaves the owner all the working days the council set, also when the one before went out
 * late: two reminders never come on one day. Undefined: nothing is left.
 * @param days working days after `from` of the four steps, each larger than the one before
 */
export const nextRung = (from: string, days: readonly number[], sent: readonly Climbed[]): Rung | undefined => {
  const last = [...sent].sort((a, b) => a.step - b.step).at(-1);
  const step = LADDER_STEPS.find((each) => each === (last?.step ?? 0) + 1);
  if (step === undefined) return undefined;
  const [own = 0, before = 0] = [days[step - 1], days[step - 2]];
  return { step, on: last ? addWorkingDays(last.on, Math.max(1, own - before)) : addWorkingDays(from, own) };
};

/** Every step still to come, if nothing changes. */
export const rungsToCome = (
  from: string,
  days: readonly number[],
  sent: readonly Climbed[],
  today: string,
): readonly Rung[] => {
  const next = nextRung(from, days, sent);
  if (!next) return [];
  // What should have gone out goes out now; the steps after it count from then.
  const on = next.on < today ? today : next.on;
  return [{ ...next, on }, ...rungsToCome(from, days, [...sent, { step: next.step, on }], today)];
};

/** What the rules of the ladder remember of whatever is late: which steps were taken for which date. */
export interface Reminded {
  readonly ladder: { readonly due: string; readonly steps: readonly number[] };
}

export const neverReminded: Reminded['ladder'] = { due: '', steps: [] };

/** Folds what the ladder did; a step for another date begins a ladder of its own. */
export const climb = (ladder: Reminded['ladder'], event: LadderEvent): Reminded['ladder'] => {
  if (event.type === 'ReasonsGiven') return ladder;
  const due = event.data.due ?? ladder.due;
  const step = event.type === 'ReasonsAskedFor' ? REASONS_ASKED : event.data.step;
  return { due, steps: [...(due === ladder.due ? ladder.steps : []), step] };
};

export interface Step {
  readonly step: LadderStep;
  /** The date that was missed. */
  readonly due: string;
  /** Role of whoever should answer. */
  readonly toRole: string;
}

/** Nothing is recorded twice for one date, and none before the one below it. `isLate`: as the thing itself stands now. */
export const takeLadderStep = (
  { ladder }: Reminded,
  { step, due, toRole }: Step,
  isLate: boolean,
): Decided<LadderEvent> => {
  const taken = ladder.due === due ? ladder.steps : [];
  if (!isLate || taken.includes(step) || (step > 1 && !taken.includes(step - 1))) return [];
  return step === REASONS_ASKED
    ? [{ type: 'ReasonsAskedFor', data: { due, toRole } }]
    : [{ type: 'ReminderSent', data: { step, due, toRole } }];
};

/** The next step of the reminder ladder, if the promise is late for this very date now. */
export const remindOfPromise = (state: Promised, step: Step, today: string): Decided<LadderEvent> => {
  const isLate = state.due === step.due && step.due < today && REMINDED_STATES.includes(state.state);
  return takeLadderStep(state, step, isLate);
};

/** The reasons, by whoever is late. Published, so vague words are refused as everywhere. `of`: whose key seals them. */
export const giveReasons = ({ ladder }: Reminded, of: string, words: string): Decided<LadderEvent> => {
  if (!ladder.steps.includes(REASONS_ASKED)) return refuse('not-asked', 'Nobody has asked for the reasons yet.');
  if (!words.trim()) return refuse('words-missing', 'Say why this is late.', '/words');
  const vague = vaguePhrase(words);
  if (vague) return refuse('vague', vagueAdvice(vague), '/words');
  return [{ type: 'ReasonsGiven', data: { due: ladder.due, words: personal(of, words) } }];
};
