import type { Decided } from '#kernel/aggregate';
import { personal } from '#kernel/personal';
import { missing, Refusal, Refusals, refuse } from '#kernel/refusal';
import { decided, ENTRY_TAKEN_BACK, type Fact, type Given, titlesOf, whyNot, without } from './fact.js';
import type { FactEvent } from './fact.events.js';
import { type FactKind, type FactStep, stepsOf } from './fact-kind.js';

/** An entry that was wrong: it is taken back and stays readable. What is right may come in its place. */
export interface Mending {
  /** Id of the entry. */
  readonly entry: string;
  readonly why: string;
  readonly subject: string;
  /** Undefined: nothing comes in its place. */
  readonly instead?: Given;
}

/** What follows when somebody mends an entry: both the wrong one and the right one stay in the record. */
export const mendEntry = (kind: FactKind, state: Fact, mending: Mending): Decided<FactEvent> => {
  const { entry, why, subject, instead } = mending;
  if (state.takenBack.includes(entry)) return refuse('already-taken-back', 'This was taken back before.');
  const wrong = state.history.find(({ id }) => id === entry);
  const step = stepsOf(kind).find(({ event }) => event === wrong?.type);
  if (!wrong || !step) return missing('entry');
  const rest = without(state, entry);
  const right = instead ? inItsPlace(kind, step, rest, instead) : leansOn(kind, rest);
  if (right instanceof Refusal || right instanceof Refusals) return right;
  return [{ type: ENTRY_TAKEN_BACK, data: { entry, why: personal(subject, why) } }, ...(right ?? [])];
};

const inItsPlace = (kind: FactKind, step: FactStep, rest: Fact, given: Given): Decided<FactEvent> => {
  const [birth] = rest.history;
  if (step === kind.birth) {
    const { authority, team } = rest.about;
    const early = rest.history.find(({ type, on }) => on < given.on && !stepsOf(kind).find(({ event }) => event === type)?.anyDay); // prettier-ignore
    if (early) return refuse('before-birth', 'Something that came later is from before this day. Check the day.', '/occurredAt'); // prettier-ignore
    return decided(step, [], given, { authority, ...(team !== undefined && { team }) });
  }
  const no = whyNot(kind, step, rest, given.by);
  if (no) return no;
  if (!step.anyDay && birth && given.on < birth.on)
    return refuse('before-birth', 'This cannot be before the first entry. Check the day.', '/occurredAt');
  return decided(step, rest.history, given, {});
};

/** An entry that others follow from is taken back after them. */
const leansOn = (kind: FactKind, { history }: Fact): Refusal | undefined => {
  const has = (type: string) => history.some((each) => each.type === type);
  const left = kind.steps.filter(({ event, after }) => has(event) && after !== undefined && !after.some(has));
  return left.length > 0
    ? refuse('others-follow', `First take back: ${titlesOf(kind, left.map(({ event }) => event))}.`)
    : undefined; // prettier-ignore
};
