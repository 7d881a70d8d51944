import { events, type EventsOf } from '#kernel/event';
import { code, id, list, oneOf, optional, sealedWhole } from '#kernel/shape';

/** When people are asked: at the end of a meeting, on the page of their view, twice a year. */
export const OCCASIONS = ['meeting', 'card', 'campaign'] as const;
export type Occasion = (typeof OCCASIONS)[number];

/** One answer as it is sealed. `pad` makes all answers equally long, so that the length in the log tells nothing. */
export type SealedAnswer = {
  readonly statement: string;
  readonly answer: string;
  readonly voice: string;
  readonly capacity: string;
  readonly occasion: Occasion;
  /** The meeting, the view or the campaign that it is about. */
  readonly about: string;
  readonly pad: string;
};

/** One stream per authority: neither a team nor a view nor a person stands beside an answer. */
export const statementEvents = events({
  StatementsAsked: {
    statements: list(code),
    pledge: code,
    /** Version of the pledge whose words were asked. */
    wording: code,
    occasion: oneOf(...OCCASIONS),
    meeting: optional(id),
  },
  StatementAnswered: {
    /** Names this answer in this half year for the server's own key only; the later answer on the same slip counts. */
    slip: id,
    answer: sealedWhole<SealedAnswer>('statement, answer, voice, capacity, occasion, always equally long'),
  },
});

export type StatementEvent = EventsOf<typeof statementEvents>;
