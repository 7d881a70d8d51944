import fc from 'fast-check';
import { printUkDate, readUkDate } from './uk-date.js';

const TODAY = '2026-11-23';

describe('dates as people in the UK type them', () => {
  it.each([
    ['1 Mar 2027', '2027-03-01'],
    ['1st of March 2027', '2027-03-01'],
    ['01/03/2027', '2027-03-01'],
    ['1.3.27', '2027-03-01'],
    ['2027-03-01', '2027-03-01'],
    ['March 1, 2027', '2027-03-01'],
    ['Mon 1 March', '2027-03-01'],
    ['by Friday 4 Dec', '2026-12-04'],
    ['Apr', '2027-04-30'],
    ['Nov', '2026-11-30'],
    ['end of Feb', '2027-02-28'],
    ['sept 2028', '2028-09-30'],
    ['29 Feb', '2028-02-29'],
    ['22 Nov', '2027-11-22'],
    ['23 Nov', '2026-11-23'],
  ])('reads %s as %s', (typed, date) => expect(readUkDate(typed, TODAY)).toBe(date));

  it.each(['', 'soon', 'next week', '31/02/2027', '13/13/2027', '1 Ma 2027', '2027', '32 Jan', '29 Feb 2027', 'ma'])(
    'does not guess at "%s"',
    (typed) => expect(readUkDate(typed, TODAY)).toBeUndefined(),
  );

  it('property: a printed date reads back as the same day', () => {
    const day = fc.date({ min: new Date('1900-01-01'), max: new Date('2199-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(day, (each) => {
        const date = each.toISOString().slice(0, 10);
        expect(readUkDate(printUkDate(date), TODAY)).toBe(date);
      }),
    );
  });
});
