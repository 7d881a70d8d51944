import { readOccurred } from './occurred.js';
import { nowAt } from './time.js';

describe('when something happened', () => {
  const now = nowAt(new Date('2026-06-30T23:30:00.000Z'));
  it.each([
    ['a moment', '2026-06-30T23:00:00.000Z', { occurredAt: '2026-06-30T23:00:00.000Z' }],
    ['a day in summer', '2026-06-15', { occurredAt: '2026-06-14T23:00:00.000Z', precision: 'day' }],
    ['a day in winter', '2026-01-15', { occurredAt: '2026-01-15T00:00:00.000Z', precision: 'day' }],
    [
      'today in London, which is tomorrow in UTC',
      '2026-07-01',
      { occurredAt: '2026-06-30T23:00:00.000Z', precision: 'day' },
    ],
  ])('%s is kept as what it is', (_, given, occurred) => expect(readOccurred(given, now)).toEqual(occurred));
  it.each(['2026-07-02', '2026-06-30T23:30:00.001Z', '9999-12-31'])('%s is refused: it is in the future', (given) =>
    expect(readOccurred(given, now)).toMatchObject({ code: 'date-future', pointer: '/occurredAt' }),
  );
});
