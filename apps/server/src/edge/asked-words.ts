import { RECORDERS, type Who } from '#identity/who';
import type { RequestRow } from '#requests/requests.queries';

/**
 * What somebody wrote to the team, and what they were told: for those who answer. What is said of a promise is answered by
 * its owner. All other staff see that something was asked, since when, and whether it was answered.
 */
export const mayReadAsked = (who: Who, { service_change, commitment }: Pick<RequestRow, 'service_change' | 'commitment'>): boolean =>
  'role' in who && (RECORDERS.includes(who.role) || (who.role === 'owner' && (service_change ?? commitment) !== null)); // prettier-ignore
