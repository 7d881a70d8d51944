const DAY = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
});
const TIME = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  hour: 'numeric',
  minute: '2-digit',
  hour12: true,
});

/** `3 November 2026`, in Europe/London; a date-only source stays the day it says. */
export const longDate = (value: string | null | undefined): string => {
  if (!value) return '';
  return DAY.format(new Date(value.length === 10 ? `${value}T12:00:00Z` : value));
};

/** As exactly as it is known: `3 November 2026`, `November 2026` or `2026`. A year is not a date. */
export const exactDate = (value: string, precision?: string | null): string => {
  const day = longDate(value);
  return precision === 'year' ? day.slice(-4) : precision === 'month' ? day.replace(/^\d+ /, '') : day;
};

/** `3 November 2026 at 2:30pm`. */
export const longMoment = (value: string | null | undefined): string => {
  if (!value) return '';
  if (value.length === 10) return longDate(value);
  return `${longDate(value)} at ${TIME.format(new Date(value)).replace(/\s/g, '').replace(':00', '').toLowerCase()}`;
};
