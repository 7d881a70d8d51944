const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];
const WEEKDAY = /^(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\s+/;

/**
 * A date as people in the UK type it: day before month, with or without a year. A bare month means its last day. What
 * has no year is the next one from `today` on. Answers `YYYY-MM-DD`, or nothing when it is not a date.
 */
export const readUkDate = (typed: string, today: string): string | undefined => {
  const text = typed
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[,]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^(?:by|on|in|at|until|the)\s+/, '')
    .replace(/^(?:the )?end of\s+/, '')
    .replace(WEEKDAY, '')
    .replace(/\.$/, '');

  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  if (iso) return onDay(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const numbers = /^(\d{1,2})[/. -](\d{1,2})[/. -](\d{4}|\d{2})$/.exec(text);
  if (numbers) return onDay(fullYear(Number(numbers[3])), Number(numbers[2]), Number(numbers[1]));

  const dayFirst = /^(\d{1,2})(?:st|nd|rd|th)?(?: of)? ([a-z]+)\.?(?: '?(\d{4}|\d{2}))?$/.exec(text);
  if (dayFirst) return named(dayFirst[2], Number(dayFirst[1]), dayFirst[3], today);
  const monthFirst = /^([a-z]+)\.? (\d{1,2})(?:st|nd|rd|th)?(?: (\d{4}))?$/.exec(text);
  if (monthFirst) return named(monthFirst[1], Number(monthFirst[2]), monthFirst[3], today);
  const monthOnly = /^([a-z]+)\.?(?: (\d{4}))?$/.exec(text);
  return monthOnly ? named(monthOnly[1], undefined, monthOnly[2], today) : undefined;
};

const named = (word = '', day: number | undefined, year: string | undefined, today: string): string | undefined => {
  const month = word.length < 3 ? 0 : MONTHS.findIndex((name) => name.startsWith(word)) + 1;
  if (month === 0) return undefined;
  const inYear = (each: number): string | undefined => onDay(each, month, day ?? lastDay(each, month));
  if (year !== undefined) return inYear(fullYear(Number(year)));
  const thisYear = Number(today.slice(0, 4));
  // 29 February may not come for another seven years.
  for (let each = thisYear; each < thisYear + 9; each++) {
    const found = inYear(each);
    if (found !== undefined && found >= today) return found;
  }
  return undefined;
};

const fullYear = (year: number): number => (year < 100 ? 2000 + year : year);

const onDay = (year: number, month: number, day: number): string | undefined =>
  year >= 1900 && year < 2200 && month >= 1 && month <= 12 && day >= 1 && day <= lastDay(year, month)
    ? `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
    : undefined;

const lastDay = (year: number, month: number): number =>
  month === 2
    ? year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
      ? 29
      : 28
    : [4, 6, 9, 11].includes(month)
      ? 30
      : 31;

/** `2027-03-01` as `1 Mar 2027`: what the line language prints and reads. */
export const printUkDate = (date: string): string => {
  const [year, month, day] = date.split('-').map(Number);
  const name = MONTHS[(month ?? 1) - 1] ?? '';
  return `${day} ${name.slice(0, 1).toUpperCase()}${name.slice(1, 3)} ${year}`;
};
