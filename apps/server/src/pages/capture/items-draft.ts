import { EFFECTS, type Effect } from '#kernel/codes';
import type { Draft, DraftDecision, DraftPromise, DraftView } from '#meetings/draft';
import type { DecisionForm, PromiseForm, ViewForm } from './items.forms.js';

/* One item of the draft as the fields of a form, and the form back into the draft. */

export const viewTyped = (view: DraftView | undefined) => ({
  ...view,
  agreed: view?.agreed ? 'yes' : undefined,
  groupSize: view?.groupSize?.toString(),
});

export const withView = (draft: Draft, at: number | undefined, form: ViewForm): Draft => {
  const { revision: _revision, ...given } = form;
  const before = draft.views.find(({ number }) => number === at);
  const number = before?.number ?? Math.max(0, ...draft.views.map((each) => each.number)) + 1;
  const view: DraftView = {
    ...given,
    number,
    // Words of a view that was given before are its giver's; here they are only shown.
    ...(before?.existing && { existing: before.existing, words: before.words }),
    ...(before?.readBack !== undefined && before.words === given.words && { readBack: before.readBack }),
  };
  return {
    ...draft,
    views: before ? draft.views.map((each) => (each === before ? view : each)) : [...draft.views, view],
  };
};

export const decisionTyped = (decision: DraftDecision | undefined) =>
  decision && {
    ...decision,
    views: decision.views.map(String),
    alternatives: decision.alternatives.join('\n'),
    noLookAgain: decision.noLookAgain ? 'yes' : undefined,
    importance: decision.importance?.toString(),
    effects: Object.fromEntries(decision.effects.map(({ view, effect }) => [`v${view}`, effect])),
  };

export const withDecision = (draft: Draft, at: number | undefined, form: DecisionForm, body: unknown): Draft => {
  const { revision: _revision, views: typed, alternatives, ...given } = form;
  const before = at === undefined ? undefined : draft.decisions[at - 1];
  const views = numbers(typed, draft);
  const chosen = (body as { effects?: Record<string, unknown> } | undefined)?.effects ?? {};
  const decision: DraftDecision = {
    ...given,
    views,
    alternatives: (alternatives ?? '')
      .split(/\r?\n/)
      .map((line) => line.trim())
      .filter((line) => line !== ''),
    effects: views.flatMap((view) => {
      const effect = EFFECTS.find((each): each is Effect => each === chosen[`v${view}`]);
      return effect ? [{ view, effect }] : [];
    }),
    unread: before?.unread ?? [],
  };
  return { ...draft, decisions: put(draft.decisions, at, decision) };
};

export const promiseTyped = (promise: DraftPromise | undefined) =>
  promise && { ...promise, views: promise.views.map(String) };

export const withPromise = (draft: Draft, at: number | undefined, form: PromiseForm): Draft => {
  const { revision: _revision, views, ...given } = form;
  const before = at === undefined ? undefined : draft.promises[at - 1];
  const promise: DraftPromise = { ...given, views: numbers(views, draft), unread: before?.unread ?? [] };
  return { ...draft, promises: put(draft.promises, at, promise) };
};

/** Takes one item out. What was said about a view goes with the view only where nothing else names it. */
export const without = (draft: Draft, kind: ItemKind, at: number): Draft => {
  if (kind !== 'views') return { ...draft, [kind]: draft[kind].filter((_, index) => index !== at - 1) };
  const untied = <T extends { readonly views: readonly number[] }>(items: readonly T[]): T[] =>
    items.map((item) => ({ ...item, views: item.views.filter((view) => view !== at) }));
  return {
    ...draft,
    views: draft.views.filter(({ number }) => number !== at),
    decisions: untied(draft.decisions).map((each) => ({
      ...each,
      effects: each.effects.filter(({ view }) => view !== at),
    })),
    promises: untied(draft.promises),
    disagreements: untied(draft.disagreements),
  };
};

export type ItemKind = 'views' | 'decisions' | 'promises';

const numbers = (typed: readonly string[], draft: Draft): number[] =>
  typed.map(Number).filter((number) => draft.views.some((view) => view.number === number));

const put = <T>(items: readonly T[], at: number | undefined, item: T): T[] =>
  at === undefined || items[at - 1] === undefined
    ? [...items, item]
    : items.map((each, index) => (index === at - 1 ? item : each));
