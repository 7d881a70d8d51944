import { streamId } from '#kernel/event';
import type { DecisionEvent } from '#decisions/decision.events';
import { projection } from '#projections/projection';

/** How many views each decision is linked to now: what was decided without people stands beside the rest. */
export const decisionPeopleProjection = projection<DecisionEvent>({
  name: 'decision-people',
  version: 1,
  tables: `
    CREATE TABLE decision_people (decision TEXT PRIMARY KEY, authority TEXT NOT NULL, views INTEGER NOT NULL, position TEXT NOT NULL) STRICT, WITHOUT ROWID;
    CREATE INDEX decision_people_by ON decision_people (authority, position);
    CREATE INDEX decision_people_without ON decision_people (authority, position) WHERE views = 0;`,
  on: {
    DecisionMade: (rows, { stream, data, position }) =>
      rows.run('INSERT INTO decision_people VALUES (?, ?, 0, ?)', streamId(stream), data.authority, position),
    DecisionLinkedToContribution: (rows, { stream }) =>
      rows.run('UPDATE decision_people SET views = views + 1 WHERE decision = ?', streamId(stream)),
    DecisionUnlinked: (rows, { stream }) =>
      rows.run('UPDATE decision_people SET views = views - 1 WHERE decision = ?', streamId(stream)),
  },
});
