import { HOW } from '../how-to-record.js';
import { measure } from '../measure.js';
import { isLived, type MeetingFacts } from '../things.js';

const MEETINGS = ['meeting', 'meetings'] as const;
/** Of meetings that were written down: one that is only called has not been held yet. */
const held =
  <T>(rule: (meeting: MeetingFacts) => T) =>
  (meeting: MeetingFacts): T | undefined =>
    meeting.recorded ? rule(meeting) : undefined;

export const meetingMeasures = [
  measure({
    code: 'meeting-decider', of: 'meeting', rows: ['P2b'], noun: MEETINGS, as: 'share', phrase: 'had the person there who can decide',
    from: ['MeetingCalled', 'AttendanceRecorded'], how: HOW.meeting,
    counts: held(({ decisionMaker }) => decisionMaker ?? null),
  }),
  measure({
    code: 'attendance-lived', of: 'meeting', rows: ['P2b', 'S5', 'P3a'], noun: ['place at a meeting', 'places at meetings'], as: 'share', phrase: 'were taken by people, families and advocates',
    from: ['MeetingCalled', 'AttendanceRecorded'], how: HOW.meeting,
    caution: 'A person who came to three meetings is counted three times.',
    counts: held(({ lived, others }) => (lived === undefined || others === undefined ? undefined : { met: lived, unmet: others, unknown: 0 })),
  }),
  measure({
    code: 'meeting-attendance', of: 'meeting', rows: ['P2b', 'S13'], noun: MEETINGS, as: 'share', phrase: 'have it written down who came',
    from: ['MeetingCalled', 'AttendanceRecorded'], how: HOW.meeting,
    counts: held(({ lived }) => lived !== undefined),
  }),
  measure({
    code: 'meeting-open', of: 'meeting', rows: ['P2b', 'S17', 'I2'], noun: MEETINGS, as: 'share', phrase: 'were held while things could still change',
    from: ['MeetingCalled', 'AttendanceRecorded'], how: HOW.meeting,
    counts: held(({ openness }) => (openness === undefined ? null : openness !== 'decided')),
  }),
  measure({
    code: 'meeting-confirmed', of: 'meeting', rows: ['P2b', 'S5'], noun: MEETINGS, as: 'share', phrase: 'have notes that a second person confirmed',
    from: ['MeetingCalled', 'OutcomesConfirmed'], how: HOW.meeting,
    counts: held(({ confirmed }) => confirmed ?? false),
  }),
  measure({
    code: 'meeting-access', of: 'meeting', rows: ['P1b', 'P2a'], noun: MEETINGS, as: 'share', phrase: 'have it written down what people needed to take part',
    from: ['MeetingCalled', 'AccessNeedsMet'], how: HOW.meeting,
    caution: 'What was needed, and whether it was there, is private: a few needs point at a person.',
    counts: held(({ access }) => access ?? false),
  }),
  measure({
    code: 'meeting-notice', of: 'meeting', rows: ['P2b', 'S14', 'S5'], noun: MEETINGS, as: 'share', phrase: 'were announced 5 working days before, or earlier',
    from: ['MeetingCalled'], how: HOW.meeting,
    counts: ({ notice, imported }) => (imported || notice === undefined ? null : notice >= 5),
  }),
  measure({
    code: 'meeting-rung', of: 'meeting', rows: ['P2a', 'S17'], noun: MEETINGS, as: 'share', phrase: 'say how people took part that day',
    from: ['MeetingCalled', 'AttendanceRecorded'], how: HOW.meeting,
    caution: 'This is what the team says. How it felt is for people to say.',
    counts: held(({ rung }) => rung ?? false),
  }),
  measure({
    code: 'team-stage', of: 'team', rows: ['P1c', 'P2a', 'I3'], noun: ['team', 'teams'], as: 'kinds', phrase: 'do this',
    kinds: { plan: 'Plan care and support', deliver: 'Deliver care and support', review: 'Review care and support' },
    from: ['TeamFormed'], how: HOW.team,
    counts: ({ stage }) => stage,
  }),
  measure({
    code: 'team-pledge', of: 'team', rows: ['I1a'], noun: ['team', 'teams'], as: 'share', phrase: 'have the pledge in what they are there for',
    from: ['TeamFormed'], how: HOW.team,
    counts: ({ pledge }) => pledge,
  }),
  measure({
    code: 'team-co-chair', of: 'team', rows: ['P1a', 'P2b', 'S5', 'O2'], noun: ['team', 'teams'], as: 'share', phrase: 'have a co-chair',
    from: ['TeamFormed', 'CoChairAppointed'], how: HOW.team,
    counts: ({ coChair }) => coChair ?? false,
  }),
  measure({
    code: 'team-rung', of: 'team', rows: ['P2a'], noun: ['team', 'teams'], as: 'share', phrase: 'say on which rung of the ladder they are',
    from: ['TeamFormed'], how: HOW.team,
    caution: 'This is what the team claims. How it felt is for people to say.',
    counts: ({ rung }) => rung,
  }),
  measure({
    code: 'member-joined', of: 'member', rows: ['P1c', 'O3'], noun: ['person', 'people'], as: 'count', phrase: 'joined a team',
    from: ['MemberJoined'], how: HOW.team,
    counts: () => true,
  }),
  measure({
    code: 'member-new', better: 'neither', of: 'member', rows: ['P1c', 'S1', 'O3'], noun: ['person who joined', 'people who joined'], as: 'share', phrase: 'had never been in a team before',
    from: ['MemberJoined'], how: HOW.team,
    counts: ({ first }) => first ?? null,
  }),
  measure({
    code: 'member-lived', of: 'member', rows: ['P1c', 'S7'], noun: ['person who joined', 'people who joined'], as: 'share', phrase: 'use services, are family, or speak for someone',
    from: ['MemberJoined'], how: HOW.team,
    counts: ({ capacity }) => (capacity === 'other' ? null : isLived(capacity)),
  }),
  measure({
    code: 'member-left', of: 'member', rows: ['P1c'], noun: ['person who left', 'people who left'], as: 'share', phrase: 'told us why',
    from: ['MemberJoined', 'MemberLeft'], how: HOW.team,
    counts: ({ left }) => (left === undefined ? undefined : left === 'reason'),
  }),
]; // prettier-ignore
