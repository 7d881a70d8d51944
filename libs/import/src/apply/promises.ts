import { createdId } from '#event-store/ids';
import { takeStep } from '#lifecycle/promise-steps';
import type { PromiseStep } from '#lifecycle/promise-steps';
import { promiseServiceChange, serviceChange } from '#service-changes/service-change';
import { missing } from '#kernel/refusal';
import type { FactOf } from '../fact.js';
import { proofDigest } from './proof-digest.js';
import { type ImportStep, step } from './step.js';

/** A promise as the source tells it; an owner, a date or a proof that it does not name is a gap. */
export const promiseSteps = (fact: FactOf<'serviceChange'>): ImportStep[] => {
  const { id, fields, authority, occurredAt, links } = fact;
  const behind = links.find(({ as, to }) => as === 'follows-from' && to.resolved)?.to.id;
  return [
    step('create', id, occurredAt, serviceChange, (state, today) =>
      promiseServiceChange(
        state,
        id,
        {
          authority,
          what: fields.what,
          ...(behind && { decision: behind }),
          ...(fields.ownerName && {
            owner: { person: createdId(id, 'owner'), name: fields.ownerName, role: fields.ownerRole ?? 'Not recorded' },
          }),
          ...(fields.due?.precision === 'day' && { due: fields.due.at }),
          ...(fields.proofWanted && { proofWanted: fields.proofWanted }),
          ...(fields.checkerRole && { checker: { role: fields.checkerRole } }),
          ...(fields.reference && { reference: fields.reference }),
        },
        today,
        true,
      ),
    ),
  ];
};

export const progressSteps = (fact: FactOf<'progress'>): ImportStep[] => about(fact, (to) => stepOf(fact, to));

export const evidenceSteps = (fact: FactOf<'evidence'>): ImportStep[] =>
  about(fact, () => {
    const { title, kind, url, suppliedByRole } = fact.fields;
    return {
      do: 'evidence',
      evidence: fact.id,
      kind: kind ?? 'document',
      hash: proofDigest(title, url),
      title,
      suppliedByRole: suppliedByRole ?? 'not recorded',
      ...(url && { url }),
    };
  });

export const effectSteps = (fact: FactOf<'effect'>): ImportStep[] =>
  about(fact, () => {
    const { what, forWhom, source, before, after, harm } = fact.fields;
    return {
      do: 'effect',
      what,
      forWhom: forWhom ?? 'Not recorded',
      source: source ?? 'other',
      ...(before && { before }),
      ...(after && { after }),
      ...(harm !== null && { harm }),
    };
  });

type About = FactOf<'progress'> | FactOf<'evidence'> | FactOf<'effect'>;

const about = (fact: About, stepFor: (to: string) => PromiseStep): ImportStep[] =>
  fact.links
    .filter(({ as, to }) => as === 'about' && to.resolved && to.concept === 'serviceChange')
    .map(({ to }) =>
      step('step', to.id, fact.occurredAt, serviceChange, (state, today) =>
        state.exists
          ? takeStep(state, to.id, stepFor(to.id), { today, instant: `${today}T00:00:00.000Z` })
          : missing('promise'),
      ),
    );

const stepOf = ({ fields, id }: FactOf<'progress'>, to: string): PromiseStep => {
  const { state, words, reason, newDue, lookAgain, byRole } = fields;
  const said = words ?? fields.status ?? '';
  const why = reason ?? words ?? '';
  const role = byRole ?? 'not recorded';
  switch (state) {
    case 'accepted':
      return { do: 'accept' };
    case 'reported-done':
      return { do: 'report-done', byRole: role, ...(said && { words: said }) };
    case 'confirmed':
    case 'disputed':
      return {
        do: 'check', confirmed: state === 'confirmed', person: createdId(to, `checker ${id}`), byRole: role, ...(said && { words: said }),
      }; // prettier-ignore
    case 'due-date-changed':
      return { do: 'move-date', due: newDue?.at ?? '', reason: why, agreedBy: role };
    case 'paused':
      return { do: 'pause', reason: why, lookAgain: lookAgain?.at ?? '' };
    case 'dropped':
      return { do: 'drop', reason: why };
    case 'reopened':
      return { do: 'reopen', reason: why, due: newDue?.at ?? '' };
    case 'resumed':
    case 'under-way':
    case null:
      return { do: 'progress', words: said };
  }
};
