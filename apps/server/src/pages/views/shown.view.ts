import type { ChainContribution } from '#traceability/chain.types';
import { spoken } from '#traceability/show';
import { longDate } from '../../shell/dates.js';
import { say, type WordingKey } from '../../wording/wording.js';

type Seen = Pick<ChainContribution, 'heldBack' | 'publicVersion' | 'attribution' | 'withdrawnOn'>;

const why = (reason: string): string => say(`redaction.${reason}` as WordingKey);

/** For the team and for the one who gave it: what everyone else reads, and since when. */
export const readByOthers = (view: Seen): { readonly text: string; readonly words: string; readonly why: string } => {
  const { heldBack, publicVersion, attribution, withdrawnOn } = view;
  if (withdrawnOn !== null || attribution === 'hidden') return { text: 'Others do not see this view.', words: '', why: '' }; // prettier-ignore
  if (heldBack)
    return {
      text: `Others do not see these words since ${longDate(heldBack.on)}.`,
      words: '',
      why: [why(heldBack.reason), spoken(heldBack.explanation)].filter(Boolean).join(' '),
    };
  if (publicVersion)
    return {
      text: `Since ${longDate(publicVersion.on)} others read these words instead.`,
      words: spoken(publicVersion.words),
      why: why(publicVersion.reason),
    };
  return { text: 'Others read the words as they were given.', words: '', why: '' };
};

/** For everyone, beside the words or in their place: that they are not those that were given, and why. */
export const notAsGiven = ({ heldBack, publicVersion }: Seen): string[] => {
  if (heldBack) return [why(heldBack.reason), spoken(heldBack.explanation)].filter(Boolean);
  return publicVersion ? [`These are not the words that were given. ${why(publicVersion.reason)}`] : [];
};
