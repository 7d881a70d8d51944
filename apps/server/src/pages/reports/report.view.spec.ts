import type { GapCode, ReportRow } from '#reports/report-row';
import { gapGroups, rowItem } from './report.view.js';

const row = (code: string, ...gaps: [GapCode, string][]): ReportRow => ({ row: code, kind: 'part', text: '', judge: 'both', honest: '', people: [], record: [], notRecorded: [], gaps: gaps.map(([of, says]) => ({ code: of, says, size: 1 })) }); // prettier-ignore
const ROWS = [
  row('P1a', ['nothing-known', 'Nobody was asked, and nothing is recorded.']),
  row('P1b', ['not-asked', 'Nobody was asked.'], ['few-have-it', 'Fewer than half: 1 of 4.'], ['partly-recorded', 'Nothing is recorded for 1 of 2 figures.']), // prettier-ignore
  row('P1c', ['not-known', 'For more than half it is not known: a.']),
  row('P2a', ['partly-recorded', 'Nothing is recorded for 2 of 3 figures.']),
  row('P2b'),
];

describe('a report by its gaps', () => {
  const groups = gapGroups(ROWS, (each) => rowItem(each, {}));

  it('has every line once, in its order, and says how many of all stand in each group', () => {
    expect(groups.flatMap(({ rows }) => rows.map(({ code }) => code))).toEqual(ROWS.map(({ row: code }) => code));
    expect(groups.map(({ summary }) => summary)).toEqual([
      '1 of 5: nobody was asked, and nothing is recorded',
      '1 of 5: nobody was asked',
      '2 of 5: something is not known',
      '1 of 5: there is no gap that we can count',
    ]);
  });

  it('says each gap of a line once: in the title, beside it, or within', () => {
    const [bare, asked, unknown] = groups;
    expect(bare?.rows[0]).toMatchObject({ worst: undefined, gaps: [], isOpen: false });
    expect(asked?.rows[0]).toMatchObject({
      worst: 'Fewer than half: 1 of 4.',
      gaps: ['Nothing is recorded for 1 of 2 figures.'],
      isOpen: true,
    });
    expect(unknown?.rows[0]).toMatchObject({
      worst: 'For more than half it is not known: a.',
      gaps: [],
      isOpen: false,
    });
  });
});
