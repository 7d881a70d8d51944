import { biggestFirst, type FigureLine, gapsOf, type ReportRow, type SaidLine } from './report-row.js';
import { spreadOf } from './spread.js';

const figure = (measure: string, met: number, of: number | null, notKnown = 0): FigureLine => ({ measure, says: `${met} of ${of ?? ''}`, met, of, notKnown, kinds: [] }); // prettier-ignore
const said = (yes: number | null, total: number | null, state: SaidLine['state'] = 'shown'): SaidLine => ({ statement: 'S1', text: '', state, yes, total, says: [] }); // prettier-ignore
const facts = (more: Partial<ReportRow> = {}) => ({ judge: 'both' as const, people: [said(20, 30)], record: [figure('a', 9, 10)], notRecorded: [], ...more }); // prettier-ignore
const codes = (more: Partial<ReportRow>, better = {}): string[] => gapsOf(facts(more), better).map(({ code }) => code);
const row = (name: string, more: Partial<ReportRow> = {}): ReportRow => {
  const all = facts(more);
  return { row: name, kind: 'part', text: '', honest: '', ...all, gaps: gapsOf(all) };
};

describe('the gaps of a row', () => {
  it.each([
    ['nothing', {}, []],
    ['nothing known at all', { people: [said(null, null, 'not-asked')], record: [], notRecorded: ['a'] }, ['nothing-known']],
    ['few said yes', { people: [said(10, 30)] }, ['people-say-no']],
    ['too few answered to show', { people: [said(null, null)] }, []],
    ['nothing recorded where the record can show it', { record: [], notRecorded: ['a'] }, ['not-recorded']],
    ['nothing recorded where only people can say', { judge: 'people', record: [], notRecorded: ['a'] }, []],
    ['nobody asked', { people: [said(null, null, 'not-asked')] }, ['not-asked']],
    ['a half year that still runs', { people: [said(null, null, 'no-half')] }, []],
    ['a half year that still runs, without a record', { people: [said(null, null, 'no-half')], record: [], notRecorded: ['a'] }, ['not-recorded']],
    ['few have it', { record: [figure('a', 1, 10), figure('b', 4, 10)] }, ['few-have-it']],
    ['much is not known', { record: [figure('a', 1, 1, 9)] }, ['not-known']],
    ['something is not recorded', { notRecorded: ['b'] }, ['partly-recorded']],
  ] as const)('%s', (_, more, expected) => expect(codes(more as Partial<ReportRow>)).toEqual(expected)); // prettier-ignore

  it('names the worst figure, and knows where fewer is better or neither is', () => {
    expect(gapsOf(facts({ record: [figure('a', 4, 10), figure('b', 1, 10)] }))[0]?.says).toBe('Fewer than half: 1 of 10');
    expect(codes({ record: [figure('harm', 0, 10)] }, { harm: 'few' })).toEqual([]);
    expect(gapsOf(facts({ record: [figure('harm', 8, 10)] }), { harm: 'few' })[0]?.says).toBe('More than half: 8 of 10');
    expect(codes({ record: [figure('dissent', 1, 10)] }, { dissent: 'neither' })).toEqual([]);
  }); // prettier-ignore

  it('put the biggest first, and else keep the order of the pledge', () => {
    const rows = [row('P1a'), row('P1b', { record: [figure('a', 4, 10)] }), row('P1c', { record: [figure('a', 1, 10)] }), row('P2a', { people: [said(5, 30)] }), row('P2b'), row('P2c', { people: [], record: [] })]; // prettier-ignore
    expect(biggestFirst(rows).map(({ row: name }) => name)).toEqual(['P2c', 'P2a', 'P1c', 'P1b', 'P1a', 'P2b']);
  });
});

describe('how far councils lie apart', () => {
  it('is how many, and every council is counted once in each column', () => {
    const each = [row('a'), row('b', { record: [figure('a', 1, 10)] }), row('c', { record: [figure('a', 5, 10)] }), row('d', { record: [], people: [said(null, null)] }), row('e', { people: [said(5, 30)] }), row('f', { people: [] })]; // prettier-ignore
    expect(spreadOf(row('all'), each)).toMatchObject({
      measure: 'a',
      record: { most: 3, some: 1, few: 1, 'not-recorded': 1 },
      people: { 'over-half': 3, 'half-or-fewer': 1, 'not-shown': 1, 'not-asked': 1 },
    });
  });
});
