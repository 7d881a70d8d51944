import { ROLES } from '#kernel/codes';
import { events, type EventsOf } from '#kernel/event';
import { code, oneOf, optional } from '#kernel/shape';

/** Who gave or took a role: a person on a page, the council's own sign-in, or whoever runs this server. */
export const GIVERS = ['administrator', 'sign-on', 'operator'] as const;
export type Giver = (typeof GIVERS)[number];

/**
 * An account of a member of staff. The stream's id follows from issuer and subject by a keyed digest: nobody outside can
 * tell who it is, and no name or e-mail address ever stands here.
 */
export const accountEvents = events({
  /** The council whose sign-in knows this person. */
  AccountOpened: { authority: code },
  /** Without a council: in every council (operators only). */
  RoleGranted: { role: oneOf(...ROLES), authority: optional(code), by: oneOf(...GIVERS) },
  RoleWithdrawn: { role: oneOf(...ROLES), authority: optional(code), by: oneOf(...GIVERS) },
  /** Nobody can sign in with it, whatever the council's own sign-in says, until it is started again. */
  AccountStopped: { by: oneOf(...GIVERS) },
  AccountStarted: { by: oneOf(...GIVERS) },
});

export type AccountEvent = EventsOf<typeof accountEvents>;
