import { cutoffOf } from './periods.js';

it.each([
  ['2027-03-31', 1, '2027-02-28'],
  ['2028-03-31', 1, '2028-02-29'],
  ['2027-01-15', 2, '2026-11-15'],
  ['2028-02-29', 12, '2027-02-28'],
])('on %s, %d months ago was %s', (today, months, day) => expect(cutoffOf(today, months)).toBe(day));
