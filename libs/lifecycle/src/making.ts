import { personal } from '#kernel/personal';
import { Refusal } from '#kernel/refusal';
import { isDay } from '#kernel/time';
import { vagueAdvice, vaguePhrase } from '#kernel/vague-phrases';
import type { Promised } from './lifecycle.js';
import { NOT_A_PERSON } from './promise-rules.js';

/** What every promise says when it is made: the same for a service change and for a commitment of the pledge. */
export interface PromiseTerms {
  readonly what: string;
  readonly owner?: { readonly person: string; readonly name: string; readonly role: string };
  /** Only of imported history that names no person. */
  readonly ownerRole?: string;
  readonly due?: string;
  /** Only of imported history that gives no day. */
  readonly duePrecision?: 'month' | 'year';
  readonly proofWanted?: string;
  readonly checker?: { readonly name?: string; readonly role: string };
  readonly vagueOverride?: string;
  readonly reference?: string;
  /** Only of imported history: what the source itself calls its state. */
  readonly sourceStatus?: string;
  readonly url?: string;
}

type Checked = Omit<PromiseTerms, 'owner'> & { readonly owner?: { readonly name: string; readonly role: string } };

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

/** The terms as they are stored: whatever people typed is sealed, names with the key of whoever bears them. */
export const sealedTerms = <T extends PromiseTerms>(id: string, given: T) => {
  const { what, owner, checker, sourceStatus, ...rest } = given;
  return {
    ...rest,
    what: personal(id, what),
    ...(sourceStatus && { sourceStatus: personal(id, sourceStatus) }),
    ...(owner && { owner: { person: owner.person, role: owner.role, name: personal(owner.person, owner.name) } }),
    ...(checker && { checker: { role: checker.role, ...(checker.name && { name: personal(id, checker.name) }) } }),
  };
};

/** What the rules of a promise need to know of its making. */
export const beginPromised = ({
  owner,
  due,
}: {
  readonly owner?: { readonly person: string; readonly role: string };
  readonly due?: string;
}): Pick<Promised, 'owner' | 'due'> => ({
  ...(owner && { owner: { person: owner.person, role: owner.role } }),
  ...(due && { due }),
});
