import type { Answer, Capacity, Effect } from '#kernel/codes';
import type { Draft, DraftDecision, DraftPromise, DraftView } from './draft.js';
import { groupsOf, type ViewGroup } from './draft-groups.js';
import { type DraftPlace, type DraftWarning, warningsOf } from './draft-warnings.js';
import type {
  ContributionOutcome,
  DecisionOutcome,
  DiscussionOutcome,
  EarlierContribution,
  OutcomesBody,
  ServiceChangeOutcome,
} from './outcomes.js';
import { type RosterPerson, whoSaid } from './roster.js';

export interface DraftFacts {
  readonly title: string;
  readonly teamName: string;
  readonly roster: readonly RosterPerson[];
  /** `YYYY-MM-DD`. */
  readonly today: string;
}

export interface DraftedOutcomes {
  readonly body: OutcomesBody;
  /** Worth a look before recording; none of them stops it. */
  readonly warnings: readonly DraftWarning[];
  /** By JSON pointer of the item in the body. */
  readonly places: Readonly<Record<string, DraftPlace>>;
}

/** The draft as the body that records it. Nothing is invented: what is missing stays missing, for the rules to name. */
export const draftToOutcomes = (draft: Draft, facts: DraftFacts): DraftedOutcomes => {
  const groups = groupsOf(draft);
  const places: Record<string, DraftPlace> = {};
  const put = <T, K extends DraftPlace['as']>(
    group: number,
    list: string,
    as: K,
    of: readonly Draft[K][number][],
    make: (each: Draft[K][number], at: number) => T,
  ): T[] =>
    of.map((each, index) => {
      const at = (draft[as] as readonly Draft[K][number][]).indexOf(each);
      places[`/discussions/${group}/${list}/${index}`] = { as, at };
      return make(each, at);
    });

  const discussions = groups.map((group, index): DiscussionOutcome => {
    const ask = group.decisions.filter(({ answer }) => answer === 'undecided');
    const decideBy = ask
      .map((each) => each.decideBy ?? '')
      .sort()
      .at(-1);
    return {
      title: groups.length === 1 ? facts.title : `${facts.title}: item ${index + 1}`,
      contributions: put(index, 'contributions', 'views', group.views, (view) => contribution(view, facts)),
      decisions: put(
        index,
        'decisions',
        'decisions',
        group.decisions.filter(({ answer }) => answer !== 'undecided'),
        (each, at) => decision(each, at, draft, facts),
      ),
      serviceChanges: put(index, 'serviceChanges', 'promises', group.promises, (each, at) =>
        serviceChange(each, at, group, draft),
      ),
      ...(ask.length > 0 && { points: ask.map(({ statement }) => statement) }),
      ...(group.disagreements.length > 0 && { dissent: group.disagreements.map(({ words }) => words) }),
      ...(decideBy && { decideBy }),
    };
  });
  const { people, others, access, decisionMakerPresent } = draft.attendance;
  const { openness, rung } = draft.about;
  const body: OutcomesBody = {
    attendance: tally([...people.map(({ capacity }) => ({ capacity, count: 1 })), ...others]),
    discussions,
    people: people.map(({ participant }) => participant),
    interests: draft.interests,
    accessTasks: access.flatMap(({ need, count, met, why }) =>
      met === undefined ? [] : [{ need, count, met, ...(why && { reason: why }) }],
    ),
    howWasIt: draft.howWasIt,
    namesConfirmed: draft.namesConfirmed ?? [],
    ...(decisionMakerPresent !== undefined && { decisionMakerPresent }),
    ...(openness && { openness }),
    ...(rung && { rung }),
  };
  return { body, warnings: warningsOf(draft, facts), places };
};

const tally = (all: readonly { capacity: Capacity; count: number }[]): { capacity: Capacity; count: number }[] => {
  const counts = new Map<Capacity, number>();
  for (const { capacity, count } of all) counts.set(capacity, (counts.get(capacity) ?? 0) + count);
  return [...counts].map(([capacity, count]) => ({ capacity, count }));
};

const viewRef = ({ number }: Pick<DraftView, 'number'>): string => `view-${number}`;
const decisionRef = (at: number): string => `decision-${at + 1}`;

const contribution = (view: DraftView, { roster }: DraftFacts): ContributionOutcome | EarlierContribution => {
  if (view.existing !== undefined) return { id: view.existing };
  const person = whoSaid(view, roster);
  const {
    number,
    words,
    who: _who,
    participant,
    existing: _existing,
    capacity,
    voice = 'own',
    attribution,
    ...rest
  } = view;
  const speaker = person?.participant ?? participant;
  return {
    ...rest,
    ref: viewRef({ number }),
    words,
    ...(speaker && { participant: speaker }),
    capacity: capacity ?? person?.capacity ?? 'other',
    voice,
    attribution: attribution ?? person?.attribution ?? 'group',
  };
};

/** What an answer usually means for the view, offered where nobody has said; people check it in the preview. */
export const likelyEffect = (answer: Answer): Effect =>
  answer === 'yes' ? 'changed' : answer === 'partly' ? 'helped' : 'heard';

const decision = (given: DraftDecision, at: number, draft: Draft, { teamName }: DraftFacts): DecisionOutcome => {
  const { views, answer, reasons, why, alternatives, effects, decideBy: _by, unread: _unread, ...rest } = given;
  const byTeam = { role: 'team', body: teamName, capacity: 'other' } as const;
  return {
    ...rest,
    ref: decisionRef(at),
    answer: answer as Answer,
    ...((reasons.length > 0 || why) && { reason: { codes: reasons, ...(why && { words: why }) } }),
    alternatives: alternatives.map((what) => ({ what })),
    interests: draft.interests.map(({ role, interest }) => ({ role, interest })),
    decidedBy: draft.about.decidedBy?.length ? draft.about.decidedBy : [byTeam],
    answers: views.map((number) => ({
      contribution: draft.views.find((view) => view.number === number)?.existing ?? viewRef({ number }),
      effect: effects.find(({ view }) => view === number)?.effect ?? likelyEffect(answer as Answer),
    })),
  };
};

const serviceChange = (promise: DraftPromise, at: number, group: ViewGroup, draft: Draft): ServiceChangeOutcome => {
  const {
    what,
    ownerName = '',
    ownerRole = '',
    due = '',
    proofWanted = '',
    checkerName,
    checkerRole = '',
    vagueOverride,
  } = promise;
  const answers = group.decisions.filter(
    (each) => each.answer !== 'undecided' && each.views.some((view) => promise.views.includes(view)),
  );
  const behind = answers.find(({ answer }) => answer === 'yes' || answer === 'partly') ?? answers[0];
  return {
    ref: `promise-${at + 1}`,
    decision: behind ? decisionRef(draft.decisions.indexOf(behind)) : '',
    what,
    owner: { name: ownerName, role: ownerRole },
    due,
    proofWanted,
    checker: { ...(checkerName && { name: checkerName }), role: checkerRole },
    ...(vagueOverride && { vagueOverride }),
  };
};
