/** How long each kind of personal thing is kept outside the log, and why. What stands in the log goes by erasure only. */
export interface Period {
  readonly kind: string;
  /** For people. */
  readonly title: string;
  /** Whole months; 0: not longer than it counts. */
  readonly months: number;
  /** What the time runs from. */
  readonly from: string;
  readonly why: string;
}

export const PERIODS = [
  { kind: 'names', title: 'Your name and how to reach you', months: 72, from: 'the last time you told us something', why: 'so that we can answer you, and for claims, which can be made for six years' },
  { kind: 'cards', title: 'The code of your card', months: 72, from: 'the day of your view', why: 'so that you can see what came of it' },
  { kind: 'letters', title: 'What you asked about your information', months: 36, from: 'our answer', why: 'so that it can be shown how you were answered' },
  { kind: 'addresses', title: 'Your e-mail address, and the list of your views', months: 72, from: 'the last time you signed in', why: 'so that you find your views together' },
  { kind: 'staff', title: 'The account of somebody who works here', months: 24, from: 'the last time they signed in', why: 'so that a misuse can be looked into' },
  { kind: 'drafts', title: 'Notes of a meeting that was never recorded', months: 12, from: 'the day of the meeting', why: 'so that it can still be recorded' },
  { kind: 'reads', title: 'Who read what of yours', months: 24, from: 'the day it was read', why: 'so that a misuse can be looked into' },
  { kind: 'digests', title: 'Digests of forms that were sent', months: 1, from: 'the day it was sent', why: 'so that a form that is sent twice counts once' },
  { kind: 'sessions', title: 'That you are signed in', months: 0, from: 'its end', why: 'it counts no longer' },
] as const satisfies readonly Period[]; // prettier-ignore

export type RetentionKind = (typeof PERIODS)[number]['kind'];

/** The day before which a thing of this kind is overdue. */
export const cutoffOf = (today: string, months: number): string => {
  const [year = 0, month = 0, day = 0] = today.split('-').map(Number);
  const last = new Date(Date.UTC(year, month - months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 - months, Math.min(day, last))).toISOString().slice(0, 10);
};
