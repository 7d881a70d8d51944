import type { Who } from '#identity/who';
import { missing } from '#kernel/refusal';

/** The one council whose people this officer answers to. @throws Refusal for anybody without one: there is nothing to see. */
export const councilOf = (who: Who): string => {
  const authority = who.kind === 'staff' || who.kind === 'token' ? who.authority : undefined;
  if (authority === undefined) throw missing('council');
  return authority;
};
