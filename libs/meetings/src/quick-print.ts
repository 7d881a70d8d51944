import { EFFECTS } from '#kernel/codes';
import type { DraftDecision, DraftPromise } from './draft.js';
import type { QuickCapture } from './quick-capture.js';
import { detailStart, detailWords } from './quick-details.js';
import { GUARD, guarded } from './quick-text.js';
import { printUkDate } from './uk-date.js';

/** The line language for a draft: reading it again gives the same views, answers, promises and disagreements. */
export const printQuickCapture = (data: QuickCapture): string =>
  [
    ...data.views.map(
      ({ number, who, words }) => `view ${number}${who ? ` ${who.replace(/[:：]/g, ' ')}` : ''}: ${plain(words)}`,
    ),
    ...data.decisions.map(
      (each) =>
        `${each.answer} ${each.views.join(', ')}: ${plain(each.statement)}${details(decisionDetails(each), each.unread, detailWords(each.answer))}`,
    ),
    ...data.promises.map(
      (each) =>
        `promise ${each.views.join(', ')}: ${plain(each.what)}${details(promiseDetails(each), each.unread, detailWords('promise'))}`,
    ),
    ...data.disagreements.map(({ views, words }) => `disagree ${views.join(', ')}: ${plain(words)}`),
    ...data.unsorted,
  ].join('\n');

const NOTHING = /(?!)/g;
const plain = (text: string): string => guarded(text, NOTHING);

/** What could not be read stands last, but first where it would otherwise run into the detail before it. */
const details = (found: readonly string[], unread: readonly string[], words: readonly string[]): string => {
  const isDetail = (typed: string): boolean => detailStart(words).test(`;${typed}`);
  const all = [...unread.filter((typed) => !isDetail(typed)), ...found, ...unread.filter(isDetail)];
  return all.length === 0 ? '' : ` >> ${all.join('; ')}`;
};

const decisionDetails = (decision: DraftDecision): string[] => {
  const value = (text: string): string => guarded(text, detailStart(detailWords(decision.answer)));
  const { reasons, why, whichPart, lookAgain, noLookAgain, passedTo, alternatives, effects, decideBy } = decision;
  // Without a code, words that look like one must not be read as one.
  const because =
    reasons.length > 0 ? `${reasons.join(', ')}${why ? `. ${value(why)}` : ''}` : why && `${GUARD}${value(why)}`;
  return [
    ...(because ? [`why ${because}`] : []),
    ...(whichPart ? [`part ${value(whichPart)}`] : []),
    ...(passedTo ? [`to ${value(passedTo)}`] : []),
    ...(noLookAgain ? ['look never'] : lookAgain ? [`look ${printUkDate(lookAgain)}`] : []),
    ...(decideBy ? [`by ${printUkDate(decideBy)}`] : []),
    ...alternatives.map((text) => `else ${value(text)}`),
    ...EFFECTS.flatMap((effect) => {
      const views = effects.filter((each) => each.effect === effect).map(({ view }) => view);
      return views.length > 0 ? [`${effect} ${views.join(', ')}`] : [];
    }),
  ];
};

const promiseDetails = ({
  ownerName,
  ownerRole,
  due,
  proofWanted,
  checkerName,
  checkerRole,
}: DraftPromise): string[] => {
  const start = detailStart(detailWords('promise'));
  const value = (text: string): string => guarded(text, start);
  const name = (text: string): string => value(text).replaceAll(',', `,${GUARD}`);
  const checker = checkerName ? `${name(checkerName)}, ${value(checkerRole ?? '')}` : checkerRole && name(checkerRole);
  return [
    ...(ownerName ? [`who ${name(ownerName)}${ownerRole ? `, ${value(ownerRole)}` : ''}`] : []),
    ...(due ? [`by ${printUkDate(due)}`] : []),
    ...(proofWanted ? [`proof ${value(proofWanted)}`] : []),
    ...(checker ? [`check ${checker}`] : []),
  ];
};
