import type { Decided } from '#kernel/aggregate';
import { personal } from '#kernel/personal';
import { refuse } from '#kernel/refusal';
import type { Authority } from './authority.js';
import type { AuthorityEvent } from './authority.events.js';

/**
 * What a council may set for its own clocks. `reply-days`: working days within which a view is answered.
 * `reminder-days`: working days after a promise's date for reminder 1, 2, 3 and for asking for the reasons.
 * `scrutiny-months`: months within which a council answers a recommendation.
 */
export const SETTINGS = ['reply-days', 'reminder-days', 'scrutiny-months'] as const;
export type Setting = (typeof SETTINGS)[number];
export type Settings = Readonly<Record<Setting, readonly number[]>>;

/** In force until a council says otherwise: the two months are those of the Local Government Act 2000, s 9FE. */
export const DEFAULTS: Settings = { 'reply-days': [20], 'reminder-days': [1, 10, 20, 30], 'scrutiny-months': [2] };

/** Largest value that still means something: half a year of working days, a year of months. */
const LARGEST: Readonly<Record<Setting, number>> = { 'reply-days': 130, 'reminder-days': 260, 'scrutiny-months': 12 };

const UNIT: Readonly<Record<Setting, string>> = {
  'reply-days': 'working days',
  'reminder-days': 'working days',
  'scrutiny-months': 'months',
};

export interface SettingGiven {
  readonly setting: Setting;
  readonly value: readonly number[];
  readonly reason: string;
}

/** `id`: the stream of the authority, whose key seals the reason. What is set already changes nothing. */
export const changeSetting = (
  state: Authority,
  id: string,
  { setting, value, reason }: SettingGiven,
): Decided<AuthorityEvent> => {
  const count = DEFAULTS[setting].length;
  const wrong = (message: string) => refuse('value-wrong', message, '/value');
  if (value.length !== count)
    return wrong(count === 1 ? 'Give one number.' : `Give ${count} numbers, like 1, 10, 20, 30.`);
  if (value.some((each) => !Number.isInteger(each) || each < 1 || each > LARGEST[setting]))
    return wrong(`Give a whole number from 1 to ${LARGEST[setting]} ${UNIT[setting]}.`);
  if (value.some((each, at) => at > 0 && each <= (value[at - 1] ?? 0)))
    return wrong('Each step must come later than the one before.');
  if (!reason.trim()) return refuse('reason-missing', 'Say why you change this.', '/reason');
  const now = state.settings[setting] ?? DEFAULTS[setting];
  if (now.join() === value.join()) return refuse('same-value', 'This is what is set now.', '/value');
  return [
    {
      type: 'AuthoritySettingChanged',
      data: { authority: state.code, setting, value, reason: personal(id, reason.trim()) },
    },
  ];
};
