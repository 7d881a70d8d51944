import { events, type EventsOf } from '#kernel/event';
import { text } from '#kernel/shape';

/** Goes first in the append that first seals a field of a person in a stream. */
export const vaultEvents = events({
  SubjectKeyCreated: {
    kid: text,
    /** SHA-256("throughline/kc/v1" ‖ kid ‖ key), base64: whoever is handed the key can check that it is this one. */
    commitment: text,
  },
});

export type VaultEvent = EventsOf<typeof vaultEvents>;
