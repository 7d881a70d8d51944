import { ROLES } from '#kernel/codes';
import { events, type EventsOf } from '#kernel/event';
import { code, oneOf, optional } from '#kernel/shape';

/** Who gave or took a role: a person on a page, the council's own sign-in, or whoever runs this server. */
export const GIVERS = ['administrator', 'sign-on', 'operator'] as const;
export type Giver = (typeof GIVERS)[number];

/** Why, as a code: a sentence about a member of staff would be about a person, and would stay for ever. */
export const ROLE_REASONS = ['new-work', 'stands-in', 'other-work', 'left', 'misuse', 'mistake'] as const;
export type RoleReason = (typeof ROLE_REASONS)[number];
const why = { by: oneOf(...GIVERS), reason: optional(oneOf(...ROLE_REASONS)) };

/**
 * An account of a member of staff. The stream's id follows from issuer and subject by a keyed digest: nobody outside can
 * tell who it is, and no name or e-mail address ever stands here.
 */
export const accountEvents = events({
  /** The council whose sign-in knows this person. */
  AccountOpened: { authority: code },
  /** Without a council: in every council (operators only). */
  RoleGranted: { role: oneOf(...ROLES), authority: optional(code), ...why },
  RoleWithdrawn: { role: oneOf(...ROLES), authority: optional(code), ...why },
  /** Nobody can sign in with it, whatever the council's own sign-in says, until it is started again. */
  AccountStopped: why,
  AccountStarted: why,
  /** Everywhere at once: whoever was signed in with this account has to sign in again. */
  SessionsEnded: why,
});

/** A token of a program; that it was made stands only in the vault, that it was revoked and by whom stands here. */
export const accessTokenEvents = events({
  TokenRevoked: { role: oneOf(...ROLES), authority: optional(code), ...why },
});

export type AccessTokenEvent = EventsOf<typeof accessTokenEvents>;

export type AccountEvent = EventsOf<typeof accountEvents>;
