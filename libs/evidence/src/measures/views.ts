import { HOW } from '../how-to-record.js';
import { measure } from '../measure.js';
import { type About, isLived, type ViewFacts } from '../things.js';

/** What imported history does not tell is not known; what it does tell counts. */
export const known = (is: boolean, { imported }: { readonly imported?: boolean }): boolean | null =>
  is || (imported ? null : false);

/** A view that was taken back is counted nowhere but in its own measure. */
const ofViews =
  (rule: (view: ViewFacts, about: About) => boolean | null | undefined) =>
  (view: ViewFacts, about: About): boolean | null | undefined =>
    view.withdrawn ? undefined : rule(view, about);

const VIEWS = ['view', 'views'] as const;

export const viewMeasures = [
  measure({
    code: 'view-channel', of: 'view', rows: ['P2a', 'S14'], noun: VIEWS, as: 'kinds', phrase: 'came in this way',
    kinds: { meeting: 'At a meeting', paper: 'On paper', phone: 'By phone', online: 'On this website', survey: 'In a survey', letter: 'In a letter', advocate: 'Through an advocate' },
    from: ['ContributionReceived'], how: HOW.view,
    counts: (view) => (view.withdrawn ? undefined : view.channel),
  }),
  measure({
    code: 'view-capacity', of: 'view', rows: ['S1', 'O3'], noun: VIEWS, as: 'kinds', phrase: 'came from these people',
    kinds: { 'uses-services': 'People who use services', 'family-carer': 'Family and carers', advocate: 'Advocates', staff: 'Staff', councillor: 'Councillors', other: 'Others' },
    from: ['ContributionReceived'], how: HOW.view,
    counts: (view) => (view.withdrawn ? undefined : view.capacity),
  }),
  measure({
    code: 'view-voice', of: 'view', rows: ['P2a', 'S9'], noun: VIEWS, as: 'kinds', phrase: 'were said like this',
    kinds: { own: 'In their own words', helped: 'With help', proxy: 'Said by someone for them' },
    from: ['ContributionReceived'], how: HOW.view,
    counts: (view) => (view.withdrawn ? undefined : view.voice),
  }),
  measure({
    code: 'view-first', better: 'neither', of: 'view', rows: ['S1', 'P1c'], noun: VIEWS, as: 'share', phrase: 'came from someone who had not spoken here before',
    from: ['ContributionReceived'], how: HOW.meeting,
    caution: 'We only know this when it is written down who spoke.',
    counts: ofViews(({ first }) => first ?? null),
  }),
  measure({
    code: 'view-discussed', of: 'view', rows: ['S1', 'P2b'], noun: VIEWS, as: 'share', phrase: 'were talked about',
    from: ['ContributionReceived', 'ContributionConsidered'], how: HOW.meeting,
    caution: 'Talked about is not the same as listened to. Only people can say that.',
    counts: ofViews((view, { discussed, decisions }) => known(discussed || decisions > 0, view)),
  }),
  measure({
    code: 'view-in-time', of: 'view', rows: ['P2b', 'S17', 'I2'], noun: VIEWS, as: 'share', phrase: 'were given before the decision',
    from: ['ContributionReceived', 'ContributionConsidered'], how: HOW.meeting,
    counts: ofViews(({ considered }) => considered && considered === 'in-time'),
  }),
  measure({
    code: 'view-read-back', of: 'view', rows: ['S5', 'S9'], noun: VIEWS, as: 'share', phrase: 'were read back to the person',
    from: ['ContributionReceived', 'ContributionReadBack'], how: HOW.meeting,
    counts: ofViews((view) => known(view.readBack ?? false, view)),
  }),
  measure({
    code: 'view-decided', of: 'view', rows: ['S2', 'S8', 'S18'], noun: VIEWS, as: 'share', phrase: 'led to a decision',
    from: ['ContributionReceived', 'DecisionLinkedToContribution'], how: HOW.decision,
    counts: ofViews((view, { decisions }) => known(decisions > 0, view)),
  }),
  measure({
    code: 'view-changed-it', of: 'view', rows: ['S8', 'S2', 'S17', 'O5'], noun: ['view with an answer', 'views with an answer'], as: 'share', phrase: 'changed the decision',
    from: ['ContributionReceived', 'DecisionLinkedToContribution'], how: HOW.decision,
    counts: ofViews((_view, { decisions, changed, effectNotSaid }) =>
      decisions === 0 ? undefined : changed > 0 || (effectNotSaid > 0 ? null : false)),
  }),
  measure({
    code: 'view-answered', of: 'view', rows: ['S6', 'S8', 'S16', 'S18', 'I4'], noun: ['view with a decision', 'views with a decision'], as: 'share', phrase: 'got a reply',
    from: ['ContributionReceived', 'ReplySent'], how: HOW.views,
    caution: 'A reply that was sent is not a reply that was understood.',
    counts: ofViews((view, { decisions }) =>
      decisions === 0 ? undefined : known((view.replied ?? []).length > 0, view)),
  }),
  measure({
    code: 'view-promised', of: 'view', rows: ['S18', 'S17'], noun: VIEWS, as: 'share', phrase: 'led to a promise',
    from: ['ContributionReceived', 'DecisionLinkedToContribution'], how: HOW.promise,
    counts: ofViews((view, { promises }) => known(promises > 0, view)),
  }),
  measure({
    code: 'view-done', of: 'view', rows: ['S18', 'S8', 'S19'], noun: ['view with a promise', 'views with a promise'], as: 'share', phrase: 'led to something that is done and checked',
    from: ['ContributionReceived', 'DecisionLinkedToContribution'], how: HOW.promise,
    counts: ofViews((_view, { promises, confirmed }) => (promises === 0 ? undefined : confirmed > 0)),
  }),
  measure({
    code: 'view-lived', of: 'view', rows: ['P2a', 'P2b', 'S7'], noun: VIEWS, as: 'share', phrase: 'came from people who use services, families or advocates',
    from: ['ContributionReceived'], how: HOW.view,
    counts: ofViews(({ capacity }) => (capacity === 'other' ? null : isLived(capacity))),
  }),
  measure({
    code: 'view-choice', of: 'view', rows: ['S9'], noun: ['time', 'times'], as: 'count', phrase: 'someone changed how their view is shown',
    from: ['ContributionReceived', 'AttributionChanged'], how: HOW.myView,
    counts: ofViews(({ chosen }) => (chosen ? true : undefined)),
  }),
  measure({
    code: 'view-withdrawn', of: 'view', rows: ['S9'], noun: ['view', 'views'], as: 'count', phrase: 'taken back, and not used',
    from: ['ContributionReceived', 'ContributionWithdrawn'], how: HOW.myView,
    counts: ({ withdrawn }) => (withdrawn ? true : undefined),
  }),
  measure({
    code: 'reply-in-time', of: 'reply', rows: ['S6', 'S16', 'I4', 'S8'], noun: ['reply with an answer', 'replies with an answer'], as: 'share', phrase: 'came within 20 working days',
    from: ['ReplySent'], how: HOW.views,
    counts: ({ answers, days, failed, imported }) => (!answers || failed || imported ? undefined : days === undefined ? null : days <= 20),
  }),
  measure({
    code: 'reply-arrived', of: 'reply', rows: ['S6', 'I4'], noun: ['reply', 'replies'], as: 'share', phrase: 'arrived',
    from: ['ReplySent', 'ReplyDelivered'], how: HOW.views,
    caution: 'For most letters and calls nobody can tell us.',
    counts: ({ delivered, failed }) => (failed ? false : delivered ? true : null),
  }),
  measure({
    code: 'request-answered', of: 'request', rows: ['S9', 'S16', 'S5'], noun: ['request by a person', 'requests by people'], as: 'share', phrase: 'got an answer',
    from: ['RequestMade', 'RequestAnswered'], how: HOW.request,
    counts: ({ answered }) => answered,
  }),
  measure({
    code: 'understanding-told', of: 'understanding', rows: ['P3a', 'S5', 'S8', 'S16', 'S20'], noun: ['time', 'times'], as: 'count', phrase: 'someone told us if they understand why we decided',
    from: ['UnderstandingAnswered'], how: HOW.myView,
    caution: 'How many answered, not what they answered.',
    counts: () => true,
  }),
]; // prettier-ignore
