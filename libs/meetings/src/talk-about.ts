import type { Draft, DraftDecision } from './draft.js';

export interface TakenView {
  readonly id: string;
  readonly words: string;
}

/**
 * "Talk about this now": views that were given before stand in the draft, ready for an answer. A question (a promise, a
 * decision to look at again) stands on them as not decided yet: recorded so, it says what was talked about; a chair who
 * hears an answer changes the first word of its line.
 */
export const talkAbout = (draft: Draft, given: readonly TakenView[], question?: string): Draft => {
  const first = Math.max(0, ...draft.views.map(({ number }) => number)) + 1;
  const fresh = given.filter(({ id }) => !draft.views.some(({ existing }) => existing === id));
  const views = [
    ...draft.views,
    ...fresh.map(({ id, words }, index) => ({ number: first + index, words, existing: id })),
  ];
  const taken = { ...draft, views };
  if (question === undefined || isTalkedAbout(draft, question)) return taken;
  const about = views.filter(({ existing }) => given.some(({ id }) => id === existing)).map(({ number }) => number);
  // An answer needs a view to answer. Without one the question is a line to sort.
  if (about.length === 0) return { ...taken, unsorted: [...draft.unsorted, question] };
  const open: DraftDecision = {
    views: about, answer: 'undecided', statement: question, reasons: [], alternatives: [], effects: [], unread: [],
  }; // prettier-ignore
  return { ...taken, decisions: [...draft.decisions, open] };
};

/** Whatever the answer has become: it is in the draft while its words stand there. */
export const isTalkedAbout = (draft: Draft, question: string): boolean =>
  draft.decisions.some(({ statement }) => statement.includes(question)) ||
  draft.unsorted.some((line) => line.includes(question));
