import type { AccountAct } from '#accounts/accounts.queries';
import { ROLE_REASONS } from '#accounts/account.events';
import type { Role } from '#kernel/codes';
import { longMoment } from '../../shell/dates.js';
import { say } from '../../wording/wording.js';

export const roleName = (role: Role): string => say(`role.${role}`, 'formal');

const REASONS: Readonly<Record<(typeof ROLE_REASONS)[number], string>> = {
  'new-work': 'This is their work now',
  'stands-in': 'They stand in for somebody',
  'other-work': 'They do other work now',
  left: 'They left the council',
  misuse: 'It was, or may have been, misused',
  mistake: 'It was a mistake',
};

/** No free words: a sentence about a member of staff would stay in the record for ever. */
export const REASON_OPTIONS = ROLE_REASONS.map((value) => ({ value, text: REASONS[value] }));

const DONE: Readonly<Record<string, string>> = {
  RoleGranted: 'Role given',
  RoleWithdrawn: 'Role taken away',
  AccountStopped: 'Account stopped',
  AccountStarted: 'Account started again',
  SessionsEnded: 'Signed out everywhere',
  TokenRevoked: 'Token revoked',
};

const BY: Readonly<Record<string, string>> = {
  administrator: 'an administrator',
  'sign-on': 'the council’s own sign-in',
  operator: 'whoever runs this server',
};

/** What was done, as rows of a table. @param link where each thing has a page */
export const actRows = (acts: readonly AccountAct[], link?: (act: AccountAct) => string | undefined) =>
  acts.map((act) => {
    const href = link?.(act);
    return [
      { text: longMoment(act.at) },
      { text: `${DONE[act.type] ?? act.type}${act.role ? `: ${roleName(act.role)}` : ''}`, ...(href && { href }) },
      { text: act.reason ? REASONS[act.reason] : act.by_whom === 'sign-on' ? 'Their council says so' : '' },
      { text: BY[act.by_whom ?? ''] ?? '' },
    ];
  });

export const ACTS_HEAD = ['When', 'What', 'Why', 'By'];

/** Sessions as times only: nothing is kept of the device, so nothing more can be told. */
export const sessionRows = (sessions: readonly { readonly startedAt: number; readonly seenAt: number }[]) =>
  sessions.map(({ startedAt, seenAt }) => [
    { text: longMoment(new Date(startedAt).toISOString()) },
    { text: longMoment(new Date(seenAt).toISOString()) },
  ]);
