import { REASONS } from '#kernel/codes';
import type { Chain, ChainDecision, ChainGap } from '#traceability/chain.types';
import { spoken } from '#traceability/show';
import { longDate } from '../../shell/dates.js';
import { stopReason } from '../clocks/reply-clock.view.js';
import { capacityName } from '../teams/capacities.js';
import { has, say } from '../../wording/wording.js';

export const ANSWER_TONE: Readonly<Record<string, string>> = {
  yes: 'good',
  partly: 'good',
  already: 'good',
  later: 'waiting',
  no: 'quiet',
  'passed-on': 'waiting',
};
export const STATE_TONE: Readonly<Record<string, string>> = {
  confirmed: 'good', 'reported-done': 'waiting', disputed: 'bad', dropped: 'quiet', paused: 'waiting', promised: 'waiting', 'under-way': 'waiting', transferred: 'quiet',
}; // prettier-ignore

export const answerTag = (answer: string | null): string =>
  answer === null ? 'Answer not stated' : say(`answer.${answer}` as never);

/** The public chain of a decision: the views behind it, why, who, and what was promised; gaps are rows of their own. */
export const decisionView = (chain: Chain) => {
  const decision = chain.decisions.find(({ id }) => id === chain.root);
  if (!decision) return undefined;
  return {
    id: decision.id,
    statement: spoken(decision.statement),
    easy: spoken(decision.easyText),
    isYes: decision.answer === 'yes',
    tag: answerTag(decision.answer),
    tone: decision.answer ? ANSWER_TONE[decision.answer] : 'bad',
    facts: factsOf(decision),
    why: {
      codes: (decision.reason?.codes ?? [])
        .filter((code) => REASONS.includes(code))
        .map((code) => say(`reason.${code}`)),
      words: spoken(decision.reason?.words),
      source: decision.reason?.source,
    },
    alternatives: decision.alternatives.map(({ what, why }) => ({ what: spoken(what), why: spoken(why) })),
    interests: decision.interests.map(({ role, interest }) => ({ role, interest: spoken(interest) })),
    supersededBy: decision.supersededBy,
    reopened: decision.reopened,
    views: viewNodes(chain, decision.id),
    discussions: chain.discussions.map(({ title, occurredAt, meeting, dissent }) => ({
      title,
      on: longDate(occurredAt),
      meeting,
      dissent: dissent.map(spoken),
    })),
    promises: promiseNodes(chain),
    gaps: chain.gaps.map(gapView),
    history: historyOf(chain, decision.id),
    more: chain.more,
  };
};

/** What only waits: a reply, a decision or a check whose day has not gone by. Everything else that is missing is a fault. */
const WAITS: readonly ChainGap['code'][] = ['no-discussion', 'no-decision', 'no-reply', 'not-confirmed'];

export const gapView = ({ code, text, late }: ChainGap) => ({ text, calm: !late && WAITS.includes(code) });

export const viewNodes = (chain: Chain, decision?: string) =>
  chain.contributions.map((view) => {
    const link = chain.links.find(
      ({ from, to, kind, until }) =>
        from === view.id && (decision === undefined || to === decision) && kind === 'answered' && until === null,
    );
    return {
      words: spoken(view.words) || 'A picture or a recording',
      isQuote: view.words?.state === 'readable',
      lang: view.language,
      href: `/views/${view.id}`,
      meta: [
        `${capacityName(view.capacity)}, ${longDate(view.occurredAt)}`,
        ...(view.groupSize ? [`${view.groupSize} people said this together`] : []),
        ...(link?.effect
          ? [
              `Effect on the decision: ${{ changed: 'it changed it', helped: 'it helped', heard: 'it was heard, and not followed' }[link.effect]}`,
            ]
          : []),
      ],
    };
  });

export const promiseNodes = (chain: Chain) =>
  chain.serviceChanges.map((change) => ({
    icon: 'pencil',
    kind: 'Promise',
    title: spoken(change.what),
    href: `/service-changes/${change.id}`,
    tag: change.late ? 'Late' : say(`lifecycle.${change.state}` as never, 'plain', { date: longDate(change.due) }),
    tone: change.late ? 'bad' : STATE_TONE[change.state],
    meta: [
      change.owner ? `${spoken(change.owner.name)}, ${change.owner.role}` : 'Nobody is named',
      change.due ? `By ${longDate(change.due)}` : 'No date was recorded',
    ],
  }));

const factsOf = (decision: ChainDecision): { term: string; value: string; href?: string }[] => [
  { term: 'Decided on', value: longDate(decision.occurredAt) },
  ...(decision.recordedAt.slice(0, 10) > decision.occurredAt.slice(0, 10)
    ? [{ term: 'Written down on', value: longDate(decision.recordedAt) }]
    : []),
  {
    term: 'Who decided',
    value:
      decision.decidedBy.length > 0
        ? decision.decidedBy
            .map(
              ({ role, body, capacity }) =>
                `${role}${body ? ` (${body})` : ''}, ${capacityName(capacity).toLowerCase()}`,
            )
            .join('; ')
        : 'Not recorded',
  },
  ...(decision.whichPart ? [{ term: 'Which part', value: spoken(decision.whichPart) }] : []),
  ...(decision.lookAgain ? [{ term: 'We look again on', value: longDate(decision.lookAgain) }] : []),
  ...(decision.noLookAgain ? [{ term: 'We look again', value: 'No' }] : []),
  ...(decision.passedTo ? [{ term: 'Who decides this', value: decision.passedTo }] : []),
  { term: 'Money', value: decision.money ?? 'Not recorded' },
  {
    term: 'Interests declared',
    value: decision.interests.length > 0 ? `${decision.interests.length}` : 'None were recorded',
  },
  ...(decision.meeting ? [{ term: 'Meeting', value: 'See the meeting', href: `/meetings/${decision.meeting}` }] : []),
  ...(decision.reference ? [{ term: 'Reference', value: decision.reference }] : []),
  ...(decision.imported ? [{ term: 'Where this comes from', value: 'Imported from another source' }] : []),
];

/** Every dated step of one thing, oldest first, for the reader who wants all of it. */
export const historyOf = (chain: Chain, node: string) =>
  chain.steps
    .filter((step) => step.node === node)
    .map(({ kind, occurredAt, recordedAt, by, text, facts }) => ({
      // A view that came too late was on the table all the same; it must not look as if it could have changed anything.
      title:
        facts['inTime'] === false
          ? TOO_LATE
          : kind === 'ReminderSent'
            ? `Reminder ${String(facts['step'])} was sent`
            : eventWords(kind),
      text:
        kind === 'ClockStopped'
          ? [`Why: ${stopReason(facts['reason'])}.`, text?.state === 'withheld' ? '' : spoken(text)]
              .filter(Boolean)
              .join(' ')
          : kind === 'RepliesEnded'
            ? '' // why is sealed, and said on the team’s own pages
            : kind === 'ViewHeldBack' || kind === 'PublicVersionGiven'
              ? [redactionReason(facts['reason']), spoken(text)].filter(Boolean).join(' ')
              : spoken(text),
      date:
        longDate(occurredAt) +
        (recordedAt.slice(0, 10) > occurredAt.slice(0, 10) ? ` (written down on ${longDate(recordedAt)})` : ''),
      who: has(`role.${by}`) ? say(`role.${by}` as never) : by,
    }));

const redactionReason = (code: unknown): string => {
  const key = `redaction.${String(code)}`;
  return has(key) ? say(key) : '';
};

const TOO_LATE = 'This was decided before you told us';
const WORDS: Readonly<Record<string, string>> = {
  DecisionMade: 'The team decided', DecisionLinkedToContribution: 'A view was linked', DecisionUnlinked: 'A link was taken back', DecisionReferred: 'It was passed on',
  DecisionReferralAnswered: 'The other body answered', DecisionReviewRequested: 'Someone asked to look again', DecisionReviewAnswered: 'The team looked again',
  DecisionSuperseded: 'Another decision replaced it', DecisionReopened: 'The question was opened again', ServiceChangePromised: 'It was promised', CommitmentMade: 'It was promised', ServiceChangeTransferred: 'A new council got this promise', CommitmentTransferred: 'A new council got this promise', PassedToSuccessor: 'A new council answers for this now', OwnerAccepted: 'The owner accepted',
  OwnerChanged: 'Someone else took it over', PromiseReworded: 'The source tells it in other words now', ProgressReported: 'Progress', EvidenceAttached: 'Proof was added', DueDateChangeAsked: 'The owner asked for a new date', DueDateChanged: 'The date moved',
  Paused: 'Stopped for now', Resumed: 'Started again', Dropped: 'Dropped', ReportedDone: 'Reported done', VerdictGiven: 'A person said what they see', DoneConfirmed: 'Somebody checked: it is done',
  DoneDisputed: 'Somebody says it is not done', Reopened: 'Opened again', ReminderSent: 'A reminder was sent', EffectObserved: 'What was seen', ContributionReceived: 'The view was told',
  ContributionCorrected: 'Our notes were fixed', ContributionConsidered: 'The team talked about it', ContributionWithdrawn: 'The view was taken back', AttributionChanged: 'The way it is shown changed',
  ReasonsAskedFor: 'We asked why it is late', ReasonsGiven: 'They said why it is late', ClockStopped: 'The clock for the answer stopped', ClockStarted: 'The clock for the answer runs again',
  CommitmentLinkedToContribution: 'A view was linked', CommitmentLinkedToDecision: 'A decision was linked', CommitmentUnlinked: 'A link was taken back', AlternativeConsidered: 'Another way was considered',
  RepliesEnded: 'No reply is waited for any more', RepliesResumed: 'A reply is waited for again',
  PublicVersionGiven: 'Others read other words', ViewHeldBack: 'Others do not see the words', ViewReleased: 'Others see the words again',
  ContributionsGrouped: 'It was put together with other views', ReplyDelivered: 'The reply arrived', ReplyFailed: 'The reply did not arrive', ReplyReadAloud: 'The reply was read aloud',
  CardIssued: 'A card was made', CardCancelled: 'A card was cancelled', UnderstandingAnswered: 'The person said if they understand why',
  ReplySent: 'A reply was given', RequestMade: 'The person asked us something', RequestAnswered: 'We answered', ContributionReadBack: 'It was read back',
}; // prettier-ignore

export const eventWords = (kind: string): string =>
  WORDS[kind] ?? kind.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
