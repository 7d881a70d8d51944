import type { Found, Hit } from '#search/search.queries';
import { longDate } from '../../shell/dates.js';
import { say } from '../../wording/wording.js';

const ADDRESS = { view: '/views/', decision: '/decisions/', promise: '/service-changes/', meeting: '/meetings/', team: '/teams/' }; // prettier-ignore
const ICON = { view: 'speech', decision: 'scales', promise: 'pencil', discussion: 'group', meeting: 'calendar', team: 'group' }; // prettier-ignore

/** A discussion is shown on the page of its meeting. */
const addressOf = ({ kind, id, meeting }: Hit): string | undefined =>
  kind !== 'discussion' ? ADDRESS[kind] + id : meeting === null ? undefined : `/meetings/${meeting}`;

export const hitItem = (hit: Hit, council: (code: string) => string) => ({
  icon: ICON[hit.kind],
  kind: [say(`thing.${hit.kind}`), ...(hit.authority === null ? [] : [council(hit.authority)]), longDate(hit.day)].join(
    ', ',
  ),
  title: hit.title,
  found: hit.found,
  href: addressOf(hit),
});

/** What to say where there is nothing, or not quite what was asked for. */
export const searchMessage = (asked: string | undefined, { items, words, some }: Found): string | undefined => {
  if (!asked?.trim()) return 'Type a word to look for. You find views, decisions, promises, meetings and teams.';
  if (words.length === 0) return 'There is no word in this to look for. Type a word, like bus.';
  if (items.length === 0) return 'Nothing was found. Try other words, or fewer.';
  return some ? 'Nothing has all of these words. These have some of them.' : undefined;
};
