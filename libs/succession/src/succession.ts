import type { Aggregate, Decided } from '#kernel/aggregate';
import { personal } from '#kernel/personal';
import { type Refusal, refuse } from '#kernel/refusal';
import { isDay } from '#kernel/time';
import type { SuccessionEvent } from './succession.events.js';

/** All orders stand in one stream: whether one contradicts another is decided where both are known. */
export const SUCCESSIONS = '5b6d1c70-2f0e-5d41-9a3c-8f1e6b7d2a94';

export interface KnownOrder {
  readonly succession: string;
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly on: string;
}

export interface Successions {
  /** Without those that were called off. */
  readonly orders: readonly KnownOrder[];
  readonly calledOff: readonly string[];
}

export const successions: Aggregate<Successions, SuccessionEvent> = {
  category: 'succession',
  initial: { orders: [], calledOff: [] },
  about: () => ({}),
  evolve(state, event) {
    switch (event.type) {
      case 'SuccessionOrdered': {
        const { succession, from, to, on } = event.data;
        return { ...state, orders: [...state.orders, { succession, from, to, on }] };
      }
      case 'SuccessionCalledOff': {
        const { succession } = event.data;
        const orders = state.orders.filter((order) => order.succession !== succession);
        return { orders, calledOff: [...state.calledOff, succession] };
      }
      case 'SuccessionAssigned':
        return state;
    }
    return state;
  },
};

/** A council as the record dates it. */
export interface DatedCouncil {
  readonly name: string;
  readonly valid_from: string | null;
  /** Its last day. */
  readonly valid_to: string | null;
}

export interface NewCouncil {
  readonly authority: string;
  readonly teams?: readonly string[];
  readonly things?: readonly string[];
  /** Has what no rule names. One of several new councils must; where there is only one, it does. */
  readonly otherwise?: boolean;
}

export interface NewSuccession {
  readonly from: readonly string[];
  readonly to: readonly NewCouncil[];
  /** First day of the new councils. */
  readonly on: string;
  readonly reason: string;
}

/** So many ids stand in one entry of the record: far below what one can hold. */
const IDS_IN_ONE = 500;

export const orderSuccession = (
  state: Successions,
  succession: string,
  given: NewSuccession,
  council: (code: string) => DatedCouncil | undefined,
): Decided<SuccessionEvent> => {
  if (state.orders.some((each) => each.succession === succession)) return [];
  if (state.calledOff.includes(succession))
    return refuse('called-off', 'This very order was called off. Give it another reason to order it anew.', '/reason');
  const problem = problemOf(state, given, council);
  if (problem) return problem;
  const { from, to, on, reason } = given;
  const otherwise = (to.find((each) => each.otherwise) ?? to[0])?.authority ?? '';
  return [
    {
      type: 'SuccessionOrdered',
      data: {
        succession,
        from,
        to: to.map(({ authority }) => authority),
        on,
        otherwise,
        reason: personal(SUCCESSIONS, reason.trim()),
      },
    },
    ...to.flatMap(({ authority, teams = [], things = [] }) => [
      ...chunks(teams).map((some) => assigned(succession, authority, some, [])),
      ...chunks(things).map((some) => assigned(succession, authority, [], some)),
    ]),
  ];
};

const assigned = (
  succession: string,
  to: string,
  teams: readonly string[],
  things: readonly string[],
): SuccessionEvent => ({ type: 'SuccessionAssigned', data: { succession, to, teams, things } });

const chunks = (ids: readonly string[]): (readonly string[])[] =>
  Array.from({ length: Math.ceil(ids.length / IDS_IN_ONE) }, (_, n) => ids.slice(n * IDS_IN_ONE, (n + 1) * IDS_IN_ONE));

type Council = (code: string) => DatedCouncil | undefined;

const problemOf = (state: Successions, given: NewSuccession, council: Council): Refusal | undefined => {
  const { from, to, on, reason } = given;
  if (!isDay(on)) return refuse('date-wrong', 'Give the first day of the new council, like 2028-04-01.', '/on');
  if (from.length === 0) return refuse('from-missing', 'Say which council ends.', '/from');
  if (to.length === 0) return refuse('to-missing', 'Say which council comes after it.', '/to');
  if (!reason.trim()) return refuse('reason-missing', 'Say why: the order or the law behind it.', '/reason');
  return (
    unknown(given, council) ??
    selfOrCycle(state, given) ??
    from.map((code, n) => oldProblem(state, code, on, council, `/from/${n}`)).find((each) => each !== undefined) ??
    to
      .map(({ authority }, n) => newProblem(state, authority, on, council, `/to/${n}`))
      .find((each) => each !== undefined) ??
    ownersProblem(given)
  );
};

const unknown = ({ from, to }: NewSuccession, council: Council): Refusal | undefined => {
  const places = [
    ...from.map((code, n) => ({ code, at: `/from/${n}` })),
    ...to.map(({ authority }, n) => ({ code: authority, at: `/to/${n}/authority` })),
  ];
  const missing = places.find(({ code }) => council(code) === undefined);
  if (missing)
    return refuse('council-unknown', `There is no council ${missing.code} in the record. Load it first.`, missing.at);
  const twice = places.find(({ code, at }) =>
    places.some((each) => each.code === code && each.at !== at && each.at.split('/')[1] === at.split('/')[1]),
  );
  return twice && refuse('named-twice', `${twice.code} is named twice.`, twice.at);
};

/** From any new council on, the way through all orders must never come back to one that ends here. */
const selfOrCycle = ({ orders }: Successions, { from, to }: NewSuccession): Refusal | undefined => {
  const next = (code: string): readonly string[] =>
    orders.filter((order) => order.from.includes(code)).flatMap((order) => order.to);
  const reached = new Set<string>();
  const walk = (code: string): void => {
    if (reached.has(code)) return;
    reached.add(code);
    next(code).forEach(walk);
  };
  to.forEach(({ authority }) => walk(authority));
  const back = from.findIndex((code) => reached.has(code));
  return back < 0
    ? undefined
    : refuse('cycle', `${from[back] ?? ''} would come after itself. No council can be its own successor.`, `/from/${back}`); // prettier-ignore
};

const oldProblem = (
  { orders }: Successions,
  code: string,
  on: string,
  council: Council,
  at: string,
): Refusal | undefined => {
  const its = council(code);
  const earlier = orders.find((order) => order.from.includes(code));
  if (earlier)
    return refuse('succeeded-already', `It is recorded already who comes after ${code}: ${earlier.to.join(', ')}, on ${earlier.on}.`, at); // prettier-ignore
  if (its?.valid_to) return refuse('ended-already', `${code} ended on ${its.valid_to}.`, at);
  return its?.valid_from && its.valid_from >= on
    ? refuse('dates-swapped', `${code} begins on ${its.valid_from}. It cannot end before ${on}.`, '/on')
    : undefined;
};

const newProblem = (
  { orders }: Successions,
  code: string,
  on: string,
  council: Council,
  at: string,
): Refusal | undefined => {
  const its = council(code);
  if (!its?.valid_from)
    return refuse('date-unknown', `The record does not say from when ${code} exists. Load it with a date.`, at);
  if (its.valid_from > on)
    return refuse('dates-swapped', `${code} begins on ${its.valid_from}, after ${on}. Nothing can pass to it before that.`, '/on'); // prettier-ignore
  const gone = orders.find((order) => order.from.includes(code) && order.on <= on);
  const last = gone?.on ?? (its.valid_to && its.valid_to < on ? its.valid_to : undefined);
  return last ? refuse('ended-already', `${code} is no more on ${on}: it ended by ${last}.`, at) : undefined;
};

/** Every open thing must end with exactly one new council. */
const ownersProblem = ({ to }: NewSuccession): Refusal | undefined => {
  const rest = to.filter((each) => each.otherwise);
  if (rest.length > 1)
    return refuse('two-new-owners', 'Only one council can have what no rule names.', `/to/${to.indexOf(rest[1] as NewCouncil)}/otherwise`); // prettier-ignore
  if (to.length > 1 && rest.length === 0)
    return refuse('no-new-owner', 'Say which of the new councils has what no rule names, and what is recorded late: put "otherwise": true there.', '/to'); // prettier-ignore
  for (const what of ['teams', 'things'] as const) {
    const seen = new Map<string, string>();
    for (const [n, each] of to.entries())
      for (const [m, id] of (each[what] ?? []).entries()) {
        const before = seen.get(id);
        if (before !== undefined)
          return refuse('two-new-owners', `${id} would have two new owners: ${before} and ${each.authority}.`, `/to/${n}/${what}/${m}`); // prettier-ignore
        seen.set(id, each.authority);
      }
  }
  return undefined;
};

/** What has happened cannot be called off; what is to come can. */
export const callOff = (
  { orders, calledOff }: Successions,
  succession: string,
  reason: string,
  today: string,
): Decided<SuccessionEvent> => {
  if (calledOff.includes(succession)) return [];
  const order = orders.find((each) => each.succession === succession);
  if (!order) return refuse('order-unknown', 'There is no such order.', '/succession');
  if (order.on <= today) return refuse('in-force', `Its day was ${order.on}. It cannot be called off.`, '/succession');
  if (!reason.trim()) return refuse('reason-missing', 'Say why it is called off.', '/reason');
  return [{ type: 'SuccessionCalledOff', data: { succession, reason: personal(SUCCESSIONS, reason.trim()) } }];
};
