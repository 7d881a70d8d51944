import { events, type EventsOf } from '#kernel/event';
import { code, count, date, id, list, oneOf, optional, sealedWhole, text } from '#kernel/shape';

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
  /** The meeting, the view or the round that it is about. */
  readonly about: string;
  /** Version of the pledge whose words were asked. Left out by the first release: then the one that held on that day. */
  readonly wording?: string;
  /** The team that asked, if one did. */
  readonly team?: string;
  readonly pad: string;
};

/** So many paper slips with one answer; left out: nobody wrote down who gave them, or how. */
export type SlipTally = {
  readonly statement: string;
  readonly answer: string;
  readonly count: number;
  readonly voice?: string;
  readonly capacity?: string;
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
  /** The twice-a-year check begins: so many slips with a code each, until the end of a day. */
  StatementRoundOpened: { round: id, team: optional(id), pledge: code, wording: code, slips: count, until: date },
  /** Paper slips of a round, entered as counts. */
  StatementSlipsTallied: {
    round: id,
    wording: code,
    tallies: sealedWhole<SlipTally[]>('statement, answer, how many, who answered, for whom'),
  },
  /** A team asks something of its own. Its words never change: other words are another statement. */
  LocalStatementAdded: { team: id, statement: code, text, language: code },
  LocalStatementRetired: { statement: code },
});

export type StatementEvent = EventsOf<typeof statementEvents>;
