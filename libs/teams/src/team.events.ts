import type { HandoverEvent } from '#authorities/handover.events';
import { CAPACITIES, STAGES } from '#kernel/codes';
import { events, type EventsOf } from '#kernel/event';
import { code, flag, id, list, oneOf, optional, text, words } from '#kernel/shape';

export const teamEvents = events({
  TeamFormed: {
    authority: code,
    name: text,
    stage: oneOf(...STAGES),
    remit: optional(text),
    /** Rung of the ladder of co-production that the team claims. */
    rung: optional(text),
    pledge: optional(list(code)),
    /** The team's own number for people to call; never a person's. */
    phone: optional(text),
    /** Whether a second person confirms what was recorded at a meeting. */
    coChairConfirms: optional(flag),
  },
  MemberJoined: { participant: id, capacity: oneOf(...CAPACITIES), firstTime: optional(flag) },
  MemberLeft: { participant: id, reason: optional(words) },
  ChairAppointed: { participant: id },
  CoChairAppointed: { participant: id },
});

export type TeamEvent = EventsOf<typeof teamEvents> | HandoverEvent;
