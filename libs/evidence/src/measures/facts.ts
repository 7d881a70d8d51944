import { everyKind } from '#facts/every-kind';
import { type FactKind, stepsOf } from '#facts/fact-kind';
import { HOW } from '../how-to-record.js';
import { type Counts, measure } from '../measure.js';
import type { Done, FactFacts } from '../things.js';

type Rule = (done: Done, fact: FactFacts) => Counts | string;

/** Of facts of which `event` is told: the data of that entry, the newest where there are several. */
const told =
  (event: string, rule: Rule) =>
  (fact: FactFacts): Counts | string => {
    const done = fact.did[event];
    return done && rule(done, fact);
  };
const then =
  (...events: readonly string[]): Rule =>
  (_done, { did }) =>
    events.some((event) => did[event] !== undefined);
const people = ({ lived, others }: Done): Counts => ({ met: lived, unmet: others, unknown: 0 });
const answer = (value: unknown): boolean | null => (value === 'yes' || value === true ? true : value === 'no' || value === false ? false : null); // prettier-ignore

/** Entries of a kind that is not public tell of one person's needs, permissions or money; support tells of needs too. */
const isOfOne = ({ code, isPrivate }: FactKind): boolean => isPrivate === true || code === 'support';
const eventsOfOne = new Set(everyKind.filter(isOfOne).flatMap((kind) => stepsOf(kind).map(({ event }) => event)));
const isOfFew = (events: readonly string[]): boolean => events.some((event) => eventsOfOne.has(event));

type Given = readonly [
  code: string,
  rows: string,
  one: string,
  many: string,
  phrase: string,
  from: string,
  rule: Rule,
  caution?: string,
];
const share = ([code, rows, one, many, phrase, from, rule, caution]: Given, as: 'share' | 'count' = 'share') => {
  const events = from.split(' ');
  return measure({
    code, of: 'fact', rows: rows.split(' '), noun: [one, many], phrase, as, from: events, how: HOW.fact,
    ...(caution && { caution }), ...(isOfFew(events) && { notByTeam: true as const }), counts: told(events[0] ?? '', rule),
  }); // prettier-ignore
};
const count = (given: Given) => share(given, 'count');
const one: Rule = () => true;
const many: Rule = ({ n }) => ({ met: n, unmet: 0, unknown: 0 });
const filled = (field: string): Rule => ({ data }) => data[field] !== undefined; // prettier-ignore
const yes = (field: string): Rule => ({ data }) => answer(data[field]); // prettier-ignore

/** What people did for the pledge beside views, decisions and promises; each is one line. */
export const factMeasures = [
  count(['training-offered', 'P1b S3 P1a', 'training', 'trainings', 'offered', 'TrainingOffered', one]),
  share(['training-partner', 'P1b O3', 'training', 'trainings', 'were offered with a local group', 'TrainingOffered', filled('partner')]),
  share(['training-lived', 'P1a S4 S11 O2 O5', 'place at a training', 'places at trainings', 'were taken by people, families and advocates', 'TrainingAttended', people, 'Coming to training is not the same as feeling confident.']),
  count(['training-missed', 'P1b', 'time', 'times', 'someone could not come to training', 'TrainingNotAttended', many]),
  share(['support-given', 'P1a P1b S3 S11', 'request for support', 'requests for support', 'were met', 'SupportRequested SupportGiven', then('SupportGiven')]),
  count(['needs-asked', 'P1b S3', 'person', 'people', 'asked what they need to take part', 'AccessNeedsAskedFor', many]),
  share(['need-met', 'P1b S3 P2a', 'need that was written down', 'needs that were written down', 'were met', 'AccessNeedRecorded AccessNeedMet', then('AccessNeedMet')]),
  count(['invited', 'P1c S14', 'person', 'people', 'invited to join', 'MemberInvited', many]),
  share(['invitation-answered', 'P1c', 'invitation', 'invitations', 'were answered', 'MemberInvited InvitationAnswered', then('InvitationAnswered')]),
  count(['opportunity', 'P2a S9 S14', 'chance to take part', 'chances to take part', 'made public', 'OpportunityPublished', one]),
  share(['consent-honoured', 'S9', 'permission that was taken back', 'permissions that were taken back', 'were acted on', 'ConsentWithdrawn ConsentWithdrawalHonoured', then('ConsentWithdrawalHonoured')]),
  count(['papers-shared', 'P2a S5', 'time', 'times', 'papers were sent out before a meeting', 'PapersShared', one]),
  share(['papers-early', 'P2a S5 P2b', 'set of papers', 'sets of papers', 'came 5 days before the meeting, or earlier', 'PapersShared', ({ data }) => (typeof data['daysBefore'] === 'number' ? data['daysBefore'] >= 5 : null)]),
  share(['papers-format', 'P2a S5', 'paper asked for in another format', 'papers asked for in another format', 'came in it, and in time', 'PapersShared', ({ data: { askedFor, inAskedFor } }) => (typeof askedFor !== 'number' ? undefined : typeof inAskedFor !== 'number' ? { met: 0, unmet: 0, unknown: askedFor } : { met: inAskedFor, unmet: Math.max(0, askedFor - inAskedFor), unknown: 0 })]),
  share(['role-present', 'P2b', 'role that had to be there', 'roles that had to be there', 'were there', 'RequiredRoleNamed RequiredRolePresent', (_done, { did }) => (did['RequiredRolePresent'] ? true : did['RequiredRoleAbsent'] ? false : null)]),
  share(['agenda-people', 'P2b S17', 'item on an agenda', 'items on agendas', 'came from people and families', 'AgendaSet', ({ data }) => ({ met: Number(data['fromPeople'] ?? 0), unmet: Number(data['fromStaff'] ?? 0), unknown: 0 })]),
  share(['agenda-together', 'P2b', 'agenda', 'agendas', 'were set by people and staff together', 'AgendaSet', ({ data }) => data['setBy'] === 'together']),
  share(['rung-felt', 'P2a S17', 'claim about working together', 'claims about working together', 'were checked with how it felt', 'RungClaimed RungFelt', then('RungFelt'), 'What people felt is theirs to say. It is never mixed with what the team says.']),
  count(['adopted', 'I1a', 'time', 'times', 'a council or team adopted the pledge', 'PledgeAdopted', one]),
  share(['plan-lived', 'I2', 'author of a local plan', 'authors of local plans', 'were people, families and advocates', 'LocalPlanDrafted', people]),
  share(['plan-agreed', 'I1a I2', 'local plan', 'local plans', 'were agreed', 'LocalPlanDrafted LocalPlanAgreed', then('LocalPlanAgreed')]),
  share(['contract-before', 'I1b P2c', 'contract', 'contracts', 'had people involved before it was fixed what to buy', 'CommissioningLinked', yes('involvedBefore')]),
  share(['social-value-proof', 'I1b', 'promise of a supplier', 'promises of suppliers', 'have proof', 'SocialValuePromiseRecorded SocialValueEvidenceReceived', then('SocialValueEvidenceReceived')]),
  share(['social-value-checked', 'I1b', 'proof of a supplier', 'proofs of suppliers', 'were confirmed by someone else', 'SocialValueEvidenceReceived SocialValueConfirmed', then('SocialValueConfirmed'), 'What a supplier says about itself does not count.']),
  count(['thanked', 'S6 P3b', 'thank you', 'thanks', 'to people who took part', 'ThanksGiven', many, 'A thank you is not the same as feeling valued.']),
  share(['payment-paid', 'S6', 'payment that was offered', 'payments that were offered', 'were paid', 'PaymentOffered PaymentPaid', then('PaymentPaid'), 'Some people do not want to be paid.']),
  count(['expenses', 'S6', 'time', 'times', 'someone got their expenses back', 'ExpensesPaid', one]),
  share(['review-held', 'P3a', 'review that was planned', 'reviews that were planned', 'were held', 'ReviewPlanned ReviewHeld', then('ReviewHeld')]),
  share(['review-lived', 'P3a', 'place at a review', 'places at reviews', 'were taken by people, families and advocates', 'ReviewHeld', people]),
  count(['celebration', 'P3b', 'celebration', 'celebrations', 'of a promise that was checked', 'CelebrationHeld', one]),
  share(['lesson-adopted', 'P3c', 'lesson', 'lessons', 'were taken up by a team', 'LessonRecorded LessonAdopted', then('LessonAdopted')]),
  share(['lesson-failed', 'P3c', 'lesson', 'lessons', 'come from something that did not work', 'LessonRecorded', ({ data }) => data['from'] === 'did-not-work']),
  share(['lesson-people', 'S7 S11 P3c', 'lesson', 'lessons', 'were learnt by people and families, alone or with staff', 'LessonRecorded', ({ data }) => data['by'] !== 'staff']),
  share(['priority-acted', 'I3 P3c O1', 'priority that was agreed', 'priorities that were agreed', 'were acted on', 'PriorityAgreed PriorityActedOn', then('PriorityActedOn')]),
  share(['assessment-lived', 'I3 P3a P3c', 'place at a self-assessment', 'places at self-assessments', 'were taken by people, families and advocates', 'SelfAssessmentHeld', people]),
  share(['assessment-rated', 'I3', 'self-assessment', 'self-assessments', 'have a level', 'SelfAssessmentHeld LevelRated', then('LevelRated')]),
  share(['report-published', 'I4 P3a', 'report that was due', 'reports that were due', 'were published', 'ReportDueSet ReportPublished', then('ReportPublished')]),
  share(['report-checked', 'I4', 'report', 'reports', 'were checked in easy read by people with learning disabilities', 'ReportPublished', yes('checkedByPeople')]),
  count(['report-corrected', 'I4', 'report', 'reports', 'corrected', 'ReportCorrected', one]),
  share(['measure-before', 'S19 O4 O1', 'number that was measured', 'numbers that were measured', 'have a number from before', 'MeasureRecorded', filled('before'), 'A number before and after does not show what caused the change.']),
  share(['harm-answered', 'S19', 'harm that was reported', 'harms that were reported', 'were acted on', 'HarmReported HarmAnswered', then('HarmAnswered')]),
]; // prettier-ignore
