import { isDay } from '#kernel/time';
import { RESPONSES, type ResponseCode } from './audit.events.js';

/** The columns in which scrutiny teams keep their recommendations, in their order; the last three are ours. */
export const TRACKER_COLUMNS = ['Reference', 'Origin', 'Date', 'Area', 'Recommendation', 'Executive date', 'Lead', 'Action taken', 'Status'] as const; // prettier-ignore
export const OUR_COLUMNS = ['To', 'Response wanted by', 'Answer'] as const;
export type TrackerColumn = (typeof TRACKER_COLUMNS)[number] | (typeof OUR_COLUMNS)[number];

/** One row of a tracker. What it does not say is left out, never filled in. */
export interface TrackerRow {
  readonly reference?: string;
  readonly origin?: string;
  /** As exactly as the tracker says it: `2026-11-03`, `2026-11` or `2026`. */
  readonly date: string;
  readonly area?: string;
  readonly recommendation: string;
  readonly executiveDate?: string;
  readonly lead?: string;
  readonly action?: string;
  /** What the tracker calls its status, to the letter. */
  readonly status?: string;
  readonly to?: string;
  readonly due?: string;
  readonly answer?: ResponseCode;
}

export interface TrackerProblem {
  readonly code: string;
  readonly message: string;
  readonly column: TrackerColumn;
}

/** A reference stands in the record in clear: it is a number of a list, not a sentence. */
const LONGEST_REFERENCE = 100;

/** Reads one row by the names of its columns. Everything wrong with it is said at once; nothing is guessed. */
export const readTrackerRow = (record: Readonly<Record<string, unknown>>): TrackerRow | readonly TrackerProblem[] => {
  const problems: TrackerProblem[] = [];
  const wrong = (column: TrackerColumn, code: string, message: string): undefined =>
    void problems.push({ column, code, message });
  const said = (column: TrackerColumn): string | undefined => {
    const text = asTyped(record[column]);
    return text.trim() === '' ? undefined : text;
  };
  const day = (column: TrackerColumn): string | undefined => {
    const text = said(column);
    if (text === undefined) return undefined;
    const read = readDate(text);
    return read?.length === 10 ? read : wrong(column, 'date-unreadable', `“${brief(text)}” in ${column} is not a day like 2026-11-03 or 03/11/2026.`); // prettier-ignore
  };
  const reference = said('Reference');
  if (reference !== undefined && reference.length > LONGEST_REFERENCE)
    wrong('Reference', 'reference-long', `A reference has at most ${LONGEST_REFERENCE} characters.`);
  const dated = said('Date');
  const date = dated === undefined ? undefined : readDate(dated);
  if (dated === undefined) wrong('Date', 'date-missing', 'The row has no date. When was this recommended?');
  else if (date === undefined)
    wrong('Date', 'date-unreadable', `“${brief(dated)}” in Date is not a date like 2026-11-03, 03/11/2026, 2026-11 or 2026.`); // prettier-ignore
  const recommendation = said('Recommendation');
  if (recommendation === undefined) wrong('Recommendation', 'what-missing', 'The row has no recommendation.');
  const answered = said('Answer');
  const answer = answered === undefined ? undefined : RESPONSES.find((each) => each === answered.trim());
  if (answered !== undefined && answer === undefined)
    wrong('Answer', 'answer-unknown', `“${brief(answered)}” in Answer is none of: ${RESPONSES.join(', ')}.`);
  const [executiveDate, due] = [day('Executive date'), day('Response wanted by')];
  if (problems.length > 0 || date === undefined || recommendation === undefined) return problems;
  const rest = { reference, origin: said('Origin'), area: said('Area'), executiveDate, lead: said('Lead'), action: said('Action taken'), status: said('Status'), to: said('To'), due, answer }; // prettier-ignore
  return { date, recommendation, ...Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)) }; // prettier-ignore
};

/** A spreadsheet would run `=…`: our exports put an apostrophe before it, which is taken off again here. */
const asTyped = (value: unknown): string => {
  const text = typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
  return /^'+[=+\-@\t\r]/.test(text) ? text.slice(1) : text;
};

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const two = (value: string | number): string => String(value).padStart(2, '0');

/** `2026-11-03`, `2026-11`, `2026`, `03/11/2026` (day first, as trackers in England write it) or `3 November 2026`. */
const readDate = (value: string): string | undefined => {
  const text = value.trim();
  const real = (day: string): string | undefined => (isDay(day) ? day : undefined);
  if (/^\d{4}$/.test(text)) return text;
  if (/^\d{4}-(0[1-9]|1[0-2])$/.test(text)) return text;
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return real(text);
  const [, day, month, year] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text) ?? [];
  if (day && month && year) return real(`${year}-${two(month)}-${two(day)}`);
  const [, date, name = '', of] = /^(\d{1,2}) ([A-Za-z]{3,9}) (\d{4})$/.exec(text) ?? [];
  const at = MONTHS.indexOf(name.slice(0, 3).toLowerCase());
  return date && of && at >= 0 ? real(`${of}-${two(at + 1)}-${two(date)}`) : undefined;
};

const brief = (text: string): string => (text.length > 60 ? `${text.slice(0, 57)}…` : text);
