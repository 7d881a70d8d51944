import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import type { Fact, FactOf } from '../fact.js';
import { type Imported, importPath } from '../testing/importing.js';
import { dataPath, describeWithData, shippedMapping } from '../testing/real-data.js';

const table = (name: string): Record<string, string>[] =>
  parse(readFileSync(dataPath('proposal_traces', name)), { columns: true });
const only = <C extends Fact['concept']>(facts: readonly Fact[], concept: C): readonly FactOf<C>[] =>
  facts.filter((fact) => fact.concept === concept) as unknown as readonly FactOf<C>[];

const SETTLED = new Set(
  'Accepted Active Approved Complete Final Finished Living Provisional Abandoned Deferred Moved Postponed Rejected Replaced Stagnant Superseded Withdrawal Withdrawn'
    .split(' ')
    .concat('April Fool!'),
);
const GRANTED = new Set(['Accepted', 'Active', 'Approved', 'Complete', 'Final', 'Finished', 'Living', 'Provisional']);

describeWithData('proposal_traces', 'the proposals and the history of their status', () => {
  let all: Imported;
  let changes: Record<string, string>[];
  beforeAll(async () => {
    all = await importPath(dataPath('proposal_traces'), shippedMapping('proposal-traces'));
    changes = table('status_changes.csv');
  }, 60_000);

  it('are contributions, but for the one without a title, which is refused', () => {
    const titled = table('proposals.csv').filter(({ title }) => title !== '');
    expect(
      only(all.facts, 'contribution')
        .map(({ sourceId }) => sourceId)
        .sort(),
    ).toEqual(titled.map(({ proposal_id }) => proposal_id).sort());
    expect(all.problems.filter(({ level }) => level === 'error')).toMatchObject([
      { file: 'proposals.csv', code: 'required-missing', column: 'words' },
    ]);
  });

  it('account for every row: staged, left out with a reason, refused, or reported', () => {
    for (const { name, rows, rejected, withoutFacts, ignored } of all.report.files)
      expect({
        name,
        counted: rejected + withoutFacts + Object.values(ignored).reduce((a, b) => a + b, 0) <= rows,
      }).toEqual({ name, counted: true });
    expect(all.report.rows).toBe(table('proposals.csv').length + changes.length + table('discussions.csv').length);
  });

  it('on any date stand as the record said then', () => {
    const perProposal = Map.groupBy(changes, ({ proposal_id }) => proposal_id ?? '');
    const steps = Map.groupBy(
      [...only(all.facts, 'decision'), ...only(all.facts, 'reopening')],
      ({ series }) => series ?? '',
    );
    let reopened = 0;
    for (const [proposal, rows] of perProposal) {
      for (const { committed_at } of rows) {
        const instant = new Date(committed_at ?? '').toISOString();
        // The record: what the last status before that moment means.
        const status =
          rows.filter((row) => new Date(row['committed_at'] ?? '').toISOString() <= instant).at(-1)?.['to_status'] ??
          '';
        // The facts: the last step of the series before that moment.
        const last = (steps.get(proposal) ?? [])
          .filter(({ occurredAt }) => occurredAt.at <= instant)
          .sort((a, b) => (a.occurredAt.at < b.occurredAt.at ? -1 : 1))
          .at(-1);
        const open = last === undefined || last.concept === 'reopening';
        if (last?.concept === 'reopening') reopened++;
        expect({ proposal, committed_at, open }).toEqual({ proposal, committed_at, open: !SETTLED.has(status) });
        if (last?.concept === 'decision') expect(GRANTED.has(last.fields.status ?? '')).toBe(GRANTED.has(status));
      }
    }
    expect(reopened).toBeGreaterThan(100);
  });

  it('have each decision supersede the one before it, and each reopening reopen one', () => {
    const before = new Map<string, string>();
    const inOrder = [...only(all.facts, 'decision'), ...only(all.facts, 'reopening')].sort((a, b) =>
      a.occurredAt.at < b.occurredAt.at ? -1 : 1,
    );
    for (const { concept, series, sourceId, links } of inOrder) {
      const known = before.get(series ?? '');
      const link = links.find(({ as }) => as === (concept === 'decision' ? 'supersedes' : 'reopens'));
      expect(link?.to.sourceId).toBe(known);
      if (concept === 'decision') before.set(series ?? '', sourceId);
    }
  });

  it('keep a reason to the decision that it was written for, and make none up', () => {
    const reasons = table('proposals.csv').filter(({ decision_reason_text }) => decision_reason_text);
    const given = only(all.facts, 'decision').filter(({ fields }) => fields.reasonWords !== null);
    expect(given.length).toBeGreaterThan(150);
    expect(given.length).toBeLessThanOrEqual(reasons.length);
    const words = new Map(reasons.map(({ proposal_id, decision_reason_text }) => [proposal_id, decision_reason_text]));
    for (const { series, fields } of given) expect(fields.reasonWords).toBe(words.get(series ?? ''));
  });

  it('lead to what replaced them', () => {
    const superseded = only(all.facts, 'decision').flatMap(({ series, links }) =>
      links
        .filter(({ as }) => as === 'superseded-by')
        .map(({ to }) => [series, to.sourceId?.split('-').slice(0, 2).join('-')]),
    );
    expect(superseded).toContainEqual(['PEP-5', 'PEP-387']);
    expect(only(all.facts, 'link').filter(({ links: [link] }) => !link?.to.resolved).length).toBe(
      all.report.links.unresolved,
    );
  });

  it('are delivered only when they are final', () => {
    const done = only(all.facts, 'progress').filter(({ fields }) => fields.state === 'reported-done');
    expect(done).toHaveLength(
      changes.filter(({ to_status }) => ['Final', 'Finished', 'Complete'].includes(to_status ?? '')).length,
    );
    expect(done.every(({ links }) => links[0]?.to.resolved)).toBe(true);
  });
});
