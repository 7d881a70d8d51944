import { Refusal } from '#kernel/refusal';
import {
  type Account,
  account,
  grantRole,
  holds,
  matchRoles,
  openAccount,
  startAccount,
  stopAccount,
  withdrawRole,
} from './account.js';
import type { AccountEvent } from './account.events.js';

const after = (...events: readonly AccountEvent[]): Account =>
  events.reduce<Account>(
    (state, event) => account.evolve(state, event, { occurredAt: '', recordedAt: '' }),
    account.initial,
  );
const opened: AccountEvent = { type: 'AccountOpened', data: { authority: 'essex' } };
const chair: AccountEvent = { type: 'RoleGranted', data: { role: 'chair', authority: 'essex', by: 'sign-on' } };
const byHand: AccountEvent = { type: 'RoleGranted', data: { role: 'owner', authority: 'essex', by: 'administrator' } };
const stopped: AccountEvent = { type: 'AccountStopped', data: { by: 'administrator' } };
const admin = { by: 'administrator', within: 'essex' } as const;
const asChair = { role: 'chair', authority: 'essex' } as const;

describe('an account of staff', () => {
  it('is opened once', () => {
    expect(openAccount(after(), 'essex')).toEqual([opened]);
    expect(openAccount(after(opened), 'essex')).toEqual([]);
  });

  it('holds a role until it is withdrawn or the account is stopped, and again when it is started', () => {
    expect(holds(after(opened, chair), asChair)).toBe(true);
    expect(holds(after(opened, chair), { role: 'chair' })).toBe(false);
    expect(holds(after(opened, chair), { role: 'chair', authority: 'suffolk' })).toBe(false);
    expect(holds(after(opened, chair, stopped), asChair)).toBe(false);
    const started: AccountEvent = { type: 'AccountStarted', data: { by: 'administrator' } };
    expect(holds(after(opened, chair, stopped, started), asChair)).toBe(true);
    const gone: AccountEvent = { type: 'RoleWithdrawn', data: { ...asChair, by: 'administrator' } };
    expect(holds(after(opened, chair, gone), asChair)).toBe(false);
  });

  it('an administrator of another council does not find it', () => {
    const other = { by: 'administrator', within: 'suffolk' } as const;
    for (const decided of [
      grantRole(after(opened), asChair, other),
      withdrawRole(after(opened, chair), asChair, other),
      stopAccount(after(opened), other),
      startAccount(after(opened, stopped), other),
    ])
      expect(decided).toMatchObject({ kind: 'missing' });
  });

  it('nobody changes their own, or gives a role in another council or in all of them', () => {
    const own = { ...admin, own: true };
    const refused = [
      grantRole(after(opened), { role: 'administrator', authority: 'essex' }, own),
      withdrawRole(after(opened, chair), asChair, own),
      stopAccount(after(opened), own),
      grantRole(after(opened), { role: 'administrator' }, { by: 'administrator' }),
      grantRole(after(opened), { role: 'chair', authority: 'suffolk' }, { by: 'administrator' }),
      grantRole(after(opened), { role: 'chair' }, { by: 'operator' }),
      grantRole(after(opened), { role: 'participant', authority: 'essex' }, admin),
    ];
    expect(refused.filter((decided) => !(decided instanceof Refusal))).toEqual([]);
  });

  it('takes over what the council’s sign-in names, and leaves what was given by hand', () => {
    expect(matchRoles(after(), 'essex', ['chair'])).toEqual([opened, chair]);
    expect(matchRoles(after(opened, chair, byHand), 'essex', ['chair'])).toEqual([]);
    expect(matchRoles(after(opened, chair, byHand), 'essex', [])).toEqual([
      { type: 'RoleWithdrawn', data: { ...asChair, by: 'sign-on' } },
    ]);
    expect(matchRoles(after(opened), 'essex', ['participant', 'supporter'])).toEqual([]);
  });
});
