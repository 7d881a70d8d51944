import type { Aggregate, Decided } from '#kernel/aggregate';
import type { About } from '#kernel/event';
import { personal, type Json } from '#kernel/personal';
import { missing, Refusals, refuse } from '#kernel/refusal';
import { londonDay } from '#kernel/time';
import { everyKind } from './every-kind.js';
import type { FactKind, FactStep, Happened, RuleContext } from './fact-kind.js';
import { stepsOf } from './fact-kind.js';
import type { FactEvent } from './fact.events.js';

export interface Fact {
  readonly about: About;
  /** Entries so far; empty: it was never recorded. */
  readonly history: readonly Happened[];
}

const aggregateOf = (kind: FactKind): Aggregate<Fact, FactEvent> => {
  const own = new Set(stepsOf(kind).map(({ event }) => event));
  return {
    category: kind.category,
    initial: { about: {}, history: [] },
    about: ({ about }) => about,
    evolve(state, { type, data }, { occurredAt }) {
      if (!own.has(type)) return state;
      const history = [...state.history, { type, data, on: londonDay(occurredAt) }];
      if (type !== kind.birth.event) return { ...state, history };
      const [authority, team] = [data['authority'] as string, data['team'] as string | undefined];
      return { about: { authority, ...(team !== undefined && { team }), pledge: kind.pledge }, history };
    },
  };
};

const aggregates = new Map(everyKind.map((kind) => [kind.code, aggregateOf(kind)]));

/** The one aggregate of a kind. */
export const factOf = (kind: FactKind): Aggregate<Fact, FactEvent> => {
  const aggregate = aggregates.get(kind.code);
  if (!aggregate) throw new Error(`${kind.code} is not in the list of kinds`);
  return aggregate;
};

export interface Given extends Omit<RuleContext, 'history'> {
  /** Whose key seals personal words: the person it is about, else the fact itself. */
  readonly subject: string;
}

/** What follows when somebody records a new fact. The same one cannot be recorded twice. */
export const recordFact = (
  kind: FactKind,
  { history }: Fact,
  owner: { readonly authority: string; readonly team?: string },
  given: Given,
): Decided<FactEvent> => {
  if (history.length > 0) return refuse('already-recorded', 'This is already recorded. We did not record it twice.');
  if (kind.needsTeam && owner.team === undefined) return refuse('missing', 'Choose the team.', '/team');
  return decided(kind.birth, history, given, owner);
};

/** What follows when somebody records what came next. */
export const recordStep = (kind: FactKind, step: FactStep, { history }: Fact, given: Given): Decided<FactEvent> => {
  if (history.length === 0) return missing('entry');
  const has = (type: string) => history.some((each) => each.type === type);
  if (step.once && has(step.event))
    return refuse('already-recorded', 'This is already recorded. We did not record it twice.');
  if (step.after && !step.after.some(has))
    return refuse('too-early', `First: ${titlesOf(kind, step.after)}. Then this can be recorded.`);
  const against = step.notAfter?.filter(has) ?? [];
  if (against.length > 0)
    return refuse('contradicts', `The record says already: ${titlesOf(kind, against)}. Both cannot be true.`);
  if (!step.anyDay && given.on < (history[0]?.on ?? ''))
    return refuse('before-birth', 'This cannot be before the first entry. Check the day.', '/occurredAt');
  return decided(step, history, given, {});
};

const titlesOf = (kind: FactKind, events: readonly string[]): string =>
  stepsOf(kind)
    .filter(({ event }) => events.includes(event))
    .map(({ happened }) => `“${happened}”`)
    .join(' or ');

const decided = (step: FactStep, history: readonly Happened[], given: Given, owner: object): Decided<FactEvent> => {
  const context = { ...given, history };
  const refusals = (step.rules ?? []).flatMap((rule) => rule(context) ?? []);
  if (refusals.length > 1) return new Refusals(refusals);
  if (refusals[0]) return refusals[0];
  const data = { ...owner, ...sealed(step, given), ...step.derived?.of(context) };
  return [{ type: step.event, data }];
};

const sealed = ({ fields }: FactStep, { data, subject }: Given): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(data).map(([name, value]) => [
      name,
      fields[name]?.sealed === undefined ? value : personal(subject, value as Json),
    ]),
  );
