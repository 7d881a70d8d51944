import { HOW } from '../how-to-record.js';
import { measure } from '../measure.js';
import type { PromiseFacts } from '../things.js';
import { known } from './views.js';

const OVER: readonly string[] = ['dropped', 'transferred'];
const CALLED_DONE: readonly string[] = ['reported-done', 'confirmed', 'disputed'];
const PROMISES = ['promise', 'promises'] as const;
const CALLED = ['promise called done', 'promises called done'] as const;

const live = ({ state }: PromiseFacts): boolean => !OVER.includes(state);
const isCalledDone = ({ state }: PromiseFacts): boolean => CALLED_DONE.includes(state);

export const promiseMeasures = [
  measure({
    code: 'promise-done', of: 'promise', rows: ['S18', 'S19', 'P3b', 'O4'], noun: PROMISES, as: 'share', phrase: 'are done, and someone else checked it',
    from: ['ServiceChangePromised', 'DoneConfirmed'], how: HOW.promise,
    counts: (each) => (live(each) ? each.state === 'confirmed' : undefined),
  }),
  measure({
    code: 'promise-proof', of: 'promise', rows: ['S18', 'S19'], noun: CALLED, as: 'share', phrase: 'have proof',
    from: ['ServiceChangePromised', 'EvidenceAttached'], how: HOW.promise,
    counts: (each) => (isCalledDone(each) ? (each.proof ?? false) : undefined),
  }),
  measure({
    code: 'promise-verdict', of: 'promise', rows: ['S7', 'S19', 'O4'], noun: CALLED, as: 'share', phrase: 'were judged by the people who asked',
    from: ['ServiceChangePromised', 'VerdictGiven'], how: HOW.myView,
    counts: (each) => (isCalledDone(each) ? (each.verdict ?? false) : undefined),
  }),
  measure({
    code: 'promise-disputed', better: 'few', of: 'promise', rows: ['S18', 'S19'], noun: CALLED, as: 'share', phrase: 'are called not done by someone else',
    from: ['ServiceChangePromised', 'DoneDisputed'], how: HOW.myView,
    counts: (each) => (isCalledDone(each) ? each.state === 'disputed' : undefined),
  }),
  measure({
    code: 'promise-moved', better: 'few', of: 'promise', rows: ['S18', 'S20'], noun: PROMISES, as: 'share', phrase: 'had their date moved',
    from: ['ServiceChangePromised', 'DueDateChanged'], how: HOW.promise,
    counts: (each) => (live(each) && each.due ? each.moved > 0 : undefined),
  }),
  measure({
    code: 'promise-effect', of: 'promise', rows: ['S19', 'P2c', 'O4'], noun: CALLED, as: 'share', phrase: 'say what changed for people',
    from: ['ServiceChangePromised', 'EffectObserved'], how: HOW.promise,
    counts: (each) => (isCalledDone(each) ? (each.effect ?? false) : undefined),
  }),
  measure({
    code: 'effect-source', of: 'effect', rows: ['S19', 'S8', 'O4'], noun: ['change that was seen', 'changes that were seen'], as: 'kinds', phrase: 'were seen by',
    kinds: { person: 'A person it was for', staff: 'Staff', data: 'Figures', inspection: 'An inspection', other: 'Someone else' },
    from: ['EffectObserved'], how: HOW.promise,
    caution: 'What was seen after a promise. We do not claim that the promise caused it.',
    counts: ({ source }) => source,
  }),
  measure({
    code: 'effect-measured', of: 'effect', rows: ['S19', 'O1', 'P2c'], noun: ['change that was seen', 'changes that were seen'], as: 'share', phrase: 'have a figure from before and one from after',
    from: ['EffectObserved'], how: HOW.promise,
    counts: ({ measured }) => measured,
  }),
  measure({
    code: 'effect-harm', better: 'few', of: 'effect', rows: ['S19', 'O4'], noun: ['change that was seen', 'changes that were seen'], as: 'share', phrase: 'did harm',
    from: ['EffectObserved'], how: HOW.promise,
    counts: ({ harm }) => harm,
  }),
  measure({
    code: 'commitment-done', of: 'commitment', rows: ['*'], noun: ['promise of a council under this', 'promises of councils under this'], as: 'share', phrase: 'are done, and someone else checked it',
    perPart: true, from: ['CommitmentMade', 'DoneConfirmed'], how: HOW.commitment,
    counts: (each) => (live(each) ? each.state === 'confirmed' : undefined),
  }),
  measure({
    code: 'commitment-called-done', of: 'commitment', rows: ['*'], noun: ['promise of a council under this', 'promises of councils under this'], as: 'share', phrase: 'are called done by the council itself',
    perPart: true, from: ['CommitmentMade', 'ReportedDone'], how: HOW.commitment,
    counts: (each) => (live(each) ? isCalledDone(each) : undefined),
  }),
  measure({
    code: 'commitment-owned', of: 'commitment', rows: ['*'], noun: ['promise of a council under this', 'promises of councils under this'], as: 'share', phrase: 'have a named owner and a date',
    perPart: true, from: ['CommitmentMade', 'OwnerChanged'], how: HOW.commitment,
    counts: (each) => (live(each) ? known(each.owner && each.due, each) : undefined),
  }),
  measure({
    code: 'commitment-moved', better: 'few', of: 'commitment', rows: ['*'], noun: ['promise of a council under this', 'promises of councils under this'], as: 'share', phrase: 'had their date moved',
    perPart: true, from: ['CommitmentMade', 'DueDateChanged'], how: HOW.commitment,
    counts: (each) => (live(each) && each.due ? each.moved > 0 : undefined),
  }),
]; // prettier-ignore
