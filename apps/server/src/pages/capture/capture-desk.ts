import { Inject, Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { Capacity } from '#kernel/codes';
import { missing } from '#kernel/refusal';
import type { Clock } from '#kernel/aggregate';
import type { Draft } from '#meetings/draft';
import type { DraftFacts } from '#meetings/draft-to-outcomes';
import { DraftConflict, Drafts, type SavedDraft } from '#meetings/drafts';
import { FindMeeting, type MeetingWithOutcomes } from '#meetings/meetings.queries';
import type { RosterPerson } from '#meetings/roster';
import { FindParticipant } from '#participants/participants.queries';
import { People } from '#participants/people';
import { CLOCK } from '#projections/tokens';
import { FindTeam, type TeamWithMembers } from '#teams/teams.queries';
import type { FieldProblem } from '../../edge/bad-input.js';
import type { Asked } from '../../edge/guard.js';
import { mayRecord } from '../meetings/meetings.pages.js';

/** One meeting that is being written down: everything that each page of the capture needs. */
export interface Desk {
  readonly meeting: MeetingWithOutcomes;
  readonly team: TeamWithMembers;
  readonly saved: SavedDraft;
  readonly facts: DraftFacts;
  /** `YYYY-MM-DD`. */
  readonly today: string;
}

/** A person of the team as the capture shows them; the format is what they need on paper. */
export interface DeskPerson extends RosterPerson {
  readonly format: string | null;
}

@Injectable()
export class CaptureDesk {
  constructor(
    private readonly queries: QueryBus,
    private readonly people: People,
    private readonly drafts: Drafts,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws Refusal (missing) unless this is a meeting that the one who asks may record. */
  async open(id: string, request: Asked): Promise<Desk> {
    const meeting = await this.queries.execute(new FindMeeting(id));
    const team = meeting && (await this.queries.execute(new FindTeam(meeting.team)));
    if (!meeting || !team || !mayRecord(request.who, meeting)) throw missing('meeting');
    const { today } = this.clock.now();
    const roster = await this.roster(team);
    return {
      meeting,
      team,
      today,
      saved: this.drafts.get(id),
      facts: { title: meeting.title, teamName: team.name, roster, today },
    };
  }

  /** Saves the draft on top of the revision that the form was made from; a conflict comes back as a problem of the form. */
  async save(
    { meeting, saved }: Desk,
    draft: Draft,
    typedRevision: unknown,
  ): Promise<{ revision: number } | { theirs: SavedDraft; problems: readonly FieldProblem[] }> {
    // A form of ours always says its revision; without one, what is saved now is what was seen.
    const expected =
      typeof typedRevision === 'string' && /^\d{1,9}$/.test(typedRevision) ? Number(typedRevision) : saved.revision;
    try {
      return { revision: await this.drafts.save(meeting.id, draft, expected) };
    } catch (error) {
      if (!(error instanceof DraftConflict)) throw error;
      return { theirs: error.theirs, problems: [CONFLICT] };
    }
  }

  private async roster(team: TeamWithMembers): Promise<DeskPerson[]> {
    const everyone = await Promise.all(
      team.members.map(async ({ participant, capacity }) => {
        const person = this.people.get(participant);
        const chosen = await this.queries.execute(new FindParticipant(participant));
        return {
          participant,
          name: person?.name ?? '',
          capacity: capacity as Capacity,
          attribution: chosen?.attribution ?? 'group',
          format: person?.format ?? null,
        };
      }),
    );
    return everyone.filter(({ name }) => name !== '').sort((a, b) => a.name.localeCompare(b.name, 'en-GB'));
  }
}

const CONFLICT: FieldProblem = {
  pointer: '/',
  code: 'conflict',
  detail: 'Somebody changed this while you were typing. Your words are safe below. Look at both, then save again.',
};
