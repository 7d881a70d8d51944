import type { HandoverEvent } from '#authorities/handover.events';
import { ATTRIBUTIONS } from '#kernel/codes';
import { events, type EventsOf } from '#kernel/event';
import { code, oneOf, optional } from '#kernel/shape';

/** A pseudonymous id; name and contact live in the vault and go with the person. */
export const participantEvents = events({
  ParticipantRegistered: { authority: code, attribution: oneOf(...ATTRIBUTIONS), language: optional(code) },
  ParticipantPreferenceChanged: { attribution: oneOf(...ATTRIBUTIONS) },
});

export type ParticipantEvent = EventsOf<typeof participantEvents> | HandoverEvent;
