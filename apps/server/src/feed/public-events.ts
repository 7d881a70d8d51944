import type { Recorded } from '#kernel/event';

/**
 * What leaves the house, field by field; what is not named here does not. No words, no people, no cards, nothing that a
 * person asked of us or answered (few answers point at one person), no format of a reply (it may tell of a disability),
 * and no item of a meeting before it stands in a stream of its own.
 */
export const PUBLIC_FIELDS: Readonly<Record<string, readonly string[]>> = {
  LogCreated: ['leafFormat', 'filterRule'],
  AuthorityRegistered: ['authority', 'name', 'gss', 'validFrom', 'validTo'],
  AuthoritySettingChanged: ['authority', 'setting', 'value'],
  AuthoritySucceeded: ['authority', 'successors', 'on'],
  PledgeVersionPublished: ['pledge', 'version', 'title', 'authors', 'source', 'validFrom', 'validTo', 'authorities'],
  TeamFormed: ['authority', 'name', 'stage', 'remit', 'rung', 'pledge'],
  ChairAppointed: [],
  CoChairAppointed: [],
  MeetingCalled: ['authority', 'team', 'title', 'startsAt', 'place', 'openness'],
  MeetingOpened: [],
  MeetingClosed: [],
  StatementsAsked: ['statements', 'pledge', 'wording', 'occasion'],
  InterestDeclared: ['role'],
  OutcomesRecorded: ['items'],
  OutcomeNotApplied: ['kind', 'code'],
  OutcomesApplied: ['items'],
  OutcomesConfirmed: ['role'],
  ContributionReceived: ['authority', 'team', 'channel', 'capacity', 'voice', 'attribution', 'groupSize', 'language', 'meeting', 'addsTo', 'reference'],
  ContributionReadBack: ['meeting', 'agreed'],
  ContributionCorrected: [],
  ContributionsGrouped: ['group'],
  PublicVersionGiven: ['reason'],
  ViewHeldBack: ['reason'],
  ViewReleased: ['shown'],
  ContributionConsidered: ['discussion', 'meeting', 'inTime'],
  ContributionWithdrawn: [],
  RepliesEnded: [],
  RepliesResumed: [],
  ReplySent: ['givenAt', 'byRole', 'about', 'answerBy'],
  ReplyDelivered: ['reply'],
  ReplyFailed: ['reply'],
  ReplyReadAloud: ['meeting', 'about'],
  DiscussionHeld: ['authority', 'team', 'meeting', 'title', 'decideBy', 'reference', 'url'],
  DecisionMade: ['authority', 'team', 'meeting', 'discussion', 'answer', 'reason', 'lookAgain', 'noLookAgain', 'passedTo', 'dispensations', 'money', 'importance', 'decidedBy', 'reference', 'url'],
  DecisionLinkedToContribution: ['contribution', 'effect', 'meeting'],
  DecisionUnlinked: ['contribution', 'meeting'],
  DecisionReferred: ['to', 'on'],
  DecisionReferralAnswered: ['to'],
  DecisionReviewAnswered: ['changed'],
  DecisionSuperseded: ['by'],
  DecisionReopened: ['status'],
  ServiceChangePromised: ['authority', 'team', 'meeting', 'decision', 'owner', 'due', 'proofWanted', 'checker', 'reference'],
  CommitmentMade: ['authority', 'team', 'pledge', 'part', 'owner', 'due', 'proofWanted', 'checker', 'reference', 'url'],
  CommitmentLinkedToContribution: ['contribution'],
  CommitmentLinkedToDecision: ['decision'],
  CommitmentUnlinked: ['contribution', 'decision'],
  AlternativeConsidered: [],
  OwnerAccepted: [],
  OwnerChanged: ['old', 'new'],
  ProgressReported: [],
  EvidenceAttached: ['evidence', 'kind', 'hash', 'url', 'suppliedByRole'],
  DueDateChanged: ['old', 'new', 'afterDue'],
  Paused: ['lookAgain'],
  Resumed: ['due'],
  Dropped: [],
  ReportedDone: ['byRole'],
  DoneConfirmed: ['byRole'],
  DoneDisputed: ['byRole'],
  Reopened: ['due'],
  ReminderSent: ['step', 'due', 'toRole'],
  ReasonsAskedFor: ['due', 'toRole'],
  ReasonsGiven: ['due'],
  RemindersSwitchedOn: ['on'],
  ClockStopped: ['reason'],
  ClockStarted: [],
  EffectObserved: ['forWhom', 'source', 'before', 'after', 'harm'],
  AuditOpened: ['authority'],
  SampleDrawn: ['sample', 'method', 'seed', 'of', 'filter', 'asked', 'population', 'position', 'day'],
  FindingPublished: ['finding', 'found'],
  RecommendationMade: ['recommendation', 'authority', 'due', 'reference', 'executiveDate'],
  ResponseReceived: ['recommendation', 'answer', 'byRole', 'executiveDate', 'afterDue'],
  ResponseOverdue: ['recommendation', 'due'],
  AuditClosed: [],
}; // prettier-ignore

/** What the data of an event may say to everyone. `isShown` says whether a view may be named. */
export const publicData = ({ type, data }: Recorded, isShown: (contribution: string) => boolean): object => {
  const all = data as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    (PUBLIC_FIELDS[type] ?? [])
      .filter((field) => (field !== 'contribution' && field !== 'addsTo') || isShown(String(all[field])))
      .flatMap((field) => {
        const value = open(all[field]);
        return value === undefined ? [] : [[field, value]];
      }),
  );
};

/** Without sealed words and without ids of people, however deep they stand. */
const open = (value: unknown): unknown => {
  if (value === null || value === undefined) return undefined;
  if (Array.isArray(value)) return value.map(open).filter((each) => each !== undefined);
  if (typeof value !== 'object') return value;
  if ('sealed' in value) return undefined;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== 'person' && key !== 'participant')
      .map(([key, member]) => [key, open(member)])
      .filter(([, member]) => member !== undefined),
  );
};

/** CloudEvents 1.0, structured JSON; attributes of our own are lower-case letters, as it asks. */
export interface CloudEvent {
  readonly specversion: '1.0';
  readonly id: string;
  readonly source: string;
  readonly type: string;
  /** The stream: what it happened to. */
  readonly subject: string;
  /** When it was written down; `occurredat` says when it happened. */
  readonly time: string;
  readonly datacontenttype: 'application/json';
  readonly occurredat: string;
  readonly position: string;
  readonly revision: number;
  readonly role: string;
  readonly authority?: string;
  readonly team?: string;
  readonly precision?: string;
  readonly imported?: true;
  readonly data: object;
}

export const cloudEvent = (event: Recorded, source: string, isShown: (contribution: string) => boolean): CloudEvent => {
  const { id, type, stream, recordedAt, occurredAt, position, revision, actor, about } = event;
  return {
    specversion: '1.0',
    id,
    source,
    type,
    subject: stream,
    time: recordedAt,
    datacontenttype: 'application/json',
    occurredat: occurredAt,
    position,
    revision,
    role: actor.role,
    ...(about.authority && { authority: about.authority }),
    ...(about.team && { team: about.team }),
    ...(about.precision && { precision: about.precision }),
    ...(about.import !== undefined && { imported: true }),
    data: publicData(event, isShown),
  };
};
