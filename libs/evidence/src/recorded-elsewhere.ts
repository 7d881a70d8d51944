import { everyKind } from '#facts/every-kind';

/** A page on which other things are recorded than facts: views, meetings, decisions, promises. */
export interface Elsewhere {
  readonly text: string;
  /** Where one starts. */
  readonly href: string;
  /** The form itself, with `:id` for the thing that it is about. */
  readonly page: string;
  readonly events: readonly string[];
}

const page = (text: string, href: string, form: string, events: string): Elsewhere => ({
  text,
  href,
  page: form,
  events: events.split(' '),
});

export const ELSEWHERE: readonly Elsewhere[] = [
  page('Start a team', '/teams', '/teams/new', 'TeamFormed'),
  page('Add people to a team, or make someone chair or co-chair', '/teams', '/teams/:id/people', 'MemberJoined ChairAppointed CoChairAppointed'),
  page('Say who left a team, and why', '/teams', '/teams/:id/people/:participant/left', 'MemberLeft'),
  page('Plan a meeting', '/meetings/new', '/meetings/new', 'MeetingCalled'),
  page('Record a meeting: who was there, what was talked about, what was decided and promised', '/work', '/meetings/:id/capture', 'AttendanceRecorded ContributionConsidered DiscussionHeld DecisionMade DecisionLinkedToContribution ServiceChangePromised AccessNeedsMet'),
  page('Read back at the meeting what people said', '/work', '/meetings/:id/capture/read-back', 'ContributionReadBack'),
  page('Confirm what was recorded at a meeting', '/work', '/meetings/:id/confirm', 'OutcomesConfirmed'),
  page('Write down a view', '/tell-us', '/tell-us', 'ContributionReceived'),
  page('Reply to a view', '/work', '/views/:id/reply', 'ReplySent'),
  page('Say whether a reply arrived', '/views', '/views/:id/arrived', 'ReplyDelivered ReplyFailed'),
  page('Say on one’s own card page if one understands, and how one is shown', '/my-view', '/my-view', 'UnderstandingAnswered AttributionChanged ContributionWithdrawn VerdictGiven'),
  page('Ask on one’s own card page to look at a decision again', '/my-view', '/my-view/ask/:kind', 'RequestMade DecisionReviewRequested'),
  page('Answer what people asked', '/requests', '/requests/:id', 'RequestAnswered DecisionReviewAnswered'),
  page('Write down what the body said that decides', '/decisions?answer=passed-on', '/decisions/:id/word-back', 'DecisionReferralAnswered'),
  page('Make a promise under the pledge', '/commitments/new', '/commitments/new', 'CommitmentMade'),
  page('Add proof to a promise, move its date, check it, or say what changed for people', '/service-changes', '/service-changes/:id/:step', 'EvidenceAttached ReportedDone DoneConfirmed DoneDisputed EffectObserved DueDateChanged OwnerChanged'),
  page('Ask people the statements', '/statements', '/meetings/:id/statements', 'StatementsAsked StatementAnswered'),
]; // prettier-ignore

const FACT_PAGES: ReadonlyMap<string, string> = new Map(
  everyKind.flatMap(({ code, birth, steps }) => [
    [birth.event, `/record/${code}`] as const,
    ...steps.map((step) => [step.event, `/record/${code}/:id/${step.code}`] as const),
  ]),
);

/** The page on which an event can be recorded. Undefined: on none. */
export const pageOf = (event: string): string | undefined =>
  FACT_PAGES.get(event) ?? ELSEWHERE.find(({ events }) => events.includes(event))?.page;
