import { ANSWERS, ATTRIBUTIONS, CAPACITIES, EFFECTS, REASONS, VOICES } from '#kernel/codes';
import type { Answer, Attribution, Capacity, Effect, Reason, Voice } from '#kernel/codes';
import { OPENNESS } from '#meetings/meeting.events';
import { Code, Codes, Day, Flag, Id, Instant, ListOf, Nested, OneOf, Text, Texts, Whole } from './fields.js';

const WORDS = 10_000;

export class MeetingBody {
  @Code() authority: string;
  @Id() team: string;
  @Text(200) title: string;
  @Instant() startsAt: string;
  @Text(200, { optional: true }) place?: string;
  @OneOf(OPENNESS, { optional: true, description: 'Could what is discussed still change things?' })
  openness?: (typeof OPENNESS)[number];
}

export class ReasonBody {
  @Codes(REASONS) codes: Reason[];
  @Text(WORDS, { description: 'Why, in words the person will read.' }) words: string;
}

export class AlternativeBody {
  @Text(2_000) what: string;
  @Text(2_000, { optional: true, description: 'Why it was not chosen.' }) why?: string;
}

export class InterestBody {
  @Text(200) role: string;
  @Text(2_000) interest: string;
}

export class DeciderBody {
  @Text(200) role: string;
  @Text(200, { optional: true }) body?: string;
  @OneOf(CAPACITIES) capacity: Capacity;
}

/** Everything a decision says, wherever it is made. */
class DecisionCore {
  @OneOf(ANSWERS) answer: Answer;
  @Text(WORDS) statement: string;
  @Nested(() => ReasonBody, { optional: true }) reason?: ReasonBody;
  @Text(WORDS, { optional: true, description: 'Partly: which part.' }) whichPart?: string;
  @Day({ optional: true, description: 'Later: when we look again.' }) lookAgain?: string;
  @Flag({ optional: true, description: 'We will not look at this again, said on purpose.' }) noLookAgain?: boolean;
  @Text(200, { optional: true, description: 'Passed on: who decides.' }) passedTo?: string;
  @ListOf(() => AlternativeBody, 50, { optional: true }) alternatives?: AlternativeBody[];
  @ListOf(() => InterestBody, 50, { optional: true }) interests?: InterestBody[];
  @Texts(500, 20, { optional: true }) dispensations?: string[];
  @ListOf(() => DeciderBody, 50) decidedBy: DeciderBody[];
  @Whole(1, 5, { optional: true, description: 'How important people said it is.' }) importance?: number;
  @Text(500, { optional: true }) money?: string;
  @Text(WORDS, { optional: true, description: 'The same in easy read, written by a person.' }) easyText?: string;
  @Text(500, { optional: true, description: 'Why a vague phrase is let stand.' }) vagueOverride?: string;
}

export class AnswersViewBody {
  @Text(100, { description: 'A `ref` of this body, or the id of a recorded view.' }) contribution: string;
  @OneOf(EFFECTS) effect: Effect;
  @Text(2_000, { optional: true }) why?: string;
}

export class OwnerBody {
  @Text(200, { description: 'A named person, not a team. Sealed.' }) name: string;
  @Text(200) role: string;
}

export class CheckerBody {
  @Text(200, { optional: true }) name?: string;
  @Text(200) role: string;
}

/** A view told at the meeting (`ref` and its words), or one that is recorded already (`id`). */
export class NotedViewBody {
  @Text(100, { optional: true }) ref?: string;
  @Id({ optional: true }) id?: string;
  @Text(WORDS, { optional: true }) words?: string;
  @OneOf(CAPACITIES, { optional: true }) capacity?: Capacity;
  @OneOf(VOICES, { optional: true }) voice?: Voice;
  @OneOf(ATTRIBUTIONS, { optional: true }) attribution?: Attribution;
  @Id({ optional: true }) participant?: string;
  @Text(200, { optional: true }) helper?: string;
  @Flag({ optional: true }) agreed?: boolean;
  @Whole(2, 100_000, { optional: true }) groupSize?: number;
  @Code({ optional: true }) language?: string;
  @Flag({ optional: true, description: 'It was read back and they said it is right.' }) readBack?: boolean;
}

export class NotedDecisionBody extends DecisionCore {
  @Text(100) ref: string;
  @ListOf(() => AnswersViewBody, 200, { optional: true }) answers?: AnswersViewBody[];
}

export class PromiseCore {
  @Text(WORDS) what: string;
  @Nested(() => OwnerBody) owner: OwnerBody;
  @Day() due: string;
  @Text(2_000, { description: 'How we will know it is done.' }) proofWanted: string;
  @Nested(() => CheckerBody, { description: 'Who will check; not the owner.' }) checker: CheckerBody;
  @Text(500, { optional: true, description: 'Why a vague phrase is let stand.' }) vagueOverride?: string;
}

export class NotedServiceChangeBody extends PromiseCore {
  @Text(100, { optional: true }) ref?: string;
  @Text(100, { description: 'A `ref` of this body, or the id of a recorded decision.' }) decision: string;
}

export class NotedDiscussionBody {
  @Text(100, { optional: true }) ref?: string;
  @Text(200) title: string;
  @ListOf(() => NotedViewBody, 200, { optional: true }) contributions?: NotedViewBody[];
  @Texts(2_000, 100, { optional: true }) points?: string[];
  @Texts(2_000, 100, { optional: true, description: 'Disagreement, kept.' }) dissent?: string[];
  @ListOf(() => NotedDecisionBody, 100, { optional: true }) decisions?: NotedDecisionBody[];
  @ListOf(() => NotedServiceChangeBody, 100, { optional: true }) serviceChanges?: NotedServiceChangeBody[];
}

export class AttendanceBody {
  @OneOf(CAPACITIES) capacity: Capacity;
  @Whole(0, 10_000) count: number;
}

export class OutcomesBody {
  @ListOf(() => AttendanceBody, 10, { optional: true }) attendance?: AttendanceBody[];
  @ListOf(() => NotedDiscussionBody, 100) discussions: NotedDiscussionBody[];
  @ListOf(() => InterestBody, 50, { optional: true }) interests?: InterestBody[];
  @OneOf(OPENNESS, { optional: true }) openness?: (typeof OPENNESS)[number];
  @Flag({ optional: true }) decisionMakerPresent?: boolean;
  @Text(200, { optional: true }) rung?: string;
}

export class KnownViewBody {
  @Id() id: string;
}

export class DiscussionBody {
  @Code() authority: string;
  @Id({ optional: true }) team?: string;
  @Text(200) title: string;
  @ListOf(() => KnownViewBody, 200) contributions: KnownViewBody[];
  @Texts(2_000, 100, { optional: true }) points?: string[];
  @Texts(2_000, 100, { optional: true }) dissent?: string[];
  @Instant({ optional: true }) occurredAt?: string;
}

export class DecisionBody extends DecisionCore {
  @Code() authority: string;
  @Id({ optional: true }) team?: string;
  @Id({ optional: true }) discussion?: string;
  @Id({ optional: true }) meeting?: string;
  @Instant({ optional: true }) occurredAt?: string;
  @ListOf(() => AnswersViewBody, 200, { optional: true }) answers?: AnswersViewBody[];
}

export class LinkBody {
  @Id() contribution: string;
  @OneOf([...EFFECTS, 'unlink'], { description: 'Its effect on the decision; `unlink` takes the link back.' }) effect:
    Effect | 'unlink';
  @Text(2_000, { optional: true }) why?: string;
  @Id({ optional: true }) meeting?: string;
}

export class SupersedeBody {
  @Id() by: string;
  @Text(2_000, { optional: true }) why?: string;
}

export class ReviewRequestBody {
  @Id({ optional: true }) contribution?: string;
  @Text(2_000, { optional: true }) why?: string;
}

export class ReviewAnswerBody {
  @Id() request: string;
  @Text(WORDS) words: string;
  @Flag() changed: boolean;
}
