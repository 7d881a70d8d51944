import { events, type EventsOf } from '#kernel/event';
import { count, fields, id, list, text } from '#kernel/shape';

/** Each import has a stream of its own: every event that it brought names it in `about.import`. */
export const importEvents = events({
  ImportStarted: {
    source: text,
    /** SHA-256 of the mapping as it was given, hex. */
    mapping: text,
    /** Names and digests of the files, never their content. */
    files: list(fields({ name: text, digest: text, rows: count })),
  },
  ImportFinished: {
    /** Things that were recorded for the first time. */
    recorded: count,
    /** Things whose words or links the source changed since. */
    changed: count,
    /** Things that were there already, as the source says them. */
    unchanged: count,
    /** Things that a rule refused; each is in the report. */
    refused: count,
    /** Links to things that are not in the record. */
    unresolved: count,
  },
  /** A connection that the source claims between two things; shown, and never followed as a cause. */
  RelationNoted: { from: id, to: id, as: text },
});

export type ImportEvent = EventsOf<typeof importEvents>;
