import type { Draft, DraftDecision } from '#meetings/draft';
import type { RosterPerson } from '#meetings/roster';
import { whoSaid } from '#meetings/roster';
import { longDate } from '../../shell/dates.js';
import { say } from '../../wording/wording.js';

export const viewOptions = (draft: Draft) =>
  draft.views.map(({ number, words }) => ({ value: String(number), text: `View ${number}: ${short(words)}` }));

const LONG = 90;
export const short = (words: string): string => {
  const letters = [...words];
  return letters.length > LONG ? `${letters.slice(0, LONG).join('')}…` : words;
};

/** The items of one step as a list, each with its page. */
export const itemRows = (draft: Draft, roster: readonly RosterPerson[]) => ({
  views: draft.views.map((view) => ({
    at: view.number,
    title: view.words,
    meta: [
      `View ${view.number}`,
      view.existing ? 'Given before this meeting' : (whoSaid(view, roster)?.name ?? view.who ?? 'Nobody is named'),
      ...(view.readBack === true
        ? ['Read back: that’s right']
        : view.readBack === false
          ? ['Read back: change it']
          : []),
    ],
  })),
  decisions: draft.decisions.map((decision, index) => ({
    at: index + 1,
    title: decision.statement,
    meta: [
      decision.answer === 'undecided' ? 'No decision today' : say(`answer.${decision.answer}`),
      decision.views.length > 0 ? `View ${decision.views.join(', ')}` : 'No view is named',
    ],
  })),
  promises: draft.promises.map((promise, index) => ({
    at: index + 1,
    title: promise.what,
    meta: [
      promise.ownerName ?? 'Nobody is named',
      promise.due ? `By ${longDate(promise.due)}` : 'No date yet',
      promise.views.length > 0 ? `View ${promise.views.join(', ')}` : 'No view is named',
    ],
  })),
});

const ICONS: Readonly<Record<string, string>> = {
  yes: 'tick', partly: 'tick', later: 'clock', no: 'cross', 'passed-on': 'arrow', already: 'house',
}; // prettier-ignore

/** "This is what Amina will see": the preview is the quality control, so it says exactly what the person's page says. */
export const whatTheySee = (decision: DraftDecision, draft: Draft, roster: readonly RosterPerson[]) => {
  const view = draft.views.find(({ number }) => number === decision.views[0]);
  const who = view && whoSaid(view, roster)?.name.split(' ')[0];
  if (decision.answer === 'undecided')
    return {
      who,
      said: view?.words,
      icon: 'clock',
      answer: 'There is no decision yet.',
      lines: decision.decideBy ? [`They will decide by ${longDate(decision.decideBy)}.`] : [],
    };
  const { answer, reasons, why, whichPart, lookAgain, noLookAgain, passedTo, easyText, statement } = decision;
  const given = { part: whichPart, date: longDate(lookAgain), body: passedTo };
  return {
    who,
    said: view?.words,
    icon: ICONS[answer] ?? 'arrow',
    answer: canSay(() => say(`viewStatus.${answer}`, 'easy', given)) ?? say(`answer.${answer}`),
    lines: [
      easyText ?? statement,
      ...(answer === 'partly' && whichPart ? [`Which part: ${whichPart}`] : []),
      ...reasons.map((code) => say(`reason.${code}`, 'easy')),
      ...(why ? [why] : []),
      ...(noLookAgain ? ['We will not look at this again.'] : []),
    ],
  };
};

/** A sentence whose parameters are all missing cannot be said. */
const canSay = (sentence: () => string): string | undefined => {
  try {
    return sentence();
  } catch {
    return undefined;
  }
};
