import { type Recorded, streamId } from '#kernel/event';
import { isSealed, type Json, type Personal } from '#kernel/personal';
import type { CommitmentEvent, ServiceChangeEvent } from '#lifecycle/lifecycle.events';
import { projection } from '#projections/projection';
import type { Rows } from '#projections/rows';
import type { AuditEvent } from './audit.events.js';

/** What a committee asks about since it last met, in the order in which a pack tells it. */
export const CHANGES = [
  'promised',
  'date-moved',
  'reported-done',
  'confirmed',
  'disputed',
  'paused',
  'dropped',
  'reopened',
  'finding',
  'recommendation',
  'response',
  'response-overdue',
] as const;
export type Change = (typeof CHANGES)[number];

/** What changed with promises and in scrutiny, by council and by when the record could tell it. */
export const changesProjection = projection<CommitmentEvent | ServiceChangeEvent | AuditEvent>({
  name: 'scrutiny-changes',
  version: 1,
  tables: `
    CREATE TABLE scrutiny_change (
      position TEXT PRIMARY KEY, authority TEXT NOT NULL, known_at TEXT NOT NULL, change TEXT NOT NULL, thing_kind TEXT NOT NULL, thing TEXT NOT NULL,
      occurred_at TEXT NOT NULL, precision TEXT, words TEXT, facts TEXT NOT NULL) STRICT, WITHOUT ROWID;
    CREATE INDEX scrutiny_change_since ON scrutiny_change (authority, change, known_at, position);
    CREATE TABLE scrutiny_said (id TEXT PRIMARY KEY, authority TEXT NOT NULL, words TEXT NOT NULL, finding TEXT) STRICT, WITHOUT ROWID;`,
  on: {
    CommitmentMade: (rows, event) => add(rows, event, 'promised', event.data.what),
    ServiceChangePromised: (rows, event) => add(rows, event, 'promised', event.data.what),
    DueDateChanged: (rows, event) => {
      const { old, new: to, precision, afterDue } = event.data;
      add(rows, event, 'date-moved', event.data.reason, { old, new: to, precision, afterDue });
    },
    ReportedDone: (rows, event) => add(rows, event, 'reported-done', event.data.words),
    DoneConfirmed: (rows, event) => add(rows, event, 'confirmed', event.data.words, { byRole: event.data.byRole }),
    DoneDisputed: (rows, event) => add(rows, event, 'disputed', event.data.words, { byRole: event.data.byRole }),
    Paused: (rows, event) => add(rows, event, 'paused', event.data.reason, { lookAgain: event.data.lookAgain }),
    Dropped: (rows, event) => add(rows, event, 'dropped', event.data.reason),
    Reopened: (rows, event) => add(rows, event, 'reopened', event.data.reason, { due: event.data.due }),
    AuditFinding: (rows, { data }) => {
      const { finding, authority, reason } = data;
      if (isSealed(reason)) rows.run('INSERT INTO scrutiny_said VALUES (?, ?, ?, NULL)', finding, authority, reason.sealed); // prettier-ignore
    },
    FindingPublished: (rows, event) => {
      const said = rows.get<Said>('SELECT authority, words FROM scrutiny_said WHERE id = ?', event.data.finding);
      if (said) insert(rows, event, said.authority, 'finding', 'finding', event.data.finding, said.words, { found: event.data.found }); // prettier-ignore
    },
    RecommendationMade: (rows, event) => {
      const { recommendation, authority, what, due, finding } = event.data;
      if (!isSealed(what)) return;
      rows.run('INSERT INTO scrutiny_said VALUES (?, ?, ?, ?)', recommendation, authority, what.sealed, finding);
      insert(rows, event, authority, 'recommendation', 'recommendation', recommendation, what.sealed, { due, finding });
    },
    ResponseReceived: (rows, event) => {
      const { recommendation, answer, afterDue, words } = event.data;
      answered(rows, event, 'response', recommendation, { answer, afterDue }, words);
    },
    ResponseOverdue: (rows, event) =>
      answered(rows, event, 'response-overdue', event.data.recommendation, { due: event.data.due }),
  },
});

interface Said {
  readonly authority: string;
  readonly words: string;
  readonly finding?: string | null;
}

type Facts = Readonly<Record<string, Json | undefined>>;

const add = (rows: Rows, event: Recorded, change: Change, words?: Personal<Json>, facts: Facts = {}): void => {
  const { authority } = event.about;
  if (authority === undefined) return;
  const kind = event.stream.startsWith('commitment-') ? 'commitment' : 'service-change';
  insert(rows, event, authority, change, kind, streamId(event.stream), isSealed(words) ? words.sealed : undefined, facts); // prettier-ignore
};

const answered = (
  rows: Rows,
  event: Recorded,
  change: Change,
  recommendation: string,
  facts: Facts,
  words?: Personal<Json>,
): void => {
  const said = rows.get<Said>('SELECT authority, words, finding FROM scrutiny_said WHERE id = ?', recommendation);
  if (!said) return;
  const finding = said.finding ?? undefined;
  insert(rows, event, said.authority, change, 'recommendation', recommendation, isSealed(words) ? words.sealed : undefined, { ...facts, finding }); // prettier-ignore
};

const insert = (
  rows: Rows,
  { position, about, occurredAt, recordedAt }: Recorded,
  authority: string,
  change: Change,
  kind: string,
  thing: string,
  words: string | undefined,
  facts: Facts,
): void =>
  rows.run(
    'INSERT INTO scrutiny_change VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
    position,
    authority,
    // What an import brings was known when it happened; everything else from when it was written down.
    about.import === undefined ? recordedAt : occurredAt,
    change,
    kind,
    thing,
    occurredAt,
    about.precision,
    words,
    JSON.stringify(facts),
  );
