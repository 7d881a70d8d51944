import type { Decided, Now } from '#kernel/aggregate';
import type { Verdict } from '#kernel/codes';
import { giveReasons } from './ladder.js';
import type { LifecycleEvent } from './lifecycle.events.js';
import type { Promised } from './lifecycle.js';
import {
  acceptPromise,
  askForDate,
  attachEvidence,
  changeOwner,
  checkDone,
  dropPromise,
  type Evidence,
  giveVerdict,
  moveDate,
  type ObservedEffect,
  observeEffect,
  pausePromise,
  reportDone,
  reportProgress,
} from './promise-rules.js';
import { type Reopening, reopenPromise } from './reopening.js';

/** Everything that can be done with a promise once it is made; the body of one command, for service changes and commitments alike. */
export type PromiseStep =
  | { readonly do: 'accept' }
  | { readonly do: 'progress'; readonly words: string }
  | ({ readonly do: 'evidence' } & Evidence)
  | { readonly do: 'ask-date'; readonly request: string; readonly to: string; readonly reason: string }
  | { readonly do: 'move-date'; readonly due: string; readonly reason: string; readonly agreedBy: string }
  | { readonly do: 'pause'; readonly reason: string; readonly lookAgain: string }
  | { readonly do: 'drop'; readonly reason: string }
  | { readonly do: 'report-done'; readonly words?: string; readonly byRole: string }
  | {
      readonly do: 'check';
      readonly confirmed: boolean;
      readonly person: string;
      readonly byRole: string;
      readonly name?: string;
      readonly words?: string;
    }
  | {
      readonly do: 'verdict';
      readonly verdict: Verdict;
      readonly contribution?: string;
      readonly comment?: string;
      readonly subject?: string;
      readonly byRole: string;
    }
  | ({ readonly do: 'reopen' } & Reopening)
  | {
      readonly do: 'change-owner';
      readonly person: string;
      readonly name: string;
      readonly role: string;
      readonly reason: string;
      readonly oldName?: string;
    }
  | { readonly do: 'reasons'; readonly words: string }
  | ({ readonly do: 'effect' } & ObservedEffect);

export const takeStep = (state: Promised, id: string, step: PromiseStep, { today }: Now): Decided<LifecycleEvent> => {
  switch (step.do) {
    case 'accept':
      return acceptPromise(state);
    case 'progress':
      return reportProgress(state, id, step.words);
    case 'evidence': {
      const { do: _, ...evidence } = step;
      return attachEvidence(state, id, evidence);
    }
    case 'ask-date': {
      const { do: _, ...asked } = step;
      return askForDate(state, id, asked, today);
    }
    case 'move-date':
      return moveDate(state, id, step, today);
    case 'pause':
      return pausePromise(state, id, step, today);
    case 'drop':
      return dropPromise(state, id, step.reason);
    case 'report-done':
      return reportDone(state, id, step);
    case 'check':
      return checkDone(state, id, step);
    case 'verdict':
      return giveVerdict(state, id, step);
    case 'reopen':
      return reopenPromise(state, id, step, today);
    case 'change-owner':
      return changeOwner(state, id, step);
    case 'reasons':
      return giveReasons(state, id, step.words);
    case 'effect': {
      const { do: _, ...effect } = step;
      return observeEffect(id, effect);
    }
  }
};
