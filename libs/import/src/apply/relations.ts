import type { Fact, FactLink } from '../fact.js';
import { noteRelation, relation } from './import-stream.js';
import { relationId } from './relation-id.js';
import { type ImportStep, step } from './step.js';

type Dated = Pick<Fact, 'occurredAt' | 'authority'>;

/** What a source says about two things, in a stream of its own: noted once, whoever says it again. */
export const relationStep = (from: string, to: string, as: string, { occurredAt, authority }: Dated): ImportStep => ({
  ...step(`relation ${to} ${as}`, relationId(from, to, as), occurredAt, relation, (state) =>
    noteRelation(state, { from, to, as }),
  ),
  authority,
});

/** Links of a thing that are no part of the thing itself, as far as what they lead to is there. */
export const relationSteps = (fact: Fact, links: readonly FactLink[], kinds: readonly string[]): ImportStep[] =>
  links
    .filter(({ as, to }) => kinds.includes(as) && to.resolved)
    .map(({ as, to }) => relationStep(fact.id, to.id, as, fact));
