import type { Who } from '#identity/who';

/**
 * Whose unpublished findings a reader sees: scrutiny and staff those of their own council (the council may answer before
 * a finding is published), regional officers every one, everyone else none.
 */
export const insiderOf = (who: Who): { readonly insider?: string } =>
  who.kind === 'staff' || who.kind === 'token' ? { insider: who.authority ?? '*' } : {};
