import type { Draft, DraftDecision, DraftPromise, DraftView } from './draft.js';
import type { QuickCapture } from './quick-capture.js';

/**
 * Puts what was typed into the draft. The line language cannot say everything that guided entry can; what it cannot say
 * is kept from the draft for the same item. Who a view belongs to is kept only while the typed name is the same: words
 * must never slide over to another person.
 */
export const mergeCapture = (draft: Draft, typed: QuickCapture): Draft => ({
  ...draft,
  ...typed,
  views: typed.views.map((view) => {
    const before = draft.views.find(({ number }) => number === view.number);
    return before ? { ...guidedOnly(before, view), ...view } : view;
  }),
  decisions: pairUp(draft.decisions, typed.decisions, (each) => `${each.answer} ${each.views.join()}`).map(
    ([now, before]) => ({
      ...(before && pick(before, ['money', 'importance', 'easyText', 'vagueOverride'])),
      ...now,
    }),
  ),
  promises: pairUp<DraftPromise>(draft.promises, typed.promises, (each) => `${each.what} ${each.views.join()}`).map(
    ([now, before]) => ({ ...(before && pick(before, ['vagueOverride'])), ...now }),
  ),
});

const guidedOnly = (before: DraftView, now: DraftView): Partial<DraftView> => {
  const isSamePerson = before.who === now.who;
  const isSameView = isSamePerson && (before.words === now.words || before.existing === undefined);
  return {
    ...(isSamePerson &&
      pick(before, ['participant', 'capacity', 'voice', 'helper', 'agreed', 'attribution', 'groupSize', 'language'])),
    ...(isSameView && pick(before, ['existing'])),
    // Read back were the words that stood there then, to the person who stood there then.
    ...(isSamePerson && before.words === now.words && pick(before, ['readBack'])),
  };
};

/** Each of `now` with the one of `before` that has the same key; each of `before` is used once. */
const pairUp = <T extends DraftDecision | DraftPromise>(
  before: readonly T[],
  now: readonly T[],
  key: (each: T) => string,
): [now: T, before: T | undefined][] => {
  const left = [...before];
  return now.map((each) => {
    const at = left.findIndex((other) => key(other) === key(each));
    return [each, at < 0 ? undefined : left.splice(at, 1)[0]];
  });
};

const pick = <T extends object, K extends keyof T>(from: T, keys: readonly K[]): Partial<Pick<T, K>> =>
  Object.fromEntries(keys.filter((key) => from[key] !== undefined).map((key) => [key, from[key]])) as Partial<
    Pick<T, K>
  >;
