import { Refusal, refuse } from '#kernel/refusal';
import type { Rule } from './fact-kind.js';

interface Counted {
  readonly count: number;
}

/** All people of a list by capacity; 0 where none was given. */
export const total = (value: unknown): number =>
  Array.isArray(value) ? (value as Counted[]).reduce((sum, { count }) => sum + count, 0) : 0;

/** Nobody at all is not a thing that happened. */
export const somebody =
  (field: string): Rule =>
  ({ data }) =>
    data[field] !== undefined && total(data[field]) === 0
      ? refuse('nobody', 'Enter at least one person.', `/${field}`)
      : undefined;

export const inOrder =
  (from: string, to: string, message: string): Rule =>
  ({ data }) =>
    typeof data[from] === 'string' && typeof data[to] === 'string' && data[to] < data[from]
      ? refuse('dates-reversed', message, `/${to}`)
      : undefined;

/** Exactly these two need each other: a reason without its "other", say. */
export const together =
  (field: string, value: string, needs: string, message: string): Rule =>
  ({ data }) =>
    data[field] === value && data[needs] === undefined ? refuse('missing', message, `/${needs}`) : undefined;

/** What may never be written down about a person who is thanked or paid. */
const STATUS =
  /\b(benefits?|universal credit|pip|esa|dla|jobseekers?|job ?cent(?:re|er)|unemploy\w*|diagnos\w*|disabilit\w*|disabled|illness|mental health)\b/iu;

export const noStatus =
  (...fields: readonly string[]): Rule =>
  ({ data }) => {
    for (const field of fields) {
      const found = typeof data[field] === 'string' ? STATUS.exec(data[field])?.[0] : undefined;
      if (found)
        return new Refusal(
          'private-status',
          `Leave out ‘${found}’. We never write down benefits, jobs or health beside a payment.`,
          `/${field}`,
        );
    }
    return undefined;
  };

/** Calendar days from one day to another; negative when `to` is earlier. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
