import type { Query, QueryBus } from '@nestjs/cqrs';
import { FindDecision } from '#decisions/decisions.queries';
import { CouncilsBefore } from '#succession/line.queries';
import { missing } from '#kernel/refusal';
import { FindDiscussion, FindMeeting } from '#meetings/meetings.queries';
import { FindParticipant } from '#participants/participants.queries';
import { FindTeam } from '#teams/teams.queries';

/** What a body may name beside its council. */
interface Names {
  readonly authority: string;
  readonly team?: string;
  readonly meeting?: string;
  readonly discussion?: string;
  readonly decision?: string;
  readonly participant?: string;
}

type Owned = Query<{ readonly authority: string } | undefined>;

const WHAT = ['team', 'meeting', 'discussion', 'decision', 'participant'] as const;

const FIND: Readonly<Record<(typeof WHAT)[number], (id: string) => Owned>> = {
  team: (id: string) => new FindTeam(id),
  meeting: (id: string) => new FindMeeting(id),
  discussion: (id: string) => new FindDiscussion(id),
  decision: (id: string) => new FindDecision(id),
  participant: (id: string) => new FindParticipant(id),
};

/**
 * Whatever a body ties itself to must be there and be of the same council; else anyone with a token could hang their own
 * words on another council's chain. What was decided before a council had a successor is the successor's past too.
 * @throws Refusal
 */
export const mustBelong = async (queries: QueryBus, body: Names): Promise<void> => {
  for (const what of WHAT) {
    const id = body[what];
    if (id === undefined) continue;
    const found = await queries.execute(FIND[what](id));
    if (found?.authority === body.authority) continue;
    const before = found && what !== 'participant' ? await queries.execute(new CouncilsBefore(body.authority)) : [];
    if (!found || !before.includes(found.authority)) throw missing(what === 'participant' ? 'person' : what);
  }
};
