import { belongsTo, type Who } from '#identity/who';
import { missing } from '#kernel/refusal';

/** The authority in a body must be one's own. What belongs to another is not there: 404, not 403. @throws Refusal */
export const mayActIn = (who: Who, authority: string): void => {
  if (!belongsTo(who, authority)) throw missing('council');
};

/** A card acts on its own view, unless it was made to look with; staff and tokens on what belongs to their authority. */
export const mayActOn = (who: Who, view: { readonly id: string; readonly authority: string }): boolean =>
  who.kind === 'card' ? who.mayAct && who.contribution === view.id : belongsTo(who, view.authority);
