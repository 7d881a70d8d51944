import { readTrackerRow } from './tracker.js';

const ROW = { Date: '2026-11-03', Recommendation: 'Print the dates.' };
const read = (more: Record<string, string>) => readTrackerRow({ ...ROW, ...more });
const problems = (more: Record<string, string>) =>
  (read(more) as readonly { code: string; column: string }[]).map(({ code, column }) => `${code} ${column}`);

describe('a row of a recommendation tracker', () => {
  it('is read by the names of its columns; what it does not say is left out', () => {
    expect(read({ Reference: 'OSC/12', Lead: '  ', 'Something else': 'x' })).toEqual({
      date: '2026-11-03',
      recommendation: 'Print the dates.',
      reference: 'OSC/12',
    });
  });

  it.each([
    ['2026-11-03', '2026-11-03'],
    ['03/11/2026', '2026-11-03'],
    ['3/11/2026', '2026-11-03'],
    ['3 November 2026', '2026-11-03'],
    ['3 Nov 2026', '2026-11-03'],
    ['2026-11', '2026-11'],
    ['2026', '2026'],
  ])('%s is %s', (text, date) => expect(read({ Date: text })).toMatchObject({ date }));

  it.each(['31/02/2026', '2026-13-01', '11/30/2026', 'TBC', 'Autumn 2026', '3.11.2026'])(
    'no date is guessed from %s',
    (text) => {
      expect(problems({ Date: text })).toEqual(['date-unreadable Date']);
      expect(problems({ 'Executive date': text })).toEqual(['date-unreadable Executive date']);
    },
  );

  it('everything wrong with it is said at once', () =>
    expect(problems({ Date: '', Recommendation: ' ', Answer: 'maybe', 'Response wanted by': '2027' })).toEqual([
      'date-missing Date',
      'what-missing Recommendation',
      'answer-unknown Answer',
      'date-unreadable Response wanted by',
    ]));

  it('takes off the apostrophe that keeps a cell from being run, and no other', () => {
    expect(read({ Lead: "'=1+1" })).toMatchObject({ lead: '=1+1' });
    expect(read({ Lead: "''=1+1" })).toMatchObject({ lead: "'=1+1" });
    expect(read({ Lead: "'tis" })).toMatchObject({ lead: "'tis" });
  });
});
