import fc from 'fast-check';
import { endOfLondonDay, isDay, londonDay, londonInstant, nowAt } from './time.js';

const DAY = 86_400_000;
const days = fc
  .integer({ min: Date.UTC(1970, 0, 2) / DAY, max: Date.UTC(2100, 11, 30) / DAY })
  .map((day) => new Date(day * DAY).toISOString().slice(0, 10));
const instants = fc
  .integer({ min: Date.UTC(1970, 0, 2), max: Date.UTC(2100, 11, 30) })
  .map((at) => new Date(at).toISOString());
const next = (day: string): string => new Date(Date.parse(day) + DAY).toISOString().slice(0, 10);
const msLater = (instant: string, ms: number): string => new Date(Date.parse(instant) + ms).toISOString();

describe('time in Europe/London', () => {
  it.each([
    ['winter', '2026-11-23T23:59:59.999Z', '2026-11-23'],
    ['summer, late in the evening of UTC', '2026-06-30T23:00:00.000Z', '2026-07-01'],
    ['the last second of winter time', '2027-03-28T00:59:59.999Z', '2027-03-28'],
    ['the leap day', '2028-02-29T12:00:00.000Z', '2028-02-29'],
    ['a date stays the date it says', '2026-06-30', '2026-06-30'],
  ])('knows the day of an instant: %s', (_, instant, day) => expect(londonDay(instant)).toBe(day));

  it('ends a day with its last millisecond, on every day from 1970 to 2100', () =>
    fc.assert(
      fc.property(days, (day) => {
        const end = endOfLondonDay(day);
        expect([londonDay(end), londonDay(msLater(end, 1))]).toEqual([day, next(day)]);
      }),
      { numRuns: 3_000 },
    ));

  it('has every instant inside the day it says: after the end of the day before, not after its own end', () =>
    fc.assert(
      fc.property(instants, (instant) => {
        const day = londonDay(instant);
        const before = new Date(Date.parse(day) - DAY).toISOString().slice(0, 10);
        expect(instant <= endOfLondonDay(day) && instant > endOfLondonDay(before)).toBe(true);
      }),
      { numRuns: 3_000 },
    ));

  it('turns a wall clock into the instant at which it shows that time, save in the hour that clocks skip', () => {
    const shown = new Intl.DateTimeFormat('en-GB', {
      timeZone: 'Europe/London',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
    fc.assert(
      fc.property(days, fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }), (day, hour, minute) => {
        const time = `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
        const instant = londonInstant(day, time);
        expect(londonDay(instant)).toBe(day);
        // The changes of 1970 to 2100 happen between one and four o'clock.
        if (hour < 1 || hour > 3) expect(shown.format(new Date(instant))).toBe(time);
      }),
      { numRuns: 3_000 },
    );
  });

  it.each([
    ['2027-03-28', '00:59', '2027-03-28T00:59:00.000Z'],
    ['2027-03-28', '02:00', '2027-03-28T01:00:00.000Z'],
    ['2027-10-31', '00:59', '2027-10-30T23:59:00.000Z'],
    ['2027-10-31', '02:00', '2027-10-31T02:00:00.000Z'],
  ])('on the night of the change: %s %s', (day, time, instant) => expect(londonInstant(day, time)).toBe(instant));

  it('a time that clocks skip is after the change, a time that comes twice is one of the two', () => {
    expect(londonInstant('2027-03-28', '01:30')).toBe('2027-03-28T01:30:00.000Z');
    expect(['2027-10-31T00:30:00.000Z', '2027-10-31T01:30:00.000Z']).toContain(londonInstant('2027-10-31', '01:30'));
  });

  it('hands rules both the instant and the day', () =>
    expect(nowAt(new Date('2026-06-30T23:30:00.000Z'))).toEqual({
      instant: '2026-06-30T23:30:00.000Z',
      today: '2026-07-01',
    }));

  it.each(['2026-02-30', '2026-2-3', '2026-11-23T00:00:00Z', '', 'today', '2100-02-29', '0000-00-00'])(
    'knows that %p is not a day',
    (value) => expect(isDay(value)).toBe(false),
  );
  it('knows that every other day is one', () => fc.assert(fc.property(days, (day) => expect(isDay(day)).toBe(true))));
});
