import { decision, linkContribution, recordDecision, reopen, supersede } from '#decisions/decision';
import type { FactOf, LinkFact } from '../fact.js';
import { consider } from './contributions.js';
import { noteRelation, relation } from './import-stream.js';
import { relationId } from './relation-id.js';
import { type ImportStep, step } from './step.js';

/** A decision as the source tells it: what it does not say (an answer, a reason, an effect) stays missing. */
export const decisionSteps = (fact: FactOf<'decision'>): ImportStep[] => {
  const { id, fields, authority, occurredAt, links } = fact;
  const linked = (as: string) => links.filter((each) => each.as === as && each.to.resolved);
  const hasReason =
    (fields.reasonCodes?.length ?? 0) > 0 || fields.reasonWords !== null || fields.reasonSource !== null;
  const discussion = linked('made-at')[0]?.to.id;
  return [
    step('create', id, occurredAt, decision, (state, today) =>
      recordDecision(
        state,
        id,
        {
          authority,
          statement: fields.statement,
          alternatives: (fields.alternatives ?? []).map((what) => ({ what })),
          interests: [],
          decidedBy: fields.decidedByRole
            ? [
                {
                  role: fields.decidedByRole,
                  capacity: fields.decidedByCapacity ?? 'other',
                  ...(fields.decidedByBody && { body: fields.decidedByBody }),
                },
              ]
            : [],
          answers: linked('answers').map(({ to, effect, why }) => ({
            contribution: to.id,
            ...(effect && { effect }),
            ...(why && { why }),
          })),
          ...(discussion && { discussion }),
          ...(fields.answer && { answer: fields.answer }),
          ...(hasReason && {
            reason: {
              codes: fields.reasonCodes ?? [],
              ...(fields.reasonWords && { words: fields.reasonWords }),
              ...(fields.reasonSource && { source: fields.reasonSource }),
            },
          }),
          ...(fields.whichPart && { whichPart: fields.whichPart }),
          ...(fields.lookAgain?.precision === 'day' && { lookAgain: fields.lookAgain.at }),
          ...(fields.passedTo && { passedTo: fields.passedTo }),
          ...(fields.reference && { reference: fields.reference }),
          ...(fields.url && { url: fields.url }),
        },
        today,
        true,
      ),
    ),
    ...linked('supersedes').map(({ to }) => superseding(to.id, id, fact)),
    ...linked('superseded-by').map(({ to }) => superseding(id, to.id, fact)),
    ...linked('requires').map(({ to }) => relationStep(id, to.id, 'requires', fact)),
  ];
};

export const reopeningSteps = (fact: FactOf<'reopening'>): ImportStep[] => {
  const { status, why } = fact.fields;
  return fact.links
    .filter(({ as, to }) => as === 'reopens' && to.resolved)
    .map(({ to }) =>
      step('reopen', to.id, fact.occurredAt, decision, (state) =>
        reopen(state, to.id, { status: codeOf(status), ...(why && { why }) }),
      ),
    );
};

/** A connection that a row of its own tells of. What stands between views or points elsewhere is noted, not followed. */
export const linkSteps = (fact: LinkFact): ImportStep[] => {
  const [link] = fact.links;
  const { from } = fact;
  if (!link?.to.resolved || !from.resolved) return [];
  const { to, as, effect, why } = link;
  const isDecision = from.concept === 'decision';
  if (as === 'answers' && isDecision)
    return [
      step('link', from.id, fact.occurredAt, decision, (state) =>
        linkContribution(state, from.id, { contribution: to.id, ...(effect && { effect }), ...(why && { why }) }),
      ),
    ];
  if (as === 'supersedes' && isDecision && to.concept === 'decision') return [superseding(to.id, from.id, fact)];
  if (as === 'superseded-by' && isDecision && to.concept === 'decision') return [superseding(from.id, to.id, fact)];
  if (as === 'considers' && from.concept === 'discussion') return [consider(to.id, from.id, fact)];
  return [relationStep(from.id, to.id, as, fact)];
};

type Dated = Pick<FactOf<'decision'>, 'occurredAt' | 'authority'>;

const superseding = (old: string, by: string, { occurredAt }: Dated): ImportStep =>
  step(`supersede ${old}`, old, occurredAt, decision, (state) => supersede(state, old, { by }));

const relationStep = (from: string, to: string, as: string, { occurredAt, authority }: Dated): ImportStep => ({
  ...step(`relation ${to} ${as}`, relationId(from, to, as), occurredAt, relation, (state) =>
    noteRelation(state, { from, to, as }),
  ),
  authority,
});

/** A status of a source as a code of ours: letters and digits, joined by hyphens. */
const codeOf = (status: string): string =>
  status
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60) || 'reopened';
