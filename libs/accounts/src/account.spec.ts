import { Refusal } from '#kernel/refusal';
import type { Decided } from '#kernel/aggregate';
import {
  accessToken,
  type Account,
  account,
  endSessions,
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
    expect(holds(after(opened, byHand, chair), asChair)).toBe(true);
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

  const operator = { by: 'operator' } as const;
  const elsewhere = { by: 'administrator' } as const;
  const own = { ...admin, own: true };
  it.each<[string, Decided<AccountEvent>, unknown]>([
    ['given', grantRole(after(opened), asChair, { ...admin, reason: 'new-work' }), [{ type: 'RoleGranted', data: { ...asChair, by: 'administrator', reason: 'new-work' } }]],
    ['given twice', grantRole(after(opened, chair), asChair, admin), []],
    ['given beside one for every council', grantRole(after(opened, { type: 'RoleGranted', data: { role: 'administrator', by: 'operator' } }), { role: 'administrator', authority: 'essex' }, admin), [{ type: 'RoleGranted', data: { role: 'administrator', authority: 'essex', by: 'administrator' } }]],
    ['given to nobody', grantRole(after(), asChair, admin), { kind: 'missing' }],
    ['given for another council', grantRole(after(opened), { role: 'chair', authority: 'suffolk' }, admin), { kind: 'missing' }],
    ['given for another council by one of every council', grantRole(after(opened), { role: 'chair', authority: 'suffolk' }, elsewhere), { code: 'other-council' }],
    ['given for another council by an operator', grantRole(after(opened), { role: 'chair', authority: 'suffolk' }, operator), [{ type: 'RoleGranted', data: { role: 'chair', authority: 'suffolk', by: 'operator' } }]],
    ['given for every council by an operator', grantRole(after(opened), { role: 'administrator' }, operator), [{ type: 'RoleGranted', data: { role: 'administrator', by: 'operator' } }]],
    ['that stays in a council, for every council', grantRole(after(opened), { role: 'chair' }, operator), { code: 'council-missing' }],
    ['given for every council by an administrator', grantRole(after(opened), { role: 'administrator' }, elsewhere), { code: 'council-missing' }],
    ['of a participant', grantRole(after(opened), { role: 'participant', authority: 'essex' }, admin), { code: 'not-a-staff-role' }],
    ['of one’s own', grantRole(after(opened), asChair, own), { code: 'own-account' }],
    ['taken away', withdrawRole(after(opened, chair), asChair, { ...admin, reason: 'left' }), [{ type: 'RoleWithdrawn', data: { ...asChair, by: 'administrator', reason: 'left' } }]],
    ['taken away from among others', withdrawRole(after(opened, byHand, chair), asChair, admin), [{ type: 'RoleWithdrawn', data: { ...asChair, by: 'administrator' } }]],
    ['given beside another', grantRole(after(opened, byHand), asChair, admin), [{ type: 'RoleGranted', data: { ...asChair, by: 'administrator' } }]],
    ['taken away for every council', withdrawRole(after(opened, { type: 'RoleGranted', data: { role: 'administrator', by: 'operator' } }), { role: 'administrator' }, operator), [{ type: 'RoleWithdrawn', data: { role: 'administrator', by: 'operator' } }]],
    ['taken away that is not held', withdrawRole(after(opened), asChair, admin), []],
    ['taken away in another council', withdrawRole(after(opened, chair), { role: 'chair', authority: 'suffolk' }, admin), { kind: 'missing' }],
    ['taken from oneself', withdrawRole(after(opened, chair), asChair, own), { code: 'own-account' }],
    ['taken from nobody', withdrawRole(after(), asChair, admin), { kind: 'missing' }],
    ['of an account that is stopped', stopAccount(after(opened), { ...admin, reason: 'left' }), [{ type: 'AccountStopped', data: { by: 'administrator', reason: 'left' } }]],
    ['of an account that was stopped before', stopAccount(after(opened, stopped), admin), []],
    ['of one’s own account, stopped', stopAccount(after(opened), own), { code: 'own-account' }],
    ['of an account that is started', startAccount(after(opened, stopped), admin), [{ type: 'AccountStarted', data: { by: 'administrator' } }]],
    ['of an account that runs', startAccount(after(opened), admin), []],
    ['of an account signed out', endSessions(after(opened), { ...admin, reason: 'misuse' }), [{ type: 'SessionsEnded', data: { by: 'administrator', reason: 'misuse' } }]],
    ['of no account signed out', endSessions(after(), admin), { kind: 'missing' }],
    ['of another council’s account signed out', endSessions(after(opened), { by: 'administrator', within: 'suffolk' }), { kind: 'missing' }],
  ])('a role %s', (_, decided, expected) =>
    expect(decided).toEqual(Array.isArray(expected) ? expected : expect.objectContaining(expected as object)),
  );

  it('stands in the record under its council, and a token that was revoked stays so', () => {
    expect([account.about(after()), account.about(after(opened))]).toStrictEqual([{}, { authority: 'essex' }]);
    const revoked = { type: 'TokenRevoked' as const, data: { role: 'chair' as const, authority: 'essex', by: 'administrator' as const } };
    const of = (event: typeof revoked | { type: 'TokenRevoked'; data: { role: 'administrator'; by: 'administrator' } }) => accessToken.evolve(accessToken.initial, event, { occurredAt: '', recordedAt: '' });
    expect([accessToken.initial.revoked, of(revoked).revoked, accessToken.about(of(revoked))]).toEqual([false, true, { authority: 'essex' }]);
    expect(accessToken.about(of({ type: 'TokenRevoked', data: { role: 'administrator', by: 'administrator' } }))).toStrictEqual({});
  });
}); // prettier-ignore
