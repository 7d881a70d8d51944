import type { NewContribution } from '#contributions/contribution';
import type { NewDecision } from '#decisions/decision';
import type { Recorded } from '#kernel/event';
import type { Json, Personal } from '#kernel/personal';
import type { NewServiceChange } from '#service-changes/service-change';
import type { NewDiscussion } from './discussion.js';
import type { MeetingEvent } from './meeting.events.js';
import type { ItemKind } from './outcomes.js';

/** Opens a sealed field. @throws when the words are gone. */
export type Reader = <T extends Json = string>(value: Personal<T>) => T;

/** Where the items belong and when they came up. */
export interface HeldMeeting {
  readonly id: string;
  readonly authority: string;
  readonly team: string;
  readonly heldAt: string;
  /** The take-home card of a view. */
  cardOf(contribution: string): string;
}

/** One command to one stream. `name` is unique within the item, so that the command id follows from both. */
export type Step = {
  readonly kind: ItemKind;
  readonly item: string;
  readonly ref: string;
  readonly name: string;
  /** The thing that the command is sent to. */
  readonly to: string;
  /** Items without which this step makes no sense. */
  readonly needs: readonly string[];
} & StepBody;

export type StepBody =
  | { readonly does: 'give'; readonly body: NewContribution }
  | { readonly does: 'read-back'; readonly body: { readonly meeting: string; readonly agreed: boolean } }
  | { readonly does: 'hold'; readonly body: NewDiscussion }
  | {
      readonly does: 'consider';
      readonly body: { readonly discussion: string; readonly meeting: string; readonly decidedAt: string };
    }
  | { readonly does: 'decide'; readonly body: NewDecision }
  | { readonly does: 'promise'; readonly body: NewServiceChange };

type Noted<K extends MeetingEvent['type']> = Extract<MeetingEvent, { type: K }>['data'];
type NotedEvent = Pick<Recorded<MeetingEvent>, 'type' | 'data'>;

/** What one noted item asks of other streams, in order. Pure: the same event always gives the same steps. */
export const stepsOf = (event: NotedEvent, at: HeldMeeting, open: Reader): Step[] => {
  switch (event.type) {
    case 'ContributionNoted':
      return contribution(event.data as Noted<'ContributionNoted'>, at, open);
    case 'DiscussionNoted':
      return discussion(event.data as Noted<'DiscussionNoted'>, at, open);
    case 'DecisionNoted':
      return decision(event.data as Noted<'DecisionNoted'>, at, open);
    case 'ServiceChangeNoted':
      return serviceChange(event.data as Noted<'ServiceChangeNoted'>, at, open);
    case 'MeetingCalled':
    case 'MeetingOpened':
    case 'MeetingClosed':
    case 'AttendanceRecorded':
    case 'InterestDeclared':
    case 'AccessNeedsMet':
    case 'StatementsTallied':
    case 'OutcomesRecorded':
    case 'OutcomeNotApplied':
    case 'OutcomesApplied':
    case 'OutcomesConfirmed':
    case 'PassedToSuccessor':
      return [];
  }
  // A stream also holds key events.
  return [];
};

const home = ({ authority, team, id }: HeldMeeting) => ({ authority, team, meeting: id });

const contribution = (data: Noted<'ContributionNoted'>, at: HeldMeeting, open: Reader): Step[] => {
  const { ref, item, words, helper, readBack, ...rest } = data;
  const step = { kind: 'contribution', item, ref, to: item, needs: [] } as const;
  const body: NewContribution = {
    ...rest,
    ...home(at),
    channel: 'meeting',
    words: open(words),
    ...(helper && { helper: open(helper) }),
    card: at.cardOf(item),
  };
  return [
    { ...step, name: 'give', does: 'give', body },
    ...(readBack === undefined
      ? []
      : [{ ...step, name: 'read-back', does: 'read-back' as const, body: { meeting: at.id, agreed: readBack } }]),
  ];
};

const discussion = (data: Noted<'DiscussionNoted'>, at: HeldMeeting, open: Reader): Step[] => {
  const { ref, item, points, dissent, ...rest } = data;
  const body: NewDiscussion = {
    ...rest,
    ...home(at),
    ...(points && { points: points.map((each) => open(each)) }),
    ...(dissent && { dissent: dissent.map((each) => open(each)) }),
  };
  return [
    { kind: 'discussion', item, ref, name: 'hold', to: item, needs: [], does: 'hold', body },
    // What cannot be marked as considered is a gap of the view, not of the discussion.
    ...data.contributions.map((view): Step => ({
      kind: 'contribution',
      item: view,
      ref,
      name: `consider ${item}`,
      to: view,
      needs: [item, view],
      does: 'consider',
      body: { discussion: item, meeting: at.id, decidedAt: at.heldAt },
    })),
  ];
};

const decision = (data: Noted<'DecisionNoted'>, at: HeldMeeting, open: Reader): Step[] => {
  const { ref, item, statement, reason, whichPart, easyText, alternatives, interests, answers, ...rest } = data;
  const body: NewDecision = {
    ...rest,
    ...home(at),
    statement: open(statement),
    ...(reason && { reason: { codes: reason.codes, ...(reason.words && { words: open(reason.words) }) } }),
    ...(whichPart && { whichPart: open(whichPart) }),
    ...(easyText && { easyText: open(easyText) }),
    alternatives: alternatives.map(({ what, why }) => ({ what: open(what), ...(why && { why: open(why) }) })),
    interests: interests.map(({ role, interest }) => ({ role, interest: open(interest) })),
    answers: answers.map(({ contribution: view, effect, why }) => ({
      contribution: view,
      effect,
      ...(why && { why: open(why) }),
    })),
  };
  return [{ kind: 'decision', item, ref, name: 'decide', to: item, needs: [], does: 'decide', body }];
};

const serviceChange = (data: Noted<'ServiceChangeNoted'>, at: HeldMeeting, open: Reader): Step[] => {
  const { ref, item, what, owner, checker, ...rest } = data;
  const body: NewServiceChange = {
    ...rest,
    ...home(at),
    what: open(what),
    owner: { person: owner.person, name: open(owner.name), role: owner.role },
    checker: { role: checker.role, ...(checker.name && { name: open(checker.name) }) },
  };
  return [
    { kind: 'serviceChange', item, ref, name: 'promise', to: item, needs: [data.decision], does: 'promise', body },
  ];
};
