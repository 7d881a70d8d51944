import type { LadderAhead } from '#clocks/ladder.queries';
import { londonDay } from '#kernel/time';
import { REASONS_ASKED } from '#lifecycle/ladder';
import { workingDaysBetween } from '#kernel/working-days';
import { longDate } from '../../shell/dates.js';
import { roleName } from '../../wording/wording.js';
import { workingDays } from './reply-clock.view.js';

/** One step of the ladder that was taken, or the reasons that were given to it. */
export interface LadderStepTaken {
  readonly type: 'ReminderSent' | 'ReasonsAskedFor' | 'ReasonsGiven';
  /** 1 to 3; of the reasons, 4. */
  readonly step: number;
  readonly due: string | null;
  readonly toRole: string | null;
  readonly at: string;
  /** The reasons. */
  readonly words: string;
}

const NAMES = ['', 'Reminder 1', 'Reminder 2', 'Reminder 3, published', 'The reasons are asked for, published'];
const NAMES_DONE = [...NAMES.slice(0, REASONS_ASKED), 'The reasons were asked for, published'];

/** Whether the reasons were asked for and are not given yet. */
export const asksForReasons = (taken: readonly { readonly type: string }[]): boolean =>
  taken.findLastIndex(({ type }) => type === 'ReasonsAskedFor') >
  taken.findLastIndex(({ type }) => type === 'ReasonsGiven');

/** Why no step is to come, in words; nothing where the ladder runs. */
const WHY_NOT: Readonly<Record<LadderAhead['why'], string | null>> = {
  'to-come': null,
  done: null,
  history: 'The date had passed when this was imported. Nobody is reminded of history.',
  'not-on': 'No reminder was recorded here yet.',
  'no-date': 'There is no date to be reminded of.',
  closed: 'No reminder is to come: it is not waiting to be done now.',
};

/**
 * The reminder ladder as steps with dates: what was sent and stayed without an answer, what was said, what is to come.
 * `ahead` is left out where the page shows a day that has passed: then nobody knows what was to come.
 */
export const ladderView = (taken: readonly LadderStepTaken[], today: string, ahead?: LadderAhead) => {
  const asked = taken.findLast(({ type }) => type === 'ReasonsAskedFor');
  const isSilent = asksForReasons(taken);
  const silence = asked && isSilent ? workingDays(workingDaysBetween(londonDay(asked.at), today)) : '';
  return {
    silent: taken.length > 0 ? null : ahead?.why === 'to-come' ? null : (WHY_NOT[ahead?.why ?? 'closed'] ?? null),
    steps: [
      ...taken.map((each) =>
        each.type === 'ReasonsGiven'
          ? { icon: 'speech', title: 'They said why it is late', text: each.words, date: longDate(each.at), state: 'done' }
          : {
              icon: 'clock',
              title: NAMES_DONE[each.step] ?? 'A reminder',
              text: [each.toRole && `To the ${roleName(each.toRole).toLowerCase()}.`, each.due && `The date was ${longDate(each.due)}.`].filter(Boolean).join(' '),
              date: longDate(each.at),
              state: 'late',
              stateText: each.step >= REASONS_ASKED ? 'Asked' : 'Sent',
            },
      ),
      ...(isSilent
        ? [{ icon: 'warning', title: `No reasons were given. ${silence} have passed.`, state: 'missing', stateText: 'No answer' }]
        : []),
      ...(ahead?.rungs ?? []).map(({ step, on }) => ({
        icon: 'clock',
        title: NAMES[step] ?? '',
        text: 'If it is not done by then, and the date has not moved.',
        date: longDate(on),
        state: 'next',
        stateText: 'To come',
      })),
    ],
    since: ahead?.from ? `Reminders count from ${longDate(ahead.from)}, when they were switched on.` : null,
  };
}; // prettier-ignore
