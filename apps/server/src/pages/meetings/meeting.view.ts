import type { DecisionRow } from '#decisions/decisions.queries';
import type { DiscussionWithViews, MeetingWithOutcomes } from '#meetings/meetings.queries';
import type { ServiceChangeRow } from '#service-changes/service-changes.queries';
import { HIDDEN } from '#suppression/answer-table';
import { shownOf } from '#suppression/rounding';
import { longDate, longMoment } from '../../shell/dates.js';
import { CAPACITIES_OF_OTHERS } from '../teams/capacities.js';

const OPENNESS: Readonly<Record<string, string>> = {
  open: 'Yes, nothing was decided before',
  partly: 'Some of it',
  decided: 'No, it was decided before',
};

/** What everyone may read about a meeting: who was there by kind, never by name, and small counts only as “a few”. */
export const meetingFacts = (meeting: MeetingWithOutcomes, isOurs: boolean, suppressUpTo: number) => [
  { term: 'When', value: longMoment(meeting.starts_at) },
  { term: 'Where', value: meeting.place ?? 'Not recorded' },
  {
    term: 'Could it still change things?',
    value: (meeting.openness && OPENNESS[meeting.openness]) ?? 'Not recorded',
  },
  { term: 'Who was there', value: attendanceOf(meeting, isOurs, suppressUpTo) },
  {
    term: 'Someone who can decide was there',
    value:
      meeting.decision_maker_present === null ? 'Not recorded' : meeting.decision_maker_present === 1 ? 'Yes' : 'No',
  },
  ...(meeting.recorded_at
    ? [
        {
          term: 'Written down',
          value:
            longDate(meeting.recorded_at) +
            (longDate(meeting.recorded_at) === longDate(meeting.starts_at)
              ? ''
              : `, ${daysBetween(meeting.starts_at, meeting.recorded_at)} after the meeting`),
        },
      ]
    : []),
  ...(meeting.confirmed_at
    ? [{ term: 'Confirmed', value: `${longDate(meeting.confirmed_at)}, by the ${meeting.confirmed_role ?? 'chair'}` }]
    : []),
];

const attendanceOf = ({ attendance }: MeetingWithOutcomes, isOurs: boolean, suppressUpTo: number): string => {
  if (attendance.length === 0) return 'Not recorded';
  return attendance
    .map(({ capacity, count }) => {
      const kind = CAPACITIES_OF_OTHERS.find(({ value }) => value === capacity)?.text ?? capacity;
      return `${kind}: ${isOurs ? String(count) : inPublic(count, suppressUpTo)}`;
    })
    .join('. ');
};

const inPublic = (count: number, suppressUpTo: number): string => {
  const shown = shownOf(count, suppressUpTo);
  return shown === HIDDEN ? 'too few people to show' : shown === 0 ? 'nobody' : `about ${shown}`;
};

const daysBetween = (from: string, to: string): string => {
  const days = Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000));
  return days === 1 ? '1 day' : `${days} days`;
};

/** Discussions in order, each with the decisions and promises that came of it. */
export const byDiscussion = (
  discussions: readonly DiscussionWithViews[],
  decisions: readonly DecisionRow[],
  promises: readonly ServiceChangeRow[],
) =>
  discussions.map((discussion) => {
    const made = decisions.filter((each) => each.discussion === discussion.id);
    return {
      discussion,
      decisions: made,
      promises: promises.filter((each) => made.some(({ id }) => id === each.decision)),
    };
  });
