import { type OpenPersonal, personal } from '#kernel/personal';
import type { MeetingEvent } from './meeting.events.js';
import type { OutcomeFacts, OutcomesBody } from './outcomes.js';
import type { Outline, Placed } from './outline.js';
import type { ContributionOutcome, DecisionOutcome, DiscussionOutcome, ServiceChangeOutcome } from './outcomes.js';

type Noted<K extends MeetingEvent['type']> = Extract<MeetingEvent, { type: K }>;

/** Everything that a meeting records, in the order in which it is appended; `OutcomesRecorded` follows as the last. */
export const noteOutcomes = (
  meeting: string,
  body: OutcomesBody,
  all: Outline,
  facts: OutcomeFacts,
): MeetingEvent[] => [
  attendance(meeting, body),
  ...(body.interests ?? []).map(({ role, interest, person }): MeetingEvent => ({
    type: 'InterestDeclared',
    data: { role, interest: personal(person ?? meeting, interest) },
  })),
  ...(body.accessTasks?.length
    ? [{ type: 'AccessNeedsMet' as const, data: { tasks: personal(meeting, [...body.accessTasks]) } }]
    : []),
  ...(body.howWasIt?.length
    ? [{ type: 'StatementsTallied' as const, data: { tallies: personal(meeting, [...body.howWasIt]) } }]
    : []),
  ...all.contributions.map(contribution),
  ...all.discussions.map(discussion),
  ...all.decisions.map((each) => decision(each, all)),
  ...all.serviceChanges.map((each) => serviceChange(each, all, facts)),
];

const attendance = (meeting: string, body: OutcomesBody): MeetingEvent => {
  const { people, decisionMakerPresent, openness, rung } = body;
  return {
    type: 'AttendanceRecorded',
    data: {
      capacities: body.attendance.map(({ capacity, count }) => ({ capacity, count })),
      ...(people?.length && { people: personal(meeting, [...people]) }),
      ...(decisionMakerPresent !== undefined && { decisionMakerPresent }),
      ...(openness && { openness }),
      ...(rung && { rung }),
    },
  };
};

const contribution = ({ ref, item, given }: Placed<ContributionOutcome>): Noted<'ContributionNoted'> => {
  const { ref: _ref, words, helper, ...rest } = given;
  // Somebody may say several things at a meeting: each can be erased alone, here as in its own stream.
  const sealed = (text: string): OpenPersonal => personal(given.participant ?? item, text, item);
  return {
    type: 'ContributionNoted',
    data: { ...rest, ref, item, words: sealed(words), ...(helper?.trim() && { helper: sealed(helper) }) },
  };
};

const discussion = (placed: Outline['discussions'][number]): Noted<'DiscussionNoted'> => {
  const { ref, item, contributions } = placed;
  const { title, points, dissent, decideBy }: DiscussionOutcome = placed.given;
  const said = (texts: readonly string[] = []): OpenPersonal[] =>
    texts.filter((each) => each.trim() !== '').map((each) => personal(item, each));
  return {
    type: 'DiscussionNoted',
    data: {
      ref,
      item,
      title: title.trim(),
      contributions,
      ...(said(points).length > 0 && { points: said(points) }),
      ...(said(dissent).length > 0 && { dissent: said(dissent) }),
      ...(decideBy && { decideBy }),
    },
  };
};

const decision = ({ ref, item, discussion, given }: Placed<DecisionOutcome>, all: Outline): Noted<'DecisionNoted'> => {
  const { ref: _ref, statement, reason, whichPart, easyText, alternatives, interests, answers, ...rest } = given;
  const own = (text: string): OpenPersonal => personal(item, text);
  return {
    type: 'DecisionNoted',
    data: {
      ...rest,
      ref,
      item,
      discussion,
      statement: own(statement),
      ...(reason && { reason: { codes: reason.codes, ...(reason.words?.trim() && { words: own(reason.words) }) } }),
      ...(whichPart?.trim() && { whichPart: own(whichPart) }),
      ...(easyText?.trim() && { easyText: own(easyText) }),
      alternatives: alternatives.map(({ what, why }) => ({ what: own(what), ...(why?.trim() && { why: own(why) }) })),
      interests: interests.map(({ role, interest }) => ({ role, interest: own(interest) })),
      answers: answers.map(({ contribution, effect, why }) => ({
        contribution: all.contribution(contribution),
        effect,
        ...(why?.trim() && { why: own(why) }),
      })),
    },
  };
};

const serviceChange = (
  { ref, item, given }: Placed<ServiceChangeOutcome>,
  all: Outline,
  facts: OutcomeFacts,
): Noted<'ServiceChangeNoted'> => {
  const { ref: _ref, decision, what, owner, checker, ...rest } = given;
  const person = facts.staff.get(owner.name) ?? item;
  return {
    type: 'ServiceChangeNoted',
    data: {
      ...rest,
      ref,
      item,
      decision: all.decision(decision),
      what: personal(item, what),
      owner: { person, name: personal(person, owner.name), role: owner.role },
      checker: { role: checker.role, ...(checker.name?.trim() && { name: personal(item, checker.name) }) },
    },
  };
};
