import type { MeetingRow } from '#meetings/meetings.queries';
import type { Person } from '#participants/people';
import type { TeamRow, TeamWithMembers } from '#teams/teams.queries';
import { longDate } from '../../shell/dates.js';
import { CAPACITIES_OF_OTHERS } from './capacities.js';
import { say, type WordingKey } from '../../wording/wording.js';

/** What a meeting's place in its own story is called. */
export const MEETING_STATUS: Readonly<Record<MeetingRow['status'], { readonly text: string; readonly tone: string }>> =
  {
    called: { text: 'Planned', tone: 'quiet' },
    open: { text: 'Going on now', tone: 'waiting' },
    recorded: { text: 'Being written down', tone: 'waiting' },
    applied: { text: 'Recorded', tone: 'good' },
    confirmed: { text: 'Recorded and confirmed', tone: 'good' },
    closed: { text: 'Closed', tone: 'quiet' },
  };

export const meetingNode = (row: MeetingRow) => ({
  icon: 'calendar',
  kind: 'Meeting',
  title: row.title,
  href: `/meetings/${row.id}`,
  tag: MEETING_STATUS[row.status].text,
  tone: MEETING_STATUS[row.status].tone,
  meta: [
    longDate(row.starts_at),
    ...(row.applied_at
      ? [
          [some(row.views, 'view'), some(row.decisions, 'decision'), some(row.promises, 'promise')]
            .filter(Boolean)
            .join(', '),
        ].filter(Boolean)
      : []),
  ],
});

/** What a meeting did not lead to is left out: promises made later are not counted here, so “0 promises” could be wrong. */
const some = (count: number, what: string): string => (count === 0 ? '' : `${count} ${what}${count === 1 ? '' : 's'}`);

export const teamNode = (row: TeamRow, authorityName: string) => ({
  icon: 'group',
  kind: authorityName,
  title: row.name,
  href: `/teams/${row.id}`,
  meta: [`Where its work is: ${say(`stage.${row.stage}` as WordingKey).toLowerCase()}`],
});

/** Members by name, for the team's own recorders only. */
export const memberRows = (team: TeamWithMembers, nameOf: (id: string) => Person | undefined) =>
  team.members.map(({ participant, capacity }) => ({
    participant,
    // A name that was erased leaves the place in the team: who it was is gone, that somebody was there is not.
    name: nameOf(participant)?.name || 'Name not recorded',
    capacity: CAPACITIES_OF_OTHERS.find(({ value }) => value === capacity)?.text ?? capacity,
    post: participant === team.chair ? 'Chair' : participant === team.co_chair ? 'Co-chair' : undefined,
  }));
