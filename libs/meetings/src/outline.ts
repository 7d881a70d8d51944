import {
  type ContributionOutcome,
  type DecisionOutcome,
  type DiscussionOutcome,
  isEarlier,
  type ItemKind,
  type OutcomeFacts,
  type OutcomesBody,
  type ServiceChangeOutcome,
} from './outcomes.js';

/** One item of the body with its place in it, the ref that names it and the id that it will have. */
export interface Placed<T> {
  readonly pointer: string;
  readonly ref: string;
  readonly item: string;
  /** Id of the discussion at which it came up. */
  readonly discussion: string;
  readonly given: T;
}

/** The body laid out flat, every ref resolved to an id where it can be. */
export interface Outline {
  readonly discussions: readonly (Placed<DiscussionOutcome> & { readonly contributions: readonly string[] })[];
  readonly contributions: readonly Placed<ContributionOutcome>[];
  readonly earlier: readonly { readonly pointer: string; readonly id: string }[];
  readonly decisions: readonly Placed<DecisionOutcome>[];
  readonly serviceChanges: readonly Placed<ServiceChangeOutcome>[];
  /** The id that a ref of this body, or an id itself, stands for. */
  contribution(named: string): string;
  decision(named: string): string;
}

type Facts = Pick<OutcomeFacts, 'itemId'>;

export const outline = (body: OutcomesBody, { itemId }: Facts): Outline => {
  const placed = <T>(kind: ItemKind, at: string, ref: string, discussion: string, given: T): Placed<T> => ({
    pointer: at,
    ref,
    item: itemId(kind, ref),
    discussion,
    given,
  });
  const nested = <G, T>(
    name: string,
    of: (each: DiscussionOutcome) => readonly G[],
    make: (given: G, at: string, discussion: string) => T[],
  ): T[] =>
    discussions.flatMap(({ given, pointer, item }) =>
      of(given).flatMap((each, index) => make(each, `${pointer}/${name}/${index}`, item)),
    );

  const refs =
    (kind: ItemKind, known: ReadonlySet<string>) =>
    (named: string): string =>
      known.has(named) ? itemId(kind, named) : named;
  const viewRefs = new Set(
    body.discussions.flatMap((each) => each.contributions.flatMap((view) => (isEarlier(view) ? [] : [view.ref]))),
  );
  const contribution = refs('contribution', viewRefs);
  const decision = refs('decision', new Set(body.discussions.flatMap((each) => each.decisions.map(({ ref }) => ref))));

  const discussions = body.discussions.map((given, index) => ({
    ...placed('discussion', `/discussions/${index}`, given.ref ?? `discussion-${index + 1}`, '', given),
    contributions: [
      ...new Set(given.contributions.map((view) => (isEarlier(view) ? view.id : contribution(view.ref)))),
    ],
  }));
  let promises = 0;
  return {
    discussions,
    contributions: nested(
      'contributions',
      (each) => each.contributions,
      (given, at, of) => (isEarlier(given) ? [] : [placed('contribution', at, given.ref, of, given)]),
    ),
    earlier: nested(
      'contributions',
      (each) => each.contributions,
      (given, at) => (isEarlier(given) ? [{ pointer: at, id: given.id }] : []),
    ),
    decisions: nested(
      'decisions',
      (each) => each.decisions,
      (given, at, of) => [placed('decision', at, given.ref, of, given)],
    ),
    serviceChanges: nested(
      'serviceChanges',
      (each) => each.serviceChanges,
      (given, at, of) => [placed('serviceChange', at, given.ref ?? `promise-${++promises}`, of, given)],
    ),
    contribution,
    decision,
  };
};
