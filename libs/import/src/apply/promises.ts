import { createdId } from '#event-store/ids';
import { missing } from '#kernel/refusal';
import { type ImportedStep, importedEvidence, importedStep } from '#lifecycle/imported-step';
import { observeEffect } from '#lifecycle/promise-rules';
import { promiseServiceChange, serviceChange, type ServiceChange } from '#service-changes/service-change';
import type { FactOf } from '../fact.js';
import { lastDay } from './days.js';
import { proofDigest } from './proof-digest.js';
import { relationSteps } from './relations.js';
import { type ImportStep, step } from './step.js';

const NOT_RECORDED = 'not recorded';

/** A promise as the source tells it; an owner, a date or a proof that it does not name is a gap. */
export const promiseSteps = (fact: FactOf<'serviceChange'>): ImportStep[] => {
  const { id, fields, authority, occurredAt, links } = fact;
  const behind = links.find(({ as, to }) => as === 'follows-from' && to.resolved);
  const { ownerName, ownerRole } = fields;
  return [
    step('create', id, occurredAt, serviceChange, (state, today) =>
      promiseServiceChange(
        state,
        id,
        {
          authority,
          what: fields.what,
          ...(behind && { decision: behind.to.id }),
          ...(ownerName && {
            owner: { person: createdId(id, 'owner'), name: ownerName, role: ownerRole ?? NOT_RECORDED },
          }),
          ...(!ownerName && ownerRole && { ownerRole }),
          ...(fields.due && { due: lastDay(fields.due) }),
          ...(fields.proofWanted && { proofWanted: fields.proofWanted }),
          ...(fields.checkerRole && { checker: { role: fields.checkerRole } }),
          ...(fields.status && { sourceStatus: fields.status }),
          ...(fields.reference && { reference: fields.reference }),
          ...(fields.url && { url: fields.url }),
        },
        today,
        true,
      ),
    ),
    ...relationSteps(
      fact,
      links.filter((link) => link !== behind),
      ['follows-from'],
    ),
  ];
};

/** The source names another day now: the old one stays visible. */
export const dueSteps = ({ id, fields: { due }, digest }: FactOf<'serviceChange'>, version: number): ImportStep[] =>
  due === null
    ? []
    : [
        onPromise(`due ${version} ${digest}`, id, undefined, (state, today) =>
          importedStep(state, id, {
            state: 'due-date-changed',
            day: today,
            due: lastDay(due),
            checker: { person: id },
          }),
        ),
      ];

export const progressSteps = (fact: FactOf<'progress'>): ImportStep[] | undefined => {
  const { state, words, reason, newDue, lookAgain, byRole, byName, status } = fact.fields;
  const said = words ?? status;
  return about(fact, (promise, to) => {
    const told: ImportedStep = {
      state: state ?? 'under-way',
      day: lastDay(fact.occurredAt),
      ...(said && { words: said }),
      ...(reason && { reason }),
      ...(newDue && { due: lastDay(newDue) }),
      ...(lookAgain && { lookAgain: lastDay(lookAgain) }),
      ...(byRole && { byRole }),
      checker: { person: createdId(to, `checker ${fact.id}`), ...(byName && { name: byName }) },
    };
    return importedStep(promise, to, told);
  });
};

export const evidenceSteps = (fact: FactOf<'evidence'>): ImportStep[] | undefined =>
  about(fact, (_promise, to) => {
    const { title, kind, url, suppliedByRole } = fact.fields;
    return importedEvidence(to, {
      evidence: fact.id,
      kind: kind ?? 'document',
      hash: proofDigest(title, url),
      title,
      suppliedByRole: suppliedByRole ?? NOT_RECORDED,
      ...(url && { url }),
    });
  });

export const effectSteps = (fact: FactOf<'effect'>): ImportStep[] | undefined =>
  about(fact, (_promise, to) => {
    const { what, forWhom, source, before, after, harm } = fact.fields;
    return observeEffect(to, {
      what,
      forWhom: forWhom ?? NOT_RECORDED,
      source: source ?? 'other',
      ...(before && { before }),
      ...(after && { after }),
      ...(harm !== null && { harm }),
    });
  });

type About = FactOf<'progress'> | FactOf<'evidence'> | FactOf<'effect'>;
type Told = (promise: ServiceChange, to: string) => ReturnType<typeof importedStep>;

/** Undefined: it is about something whose life the record cannot tell yet. */
const about = (fact: About, told: Told): ImportStep[] | undefined => {
  const targets = fact.links.filter(({ as, to }) => as === 'about' && to.resolved).map(({ to }) => to);
  if (targets.some(({ concept }) => concept !== 'serviceChange')) return undefined;
  return targets.map(({ id }, n) =>
    onPromise(n === 0 ? 'step' : `step ${id}`, id, fact.occurredAt, (promise) => told(promise, id)),
  );
};

const onPromise = (
  name: string,
  to: string,
  when: About['occurredAt'] | undefined,
  decide: (promise: ServiceChange, today: string) => ReturnType<typeof importedStep>,
): ImportStep =>
  step(name, to, when, serviceChange, (promise, today) =>
    promise.exists ? decide(promise, today) : missing('promise'),
  );
