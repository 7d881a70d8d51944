import type { Attribution, Capacity } from '#kernel/codes';
import type { DraftView } from './draft.js';

/** Somebody who may be at the meeting, and how they choose to be shown. */
export interface RosterPerson {
  readonly participant: string;
  readonly name: string;
  readonly capacity: Capacity;
  readonly attribution: Attribution;
}

/** Whoever was chosen from the roster, or else the only one there whose name or first name was typed. */
export const whoSaid = ({ participant, who }: DraftView, roster: readonly RosterPerson[]): RosterPerson | undefined => {
  if (participant !== undefined) return roster.find((each) => each.participant === participant);
  const typed = fold(who ?? '');
  const named = roster.filter(
    ({ name }) => typed !== '' && (fold(name) === typed || fold(name).split(' ')[0] === typed),
  );
  const exact = named.filter(({ name }) => fold(name) === typed);
  return exact.length === 1 ? exact[0] : named.length === 1 ? named[0] : undefined;
};

const fold = (name: string): string => name.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
