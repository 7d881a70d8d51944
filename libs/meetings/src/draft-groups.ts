import type { Draft, DraftDecision, DraftDisagreement, DraftPromise, DraftView } from './draft.js';

/** Views that were talked about together, and what came of it. */
export interface ViewGroup {
  readonly views: readonly DraftView[];
  readonly decisions: readonly DraftDecision[];
  readonly promises: readonly DraftPromise[];
  readonly disagreements: readonly DraftDisagreement[];
}

/**
 * Views that one answer, promise or disagreement names together belong to one discussion. Views that nothing names stand
 * together in the last one: they were said, and nobody has answered yet.
 */
export const groupsOf = (draft: Draft): ViewGroup[] => {
  const groupOf = new Map(draft.views.map(({ number }) => [number, number]));
  // A view that is not there (yet) ties nothing, and does not untie the others either.
  const ties = [...draft.decisions, ...draft.promises, ...draft.disagreements].map(({ views }) =>
    views.filter((view) => groupOf.has(view)),
  );
  for (const [first, ...more] of ties)
    for (const other of more) {
      const [keep, drop] = [groupOf.get(first ?? 0), groupOf.get(other)];
      if (keep !== undefined) for (const [view, group] of groupOf) if (group === drop) groupOf.set(view, keep);
    }
  const named = new Set(ties.flat());
  const key = (number: number): number | 'untied' => (named.has(number) ? (groupOf.get(number) ?? 0) : 'untied');
  const keys = [...new Set(draft.views.map(({ number }) => key(number)))].sort(
    (a, b) => Number(a === 'untied') - Number(b === 'untied'),
  );
  // What names no view that is there still stands somewhere, so that the rules can say what is missing.
  const isIn = (group: number | 'untied', views: readonly number[]): boolean => {
    const first = views.find((view) => groupOf.has(view));
    return first === undefined ? group === (keys[0] ?? 'untied') : key(first) === group;
  };
  return (keys.length > 0 || ties.length > 0 ? (keys.length > 0 ? keys : ['untied' as const]) : []).map((group) => ({
    views: draft.views.filter(({ number }) => key(number) === group),
    decisions: draft.decisions.filter(({ views }) => isIn(group, views)),
    promises: draft.promises.filter(({ views }) => isIn(group, views)),
    disagreements: draft.disagreements.filter(({ views }) => isIn(group, views)),
  }));
};
