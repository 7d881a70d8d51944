import { decision, linkContribution, recordDecision, reopen, supersede } from '#decisions/decision';
import type { DecisionEvent } from '#decisions/decision.events';
import { Refusal, Refusals } from '#kernel/refusal';
import type { FactLink, FactOf, LinkFact } from '../fact.js';
import { consider } from './contributions.js';
import { lastDay } from '../dates/last-day.js';
import { relationStep, relationSteps } from './relations.js';
import { type ImportStep, step } from './step.js';

/** A consultation may be answered as one: what does not fit into one append follows it. */
const AT_ONCE = 200;

/** A decision as the source tells it: what it does not say (an answer, a reason, an effect) stays missing. */
export const decisionSteps = (fact: FactOf<'decision'>): ImportStep[] => {
  const { id, fields, authority, occurredAt, links } = fact;
  const linked = (as: string) => links.filter((each) => each.as === as && each.to.resolved);
  const hasReason =
    (fields.reasonCodes?.length ?? 0) > 0 || fields.reasonWords !== null || fields.reasonSource !== null;
  const madeAt = linked('made-at')[0];
  return [
    step('create', id, occurredAt, decision, (state, today) =>
      recordDecision(
        state,
        id,
        {
          authority,
          statement: fields.statement,
          alternatives: (fields.alternatives ?? []).map((what) => ({ what })),
          interests: [
            ...(fields.interests ?? []).map((interest) => ({ role: 'not recorded', interest })),
            ...(fields.dispensations ?? []).map((interest) => ({ role: 'dispensation', interest })),
          ],
          decidedBy: fields.decidedByRole
            ? [
                {
                  role: fields.decidedByRole,
                  capacity: fields.decidedByCapacity ?? 'other',
                  ...(fields.decidedByBody && { body: fields.decidedByBody }),
                },
              ]
            : [],
          answers: linked('answers')
            .slice(0, AT_ONCE)
            .map(({ to, effect, why }) => ({
              contribution: to.id,
              ...(effect && { effect }),
              ...(why && { why }),
            })),
          ...(madeAt && { discussion: madeAt.to.id }),
          ...(fields.answer && { answer: fields.answer }),
          ...(hasReason && {
            reason: {
              codes: fields.reasonCodes ?? [],
              ...(fields.reasonWords && { words: fields.reasonWords }),
              ...(fields.reasonSource && { source: fields.reasonSource }),
            },
          }),
          ...(fields.whichPart && { whichPart: fields.whichPart }),
          ...(fields.lookAgain && { lookAgain: lastDay(fields.lookAgain) }),
          ...(fields.status && { sourceStatus: fields.status }),
          ...(fields.passedTo && { passedTo: fields.passedTo }),
          ...(fields.reference && { reference: fields.reference }),
          ...(fields.url && { url: fields.url }),
        },
        today,
        true,
      ),
    ),
    ...decisionLinkSteps(fact, [
      ...linked('answers').slice(AT_ONCE),
      ...links.filter((link) => link.as !== 'answers' && link !== madeAt),
    ]),
  ];
};

/** Links of a decision by themselves: those that a later copy of the source added, or whose other end came later. */
export const decisionLinkSteps = (fact: FactOf<'decision'>, links: readonly FactLink[]): ImportStep[] => {
  const linked = (as: string) => links.filter((each) => each.as === as && each.to.resolved);
  return [
    ...chunksOf(linked('answers'), AT_ONCE).map((some, n) =>
      answering(`links ${fact.digest} ${n}`, fact.id, some, fact),
    ),
    ...linked('supersedes').map(({ to }) => superseding(to.id, fact.id, fact)),
    ...linked('superseded-by').map(({ to }) => superseding(fact.id, to.id, fact)),
    ...relationSteps(fact, links, ['requires', 'made-at']),
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
  const { to, as } = link;
  const isDecision = from.concept === 'decision';
  if (as === 'answers' && isDecision) return [answering('link', from.id, [link], fact)];
  if (as === 'supersedes' && isDecision && to.concept === 'decision') return [superseding(to.id, from.id, fact)];
  if (as === 'superseded-by' && isDecision && to.concept === 'decision') return [superseding(from.id, to.id, fact)];
  if (as === 'considers' && from.concept === 'discussion') return [consider(to.id, from.id, fact)];
  return [relationStep(from.id, to.id, as, fact)];
};

type Dated = Pick<FactOf<'decision'>, 'occurredAt' | 'authority'>;

const chunksOf = <T>(all: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, n) => all.slice(n * size, (n + 1) * size));

/** Several answers in one append; those that stand already are left alone, so the name need not tell them apart. */
const answering = (name: string, id: string, links: readonly FactLink[], { occurredAt }: Dated): ImportStep =>
  step(name, id, occurredAt, decision, (state) => {
    const events: DecisionEvent[] = [];
    for (const { to, effect, why } of links) {
      const link = { contribution: to.id, ...(effect && { effect }), ...(why && { why }) };
      const decided = linkContribution(state, id, link);
      if (decided instanceof Refusal || decided instanceof Refusals) return decided;
      events.push(...decided);
    }
    return events;
  });

const superseding = (old: string, by: string, { occurredAt }: Dated): ImportStep =>
  step(`supersede ${old}`, old, occurredAt, decision, (state) => supersede(state, old, { by }));

/** A status of a source as a code of ours: letters and digits, joined by hyphens. */
const codeOf = (status: string): string =>
  status
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|(?<!-)-+$/g, '')
    .slice(0, 60) || 'reopened';
