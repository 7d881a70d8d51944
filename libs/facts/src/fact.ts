import type { Aggregate, Decided } from '#kernel/aggregate';
import type { About } from '#kernel/event';
import { personal, type Json } from '#kernel/personal';
import { missing, type Refusal, Refusals, refuse } from '#kernel/refusal';
import { londonDay } from '#kernel/time';
import { everyKind } from './every-kind.js';
import type { FactKind, FactStep, Happened, RuleContext } from './fact-kind.js';
import { stepsOf } from './fact-kind.js';
import type { FactEvent } from './fact.events.js';

export const ENTRY_TAKEN_BACK = 'EntryTakenBack';

export interface Fact {
  readonly about: About;
  /** Entries that stand, the birth first. Empty: it was never recorded. */
  readonly history: readonly Happened[];
  /** Ids of entries that were taken back. */
  readonly takenBack: readonly string[];
}

export const NO_FACT: Fact = { about: {}, history: [], takenBack: [] };

const aggregateOf = (kind: FactKind): Aggregate<Fact, FactEvent> => {
  const own = new Set(stepsOf(kind).map(({ event }) => event));
  return {
    category: kind.category,
    initial: NO_FACT,
    about: ({ about }) => about,
    evolve(state, { type, data }, { occurredAt, id, actor }) {
      if (type === ENTRY_TAKEN_BACK) return without(state, data['entry'] as string);
      if (!own.has(type)) return state;
      const entry = { type, data, on: londonDay(occurredAt), ...(id && { id }), ...(actor && { by: actor.ref }) };
      if (type !== kind.birth.event) return { ...state, history: [...state.history, entry] };
      const [authority, team] = [data['authority'] as string, data['team'] as string | undefined];
      const about = { authority, ...(team !== undefined && { team }), pledge: kind.pledge };
      return { ...state, about, history: [entry, ...state.history] };
    },
  };
};

export const without = (state: Fact, entry: string): Fact => ({
  ...state,
  history: state.history.filter(({ id }) => id !== entry),
  takenBack: [...state.takenBack, entry],
});

const aggregates = new Map(everyKind.map((kind) => [kind.code, aggregateOf(kind)]));

/** The one aggregate of a kind. */
export const factOf = (kind: FactKind): Aggregate<Fact, FactEvent> => {
  const aggregate = aggregates.get(kind.code);
  if (!aggregate) throw new Error(`${kind.code} is not in the list of kinds`);
  return aggregate;
};

/** Undefined when the first entry was taken back, or never was. */
export const birthOf = (kind: FactKind, { history }: Fact): Happened | undefined =>
  history[0]?.type === kind.birth.event ? history[0] : undefined;

export interface Given extends Omit<RuleContext, 'history'> {
  /** Whose key seals personal words: the person it is about, else the fact itself. */
  readonly subject: string;
}

/** What follows when somebody records a new fact. The same one cannot be recorded twice. */
export const recordFact = (
  kind: FactKind,
  state: Fact,
  owner: { readonly authority: string; readonly team?: string },
  given: Given,
): Decided<FactEvent> => {
  if (state.about.authority !== undefined) return alreadyRecorded();
  if (kind.needsTeam && owner.team === undefined) return refuse('missing', 'Choose the team.', '/team');
  return decided(kind.birth, [], given, owner);
};

/** What follows when somebody records what came next. */
export const recordStep = (kind: FactKind, step: FactStep, state: Fact, given: Given): Decided<FactEvent> => {
  const birth = birthOf(kind, state);
  if (!birth) return missing('entry');
  const no = whyNot(kind, step, state, given.by);
  if (no) return no;
  if (!step.anyDay && given.on < birth.on)
    return refuse('before-birth', 'This cannot be before the first entry. Check the day.', '/occurredAt');
  return decided(step, state.history, given, {});
};

/** Why a step cannot be recorded now by this person, whatever it says. */
export const whyNot = (
  kind: FactKind,
  step: FactStep,
  { history }: Pick<Fact, 'history'>,
  by?: string,
): Refusal | undefined => {
  const has = (type: string) => history.some((each) => each.type === type);
  if (step.once && has(step.event)) return alreadyRecorded();
  if (step.after && !step.after.some(has))
    return refuse('too-early', `First: ${titlesOf(kind, step.after)}. Then this can be recorded.`);
  if (step.byOther && history.some((each) => step.byOther?.includes(each.type) && each.by === by))
    return refuse(
      'own-claim',
      `You recorded ${titlesOf(kind, step.byOther)}. Ask someone else to check it and record this.`,
    );
  const against = step.notAfter?.filter(has) ?? [];
  return against.length > 0
    ? refuse('contradicts', `The record says already: ${titlesOf(kind, against)}. Both cannot be true.`)
    : undefined;
};

const alreadyRecorded = (): Refusal =>
  refuse('already-recorded', 'This is already recorded. We did not record it twice.');

export const titlesOf = (kind: FactKind, events: readonly string[]): string =>
  stepsOf(kind)
    .filter(({ event }) => events.includes(event))
    .map(({ happened }) => `“${happened}”`)
    .join(' or ');

export const decided = (
  step: FactStep,
  history: readonly Happened[],
  given: Given,
  owner: object,
): Decided<FactEvent> => {
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
