import { graphOf } from '#traceability/graph';
import type { Fact, FactOf } from '../fact.js';
import { type Imported, importPath } from '../testing/importing.js';
import { openRecording, type Recording } from '../testing/recording.js';
import { dataPath, describeWithData, shippedMapping } from '../testing/real-data.js';

const only = <C extends Fact['concept']>(facts: readonly Fact[], concept: C): readonly FactOf<C>[] =>
  facts.filter((fact) => fact.concept === concept) as unknown as readonly FactOf<C>[];

describeWithData('proposal_traces', 'the proposals in the record', () => {
  let recording: Recording;
  let told: Imported;
  beforeAll(async () => {
    recording = await openRecording();
    const path = dataPath('proposal_traces');
    told = await importPath(path, shippedMapping('proposal-traces'));
    await recording.import(path, shippedMapping('proposal-traces'));
  }, 180_000);
  afterAll(() => recording.close());

  /** Every decision of a question with what the chain knew of it at a moment: is it there, replaced, taken back? */
  const knownAt = (id: string, moment: string) => {
    const graph = graphOf(recording.engine.rows, id, moment);
    const steps = graph?.steps.filter(({ node }) => node === id).map(({ type }) => type) ?? [];
    return {
      isThere: graph !== undefined,
      isReplaced: steps.includes('DecisionSuperseded'),
      isTakenBack: steps.includes('DecisionReopened'),
    };
  };

  it('stand on the day of every change as the source stood, also where a question was opened again or replaced', () => {
    const decisions = Map.groupBy(only(told.facts, 'decision'), ({ series }) => series ?? '');
    const reopenings = Map.groupBy(only(told.facts, 'reopening'), ({ series }) => series ?? '');
    let [checked, takenBack, replaced] = [0, 0, 0];
    for (const [series, line] of decisions) {
      // Questions with one decision have nothing that could come in the wrong order.
      const back = reopenings.get(series) ?? [];
      if (line.length + back.length < 2) continue;
      const moments = [...line, ...back].map(({ occurredAt }) => occurredAt.at).sort();
      for (const moment of moments)
        for (const each of line) {
          const next = line.filter(({ links }) => links.some(({ as, to }) => as === 'supersedes' && to.id === each.id));
          const undone = back.filter(({ links }) => links.some(({ as, to }) => as === 'reopens' && to.id === each.id));
          const by = (facts: readonly { occurredAt: { at: string } }[]) =>
            facts.some(({ occurredAt }) => occurredAt.at <= moment);
          const wanted = { isThere: each.occurredAt.at <= moment, isReplaced: by(next), isTakenBack: by(undone) };
          // What another proposal replaced is told by the link of that proposal too.
          const isReplacedElsewhere = each.links.some(({ as }) => as === 'superseded-by');
          const known = knownAt(each.id, moment);
          expect({ series, moment, ...known, ...(isReplacedElsewhere && { isReplaced: wanted.isReplaced }) }).toEqual({
            series,
            moment,
            ...wanted,
          });
          checked++;
          if (known.isTakenBack) takenBack++;
          if (known.isReplaced) replaced++;
        }
    }
    expect(Math.min(checked, takenBack * 10, replaced * 10)).toBeGreaterThan(500);
  }, 60_000);
});
