import { commitment, makeCommitment } from '#commitments/commitment';
import { createdId } from '#event-store/ids';
import { missing } from '#kernel/refusal';
import {
  type ImportedStep,
  importedEvidence,
  importedOwner,
  importedStep,
  importedWords,
} from '#lifecycle/imported-step';
import { observeEffect } from '#lifecycle/promise-rules';
import type { Promised } from '#lifecycle/lifecycle';
import type { PromiseTerms } from '#lifecycle/making';
import { promiseServiceChange, serviceChange } from '#service-changes/service-change';
import type { When } from '../dates/when.js';
import type { FactOf } from '../fact.js';
import { lastDay } from '../dates/last-day.js';
import { proofDigest } from './proof-digest.js';
import { relationSteps } from './relations.js';
import { type ImportStep, step } from './step.js';

const NOT_RECORDED = 'not recorded';

/** A promise as the source tells it; an owner, a date or a proof that it does not name is a gap. */
export const promiseSteps = (fact: FactOf<'serviceChange'>): ImportStep[] => {
  const { id, authority, occurredAt, links } = fact;
  const behind = links.find(({ as, to }) => as === 'follows-from' && to.resolved);
  const given = { authority, ...termsOf(fact), ...(behind && { decision: behind.to.id }) };
  return [
    step('create', id, occurredAt, serviceChange, (state, today) =>
      promiseServiceChange(state, id, given, today, true),
    ),
    ...relationSteps(
      fact,
      links.filter((link) => link !== behind),
      ['follows-from'],
    ),
  ];
};

/** Whether the record has this part in this pledge: nothing is promised under what is not there. */
export type IsPart = (pledge: string, part: string) => boolean;

export const commitmentSteps = (fact: FactOf<'commitment'>, isPart: IsPart): ImportStep[] => {
  const { id, authority, occurredAt, fields } = fact;
  const { pledge, pledgePart: part } = fields;
  const given = { authority, pledge, part, ...termsOf(fact) };
  return [
    step('create', id, occurredAt, commitment, (state, today) =>
      makeCommitment(state, id, given, { isPart: isPart(pledge, part), today, imported: true }),
    ),
    ...relationSteps(fact, fact.links, ['follows-from']),
  ];
};

const termsOf = ({ id, fields }: PromiseFact): PromiseTerms => {
  const { ownerName, ownerRole, due } = fields;
  return {
    what: fields.what,
    ...(ownerName && { owner: { person: createdId(id, 'owner'), name: ownerName, role: ownerRole ?? NOT_RECORDED } }),
    ...(!ownerName && ownerRole && { ownerRole }),
    ...(due && { due: lastDay(due), ...inexact(due) }),
    ...(fields.proofWanted && { proofWanted: fields.proofWanted }),
    ...(fields.checkerRole && { checker: { role: fields.checkerRole } }),
    ...(fields.status && { sourceStatus: fields.status }),
    ...(fields.reference && { reference: fields.reference }),
    ...(fields.url && { url: fields.url }),
  };
};

const inexact = ({ precision }: When): { duePrecision?: 'month' | 'year' } =>
  precision === 'month' || precision === 'year' ? { duePrecision: precision } : {};

type PromiseFact = FactOf<'serviceChange'> | FactOf<'commitment'>;

/** What a later copy of the source says otherwise: another day, other words, another owner. What was before stays visible. */
export const changedPromiseSteps = (fact: PromiseFact, changed: readonly string[], version: number): ImportStep[] => {
  const { concept, id, fields, digest } = fact;
  const { what, ownerName, ownerRole } = fields;
  const again = (name: string, decide: (promise: Promised) => ReturnType<typeof importedStep>): ImportStep =>
    onPromise(concept, `${name} ${version} ${digest}`, id, undefined, decide);
  const named = ownerName !== null && (changed.includes('ownerName') || changed.includes('ownerRole'));
  return [
    ...(changed.includes('what') ? [again('what', () => importedWords(id, what))] : []),
    ...(changed.includes('due') ? dueSteps(fact, version) : []),
    ...(named
      ? [again('owner', (promise) => importedOwner(promise, id, { person: createdId(id, `owner ${ownerName}`), name: ownerName, role: ownerRole ?? NOT_RECORDED }))]
      : []),
  ]; // prettier-ignore
};

/** The source names another day now: the old one stays visible. */
const dueSteps = ({ concept, id, fields: { due }, digest }: PromiseFact, version: number): ImportStep[] =>
  due === null
    ? []
    : [
        onPromise(concept, `due ${version} ${digest}`, id, undefined, (state, today) =>
          importedStep(state, id, {
            state: 'due-date-changed',
            day: today,
            due: lastDay(due),
            ...inexact(due),
            checker: { person: id },
          }),
        ),
      ];

export const progressSteps = (fact: FactOf<'progress'>): ImportStep[] | undefined => {
  const { state, words, reason, newDue, lookAgain, byRole, byName, status } = fact.fields;
  const said = words ?? status;
  return about(fact, '', (promise, to) => {
    const told: ImportedStep = {
      state: state ?? 'under-way',
      day: lastDay(fact.occurredAt),
      ...(said && { words: said }),
      ...(reason && { reason }),
      ...(newDue && { due: lastDay(newDue), ...inexact(newDue) }),
      ...(lookAgain && { lookAgain: lastDay(lookAgain) }),
      ...(byRole && { byRole }),
      checker: { person: createdId(to, `checker ${fact.id}`), ...(byName && { name: byName }) },
    };
    return importedStep(promise, to, told);
  });
};

/** `version`: of a proof that the source tells otherwise now. */
export const evidenceSteps = (fact: FactOf<'evidence'>, version?: number): ImportStep[] | undefined =>
  about(fact, version === undefined ? '' : ` ${version} ${fact.digest}`, (_promise, to) => {
    const { title, kind, url, suppliedByRole } = fact.fields;
    return importedEvidence(to, {
      evidence: version === undefined ? fact.id : createdId(fact.id, fact.digest),
      kind: kind ?? 'document',
      hash: proofDigest(title, url),
      title,
      suppliedByRole: suppliedByRole ?? NOT_RECORDED,
      ...(url && { url }),
    });
  });

export const effectSteps = (fact: FactOf<'effect'>): ImportStep[] | undefined =>
  about(fact, '', (_promise, to) => {
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
type Told = (promise: Promised, to: string) => ReturnType<typeof importedStep>;

/** Undefined: it is about something whose life the record cannot tell yet. */
const about = (fact: About, again: string, told: Told): ImportStep[] | undefined => {
  const targets = fact.links.filter(({ as, to }) => as === 'about' && to.resolved).map(({ to }) => to);
  const steps: ImportStep[] = [];
  for (const { concept, id } of targets) {
    if (concept !== 'serviceChange' && concept !== 'commitment') return undefined;
    const name = `${steps.length === 0 ? 'step' : `step ${id}`}${again}`;
    steps.push(onPromise(concept, name, id, fact.occurredAt, (promise) => told(promise, id)));
  }
  return steps;
};

type Existing = Promised & { readonly exists: boolean };

const onPromise = (
  kind: 'serviceChange' | 'commitment',
  name: string,
  to: string,
  when: About['occurredAt'] | undefined,
  decide: (promise: Promised, today: string) => ReturnType<typeof importedStep>,
): ImportStep => {
  const next = (promise: Existing, today: string) => (promise.exists ? decide(promise, today) : missing('promise'));
  return kind === 'commitment' ? step(name, to, when, commitment, next) : step(name, to, when, serviceChange, next);
};
