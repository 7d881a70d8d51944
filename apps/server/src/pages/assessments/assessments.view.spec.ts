import type { FactEventRow, FactWithEntries } from '#facts/facts.queries';
import { shippedToolkits } from '#facts/toolkits';
import { sideBySide } from './assessments.view.js';

const toolkit = shippedToolkits().find((each) => each.toolkit === 'working-together');
if (!toolkit) throw new Error('the toolkit is not there');
const [first, second] = toolkit.criteria.map(({ code }) => code);

const entry = (type: string, data: object, more: Partial<FactEventRow> = {}): FactEventRow => ({
  position: '1', id: 'e', type, fact: 'f', born: type === 'SelfAssessmentHeld' ? 1 : 0, happened_on: '2026-03-01', precision: null,
  recorded_at: '2026-03-02T00:00:00.000Z', role: 'chair', data: JSON.stringify(data), sealed: '{}',
  taken_back_at: null, taken_back_by: null, taken_back_why: null, ...more,
}); // prettier-ignore
const held = (id: string, on: string, ...ratings: readonly FactEventRow[]): FactWithEntries => ({
  id, kind: 'self-assessment', authority: 'essex', team: null, position: '1', stands: 1,
  entries: [entry('SelfAssessmentHeld', { toolkit: toolkit.toolkit, version: toolkit.version, occasion: `Review ${id}` }, { happened_on: on }), ...ratings],
}); // prettier-ignore
const rated = (by: string, level: string, more: Partial<FactEventRow> = {}, criterion = first) =>
  entry('LevelRated', { criterion, by, level }, more);
const named = { toolkit: () => toolkit, team: () => undefined, mayRecord: () => false };
const rowsOf = (...facts: FactWithEntries[]) => sideBySide(facts, named)[0]?.criteria;

describe('self-assessments side by side', () => {
  it('stand question by question, oldest first, each column by itself', () => {
    const criteria = rowsOf(
      held('two', '2026-09-01', rated('people', 'working'), rated('staff', 'working')),
      held('one', '2026-03-01', rated('people', 'not-yet'), rated('staff', 'strong')),
    );
    expect(criteria).toHaveLength(toolkit.criteria.length);
    expect(criteria?.[0]?.rows).toMatchObject([
      { occasion: 'Review one', people: 'Not yet', staff: 'Strong', differ: true },
      { occasion: 'Review two', people: 'Working', staff: 'Working', differ: false },
    ]);
  });

  it('say nothing where nobody said anything, and do not call that a difference', () => {
    const criteria = rowsOf(held('one', '2026-03-01', rated('staff', 'strong', {}, second)));
    expect(criteria?.[0]?.rows).toMatchObject([{ people: undefined, staff: undefined, differ: false }]);
    expect(criteria?.[1]?.rows).toMatchObject([{ people: undefined, staff: 'Strong', differ: false }]);
  });

  it('leave out a level that was taken back', () => {
    const gone = rated('people', 'strong', { taken_back_at: '2026-03-03T00:00:00.000Z' });
    expect(rowsOf(held('one', '2026-03-01', gone))?.[0]?.rows).toMatchObject([{ people: undefined }]);
    expect(sideBySide([{ ...held('one', '2026-03-01', gone), stands: 0 }], named)).toEqual([]);
  });
});
