import { Refusal, Refusals } from '#kernel/refusal';
import { newlyPromised } from '#lifecycle/lifecycle';
import { serviceChangeEvents } from '#lifecycle/lifecycle.events';
import { type NewServiceChange, promiseServiceChange, serviceChange, type ServiceChange } from './service-change.js';
import { promiseProblems } from '#lifecycle/making';

type E = Parameters<typeof serviceChange.evolve>[1];
const ID = '00000000-0000-5000-8000-0000000000aa';
const OWNER = '00000000-0000-5000-8000-0000000000bb';
const TEAM = '00000000-0000-5000-8000-0000000000cc';
const today = '2026-11-23';
const at = { occurredAt: '2026-11-23T09:00:00.000Z', recordedAt: '2026-11-23T09:00:00.000Z' };
const given = (...events: readonly E[]): ServiceChange =>
  events.reduce<ServiceChange>((state, event) => serviceChange.evolve(state, event, at), serviceChange.initial);
const full: NewServiceChange = {
  authority: 'essex',
  team: TEAM,
  what: 'A form of one page',
  owner: { person: OWNER, name: 'Ann Webb', role: 'transport manager' },
  due: '2027-03-01',
  proofWanted: 'The new form',
  checker: { name: 'Joy Bell', role: 'co-chair' },
};
const outcome = (decided: unknown): string =>
  decided instanceof Refusals
    ? decided.all.map(({ code, pointer }) => `${code} ${pointer}`).join(', ')
    : decided instanceof Refusal
      ? decided.code
      : (decided as E[]).map(({ type }) => type).join(' ');

/** "what will be different, a named owner and role, due date, how we will know it is done, who will check" */
describe('a promised service change', () => {
  const promise = (more: object, state = serviceChange.initial) =>
    promiseServiceChange(state, ID, { ...full, ...more }, today);
  const owner = (name: string, role = 'transport manager') => ({ owner: { person: OWNER, name, role } });

  it.each<[string, object, string]>([
    ['everything', {}, 'ServiceChangePromised'],
    ['nothing that will be different', { what: ' \n' }, 'what-missing /what'],
    ['no owner', { owner: undefined }, 'owner-missing /owner/name, owner-role-missing /owner/role'],
    ['an owner without a name', owner(' '), 'owner-missing /owner/name'],
    ['an owner without a role', owner('Ann Webb', ' '), 'owner-role-missing /owner/role'],
    ['no date', { due: undefined }, 'date-missing /due'],
    ['a date in words', { due: 'spring' }, 'date-wrong /due'],
    ['a date that is none', { due: '2027-02-29' }, 'date-wrong /due'],
    ['a date gone by', { due: '2026-11-22' }, 'date-past /due'],
    ['today', { due: today }, 'ServiceChangePromised'],
    ['no way to know', { proofWanted: ' ' }, 'proof-missing /proofWanted'],
    ['nobody who checks', { checker: undefined }, 'checker-missing /checker/role'],
    ['a checker without a name but with a role', { checker: { role: 'co-chair' } }, 'ServiceChangePromised'],
    // "confirmed by someone other than the owner"
    ['the owner as the checker', { checker: { name: ' ann webb', role: 'co-chair' } }, 'checker-is-owner /checker/name'],
    ['vague words', { what: 'We will look into the form' }, 'vague /what'],
    ['vague words and why they stand', { what: 'A notice: noted', vagueOverride: 'A quote' }, 'ServiceChangePromised'],
    ['everything wrong', { what: '', owner: undefined, due: '', proofWanted: '', checker: undefined },
      'what-missing /what, owner-missing /owner/name, owner-role-missing /owner/role, date-missing /due, proof-missing /proofWanted, checker-missing /checker/role'],
  ])('given nothing, when it says %s', (_, more, then) => expect(outcome(promise(more))).toBe(then)); // prettier-ignore

  it.each(['The team', 'council', 'THE DEPARTMENT', 'tbc', 'N/A', '?', '--', 'everyone', 'Unknown '])(
    'has an owner who is a person: ‘%s’ is none',
    (name) => expect(outcome(promise(owner(name)))).toBe('owner-missing /owner/name'),
  );
  it.each(['Stafford Allan', 'Al', 'Service Akpan'])('lets people be called %s', (name) =>
    expect(outcome(promise(owner(name)))).toBe('ServiceChangePromised'),
  );

  it('is recorded once', () => {
    const made = promise({}) as E[];
    expect(outcome(promise({}, given(...made)))).toBe('already-recorded');
  });

  it('starts as promised, with its owner and date, about its council and team', () =>
    expect(given(...(promise({}) as E[]))).toEqual({
      ...newlyPromised,
      exists: true,
      about: { authority: 'essex', team: TEAM },
      owner: { person: OWNER, role: 'transport manager' },
      due: '2027-03-01',
    }));

  it('seals the name of the owner under the owner, and every other word under the promise', () => {
    const [made] = promise({ what: 'SECRET', checker: { name: 'SECRET too', role: 'co-chair' }, ...owner('SECRET') }) as E[];
    expect(made?.data).toMatchObject({
      what: { of: ID },
      owner: { name: { of: OWNER } },
      checker: { name: { of: ID }, role: 'co-chair' },
    });
    serviceChangeEvents.ServiceChangePromised.check(made?.data ?? {}, '');
    expect(JSON.stringify(made, (key, value: unknown) => (key === 'open' ? undefined : value))).not.toContain('SECRET');
  }); // prettier-ignore

  it('of imported history may miss what its source does not say, and nothing is made up for it', () =>
    expect(promiseServiceChange(serviceChange.initial, ID, { authority: 'essex', what: 'A ramp' }, today, true)).toEqual([
      { type: 'ServiceChangePromised', data: { authority: 'essex', what: { of: ID, open: 'A ramp' } } },
    ])); // prettier-ignore

  it('finds the same problems in a draft that has no person for its owner yet', () =>
    expect(promiseProblems({ ...full, owner: { name: 'tba', role: '' } }, today).map(({ pointer }) => pointer)).toEqual([
      '/owner/name',
      '/owner/role',
    ])); // prettier-ignore

  it('one lifecycle, written once: what happens later folds as for any promise', () => {
    const later = { type: 'ReportedDone', data: { byRole: 'owner' } } as unknown as E;
    expect(given(...(promise({}) as E[]), later)).toMatchObject({ exists: true, state: 'reported-done' });
  });
});
