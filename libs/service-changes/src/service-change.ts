import type { Aggregate, Decided } from '#kernel/aggregate';
import type { About } from '#kernel/event';
import { personal } from '#kernel/personal';
import { Refusal, Refusals, refuse } from '#kernel/refusal';
import { isDay } from '#kernel/time';
import { vagueAdvice, vaguePhrase } from '#kernel/vague-phrases';
import { NOT_A_PERSON } from '#lifecycle/promise-rules';
import { evolvePromise, newlyPromised, type Promised } from '#lifecycle/lifecycle';
import type { ServiceChangeEvent } from '#lifecycle/lifecycle.events';

export interface ServiceChange extends Promised {
  readonly exists: boolean;
  readonly about: About;
  /** The decision it follows from: the views that it answers stand behind this promise. */
  readonly decision?: string;
}

export interface NewServiceChange {
  readonly authority: string;
  readonly team?: string;
  readonly meeting?: string;
  readonly decision?: string;
  readonly what: string;
  readonly owner?: { readonly person: string; readonly name: string; readonly role: string };
  /** Only of imported history that names no person. */
  readonly ownerRole?: string;
  readonly due?: string;
  readonly proofWanted?: string;
  readonly checker?: { readonly name?: string; readonly role: string };
  readonly vagueOverride?: string;
  readonly reference?: string;
  /** Only of imported history: what the source itself calls its state. */
  readonly sourceStatus?: string;
  readonly url?: string;
}

export const serviceChange: Aggregate<ServiceChange, ServiceChangeEvent> = {
  category: 'serviceChange',
  initial: { ...newlyPromised, exists: false, about: {} },
  about: (state) => state.about,
  evolve(state, event) {
    if (event.type !== 'ServiceChangePromised') return evolvePromise(state, event);
    const { authority, team, owner, due, decision } = event.data;
    return {
      ...state,
      exists: true,
      about: { authority, ...(team && { team }) },
      ...(owner && { owner: { person: owner.person, role: owner.role } }),
      ...(due && { due }),
      ...(decision && { decision }),
    };
  },
};

type Checked = Omit<NewServiceChange, 'authority' | 'owner'> & {
  readonly owner?: { readonly name: string; readonly role: string };
};

/** Everything a promise must say, all problems at once. Used where it is recorded and where a meeting's draft is checked. */
export const promiseProblems = (given: Checked, today: string): Refusal[] => {
  const problems: Refusal[] = [];
  const wrong = (code: string, message: string, pointer: string): number =>
    problems.push(new Refusal(code, message, pointer));
  if (!given.what.trim()) wrong('what-missing', 'Say what will be different.', '/what');
  const name = given.owner?.name.trim() ?? '';
  if (!name || NOT_A_PERSON.test(name))
    wrong('owner-missing', 'Enter the name of the person who will do this. A team cannot be asked.', '/owner/name');
  if (!given.owner?.role.trim())
    wrong('owner-role-missing', 'Enter the role of the person who will do this.', '/owner/role');
  if (!given.due) wrong('date-missing', 'Type the date when this will be done.', '/due');
  else if (!isDay(given.due)) wrong('date-wrong', 'Enter a date that exists, like 1 March 2027.', '/due');
  else if (given.due < today) wrong('date-past', 'The date must be today or after today.', '/due');
  if (!given.proofWanted?.trim()) wrong('proof-missing', 'Say how we will know that it is done.', '/proofWanted');
  if (!given.checker?.role.trim()) wrong('checker-missing', 'Say who will check that it is done.', '/checker/role');
  if (given.checker?.name?.trim() && given.checker.name.trim().toLowerCase() === name.toLowerCase())
    wrong('checker-is-owner', 'Somebody other than the owner must check it.', '/checker/name');
  const vague = vaguePhrase(given.what);
  if (vague && !given.vagueOverride?.trim()) wrong('vague', vagueAdvice(vague), '/what');
  return problems;
};

/** `imported`: what the source does not say stays missing and is shown as a gap. */
export const promiseServiceChange = (
  state: ServiceChange,
  id: string,
  given: NewServiceChange,
  today: string,
  imported = false,
): Decided<ServiceChangeEvent> => {
  if (state.exists) return refuse('already-recorded', 'This promise is already recorded. We did not record it twice.');
  const problems = imported ? [] : promiseProblems(given, today);
  if (problems.length > 0) return new Refusals(problems);
  const { what, owner, checker, sourceStatus, ...rest } = given;
  return [
    {
      type: 'ServiceChangePromised',
      data: {
        ...rest,
        what: personal(id, what),
        ...(sourceStatus && { sourceStatus: personal(id, sourceStatus) }),
        ...(owner && { owner: { person: owner.person, role: owner.role, name: personal(owner.person, owner.name) } }),
        ...(checker && { checker: { role: checker.role, ...(checker.name && { name: personal(id, checker.name) }) } }),
      },
    },
  ];
};
