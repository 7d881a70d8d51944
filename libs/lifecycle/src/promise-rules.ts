import type { Decided } from '#kernel/aggregate';
import type { Verdict } from '#kernel/codes';
import { personal } from '#kernel/personal';
import { refuse } from '#kernel/refusal';
import { isDay } from '#kernel/time';
import { vagueAdvice, vaguePhrase } from '#kernel/vague-phrases';
import type { LifecycleEvent } from './lifecycle.events.js';
import type { Promised } from './lifecycle.js';

type Rule = Decided<LifecycleEvent>;

const over = (state: Promised) =>
  state.state === 'dropped' ? refuse('dropped', 'This promise was dropped. Open it again first.') : undefined;

export const acceptPromise = (state: Promised): Rule =>
  over(state) ?? (state.accepted ? [] : [{ type: 'OwnerAccepted', data: {} }]);

export const reportProgress = (state: Promised, id: string, words: string): Rule => {
  if (!words.trim()) return refuse('words-missing', 'Say what was done.', '/words');
  const vague = vaguePhrase(words);
  if (vague) return refuse('vague', vagueAdvice(vague), '/words');
  if (state.state === 'paused') return refuse('paused', 'This promise is paused. Start it again first.');
  return over(state) ?? [{ type: 'ProgressReported', data: { words: personal(id, words) } }];
};

export interface Evidence {
  readonly evidence: string;
  readonly kind: 'document' | 'photo' | 'link' | 'statement' | 'data';
  /** SHA-256, hex. */
  readonly hash: string;
  readonly title: string;
  readonly url?: string;
  readonly suppliedByRole: string;
  readonly supplier?: string;
  readonly supplierPerson?: string;
}

export const attachEvidence = (state: Promised, id: string, given: Evidence): Rule => {
  if (!/^[0-9a-f]{64}$/.test(given.hash))
    return refuse('hash-wrong', 'The fingerprint must be a SHA-256 in hex: 64 letters and digits.', '/hash');
  if (!given.title.trim()) return refuse('title-missing', 'Say what the proof shows.', '/title');
  const { title, supplier, ...rest } = given;
  return (
    over(state) ?? [
      {
        type: 'EvidenceAttached',
        data: {
          ...rest,
          title: personal(id, title),
          ...(supplier?.trim() && { supplier: personal(given.supplierPerson ?? id, supplier) }),
        },
      },
    ]
  );
};

export const askForDate = (
  state: Promised,
  id: string,
  given: { request: string; to: string; reason: string },
  today: string,
): Rule => {
  if (!isDay(given.to) || given.to < today) return refuse('date-past', 'The date must be today or after today.', '/to');
  if (!given.reason.trim()) return refuse('reason-missing', 'Say why the date must move.', '/reason');
  return over(state) ?? [{ type: 'DueDateChangeAsked', data: { ...given, reason: personal(id, given.reason) } }];
};

/** A moved date keeps the old one, the new one, why, who agreed, and whether the old one had passed. */
export const moveDate = (
  state: Promised,
  id: string,
  given: { due: string; reason: string; agreedBy: string },
  today: string,
): Rule => {
  if (!isDay(given.due) || given.due < today)
    return refuse('date-past', 'The date must be today or after today.', '/due');
  if (!given.reason.trim()) return refuse('reason-missing', 'Say why the date moves.', '/reason');
  if (!given.agreedBy.trim()) return refuse('agreed-by-missing', 'Say who agreed to the new date.', '/agreedBy');
  if (!state.due) return refuse('no-date', 'This promise has no date yet.');
  if (state.due === given.due) return refuse('same-date', 'This is the date it has now.', '/due');
  const vague = vaguePhrase(given.reason);
  if (vague) return refuse('vague', vagueAdvice(vague), '/reason');
  return (
    over(state) ?? [
      {
        type: 'DueDateChanged',
        data: {
          old: state.due,
          new: given.due,
          reason: personal(id, given.reason),
          agreedBy: personal(id, given.agreedBy),
          afterDue: today > state.due,
        },
      },
    ]
  );
};

export const pausePromise = (
  state: Promised,
  id: string,
  given: { reason: string; lookAgain: string },
  today: string,
): Rule => {
  if (!given.reason.trim()) return refuse('reason-missing', 'Say why you stop for now.', '/reason');
  if (!isDay(given.lookAgain) || given.lookAgain < today)
    return refuse('date-past', 'Enter when you will look again: today or after today.', '/lookAgain');
  if (state.state === 'confirmed') return refuse('confirmed', 'This is done and checked. There is nothing to pause.');
  if (state.state === 'paused') return [];
  return over(state) ?? [{ type: 'Paused', data: { reason: personal(id, given.reason), lookAgain: given.lookAgain } }];
};

export const dropPromise = (state: Promised, id: string, reason: string): Rule => {
  if (!reason.trim()) return refuse('reason-missing', 'Say why you will not do this now.', '/reason');
  if (state.state === 'confirmed') return refuse('confirmed', 'This is done and checked. It cannot be dropped.');
  return state.state === 'dropped'
    ? []
    : (over(state) ?? [{ type: 'Dropped', data: { reason: personal(id, reason) } }]);
};

/** Done without proof may be reported; it is shown as a gap. */
export const reportDone = (state: Promised, id: string, given: { words?: string; byRole: string }): Rule => {
  if (state.state === 'confirmed') return refuse('confirmed', 'This is done and checked already.');
  if (state.state === 'reported-done') return [];
  return (
    over(state) ?? [
      {
        type: 'ReportedDone',
        data: { byRole: given.byRole, ...(given.words?.trim() && { words: personal(id, given.words) }) },
      },
    ]
  );
};

/** Somebody other than the owner looks and says so. @returns a refusal when the owner checks their own promise */
export const checkDone = (
  state: Promised,
  id: string,
  given: { confirmed: boolean; person: string; byRole: string; name?: string; words?: string },
): Rule => {
  // Whoever promised it before may say that it is not done, and no more.
  if (given.person === state.owner?.person || (given.confirmed && state.formerOwners.includes(given.person)))
    return refuse('own-promise', 'You promised this. Somebody else must check it.', '/name');
  if (state.state !== 'reported-done' && state.state !== 'disputed' && state.state !== 'confirmed')
    return refuse('not-reported', 'Nobody has said yet that this is done.');
  const words = given.words?.trim() ? { words: personal(given.person, given.words) } : {};
  if (!given.confirmed) {
    if (!given.words?.trim()) return refuse('words-missing', 'Say what you see that is not done.', '/words');
    return [{ type: 'DoneDisputed', data: { person: given.person, byRole: given.byRole, ...words } }];
  }
  if (state.state === 'confirmed') return [];
  return [
    {
      type: 'DoneConfirmed',
      data: {
        person: given.person,
        byRole: given.byRole,
        ...(given.name && { name: personal(given.person, given.name) }),
        ...words,
      },
    },
  ];
};

/**
 * What a person who gave a view says about a promise that was reported done. "Not done" disputes it at once: the
 * council's claim and the person's stand side by side, and nobody on the council's side decides whether to show it.
 */
export const giveVerdict = (
  state: Promised,
  id: string,
  given: { verdict: Verdict; contribution?: string; comment?: string; subject?: string; byRole: string },
): Rule => {
  if (!['reported-done', 'confirmed', 'disputed'].includes(state.state))
    return refuse('not-reported', 'Nobody has said yet that this is done.');
  const { verdict, contribution, comment, subject, byRole } = given;
  const said: LifecycleEvent = {
    type: 'VerdictGiven',
    data: {
      verdict,
      ...(contribution && { contribution }),
      ...(comment?.trim() && { comment: personal(subject ?? id, comment, contribution) }),
    },
  };
  const disputes = verdict === 'not-done' && state.state !== 'disputed';
  return disputes ? [said, { type: 'DoneDisputed', data: { byRole } }] : [said];
};

/** What is typed where nobody wants to be named. */
export const NOT_A_PERSON =
  /^(the\s+)?(team|council|department|service|staff|everyone|all|tbc|tba|n\/?a|unknown|\?+|-+)$/i;

export const changeOwner = (
  state: Promised,
  id: string,
  given: { person: string; name: string; role: string; reason: string; oldName?: string },
): Rule => {
  const named = given.name.trim();
  if (!named || NOT_A_PERSON.test(named))
    return refuse('owner-missing', 'Enter the name of the person who will do this. A team cannot be asked.', '/name');
  if (!given.role.trim()) return refuse('owner-role-missing', 'Enter their role.', '/role');
  if (!given.reason.trim()) return refuse('reason-missing', 'Say why someone else takes this over.', '/reason');
  const { person, name, role, reason } = given;
  return (
    over(state) ?? [
      {
        type: 'OwnerChanged',
        data: {
          ...(state.owner && { old: { ...state.owner, name: personal(state.owner.person, given.oldName ?? '') } }),
          new: { person, role, name: personal(person, name) },
          reason: personal(id, reason),
        },
      },
    ]
  );
};

export interface ObservedEffect {
  readonly what: string;
  readonly forWhom: string;
  readonly source: 'person' | 'staff' | 'data' | 'inspection' | 'other';
  readonly before?: string;
  readonly after?: string;
  readonly harm?: boolean;
}

/** What was seen; no claim that this promise caused it. */
export const observeEffect = (id: string, given: ObservedEffect): Rule =>
  given.what.trim()
    ? [{ type: 'EffectObserved', data: { ...given, what: personal(id, given.what) } }]
    : refuse('words-missing', 'Say what you saw.', '/what');
