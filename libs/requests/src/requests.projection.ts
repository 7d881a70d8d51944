import type { ContributionEvent } from '#contributions/contribution.events';
import type { DecisionEvent } from '#decisions/decision.events';
import { type Recorded, streamId } from '#kernel/event';
import { sealedRef } from '#kernel/personal';
import type { CommitmentEvent, ServiceChangeEvent } from '#lifecycle/lifecycle.events';
import { projection } from '#projections/projection';
import type { Rows } from '#projections/rows';

interface Asked {
  readonly id: string;
  readonly kind: string;
  readonly contribution?: string | undefined;
  readonly decision?: string;
  readonly change?: string;
  readonly commitment?: string;
  readonly note?: string | undefined;
  readonly contact?: string | undefined;
}

/**
 * Everything that people ask of us, from whichever stream it stands in, as one list. What is carried out at once (a view
 * taken back, a card replaced) is on it too, answered in the moment it was asked: the team must see that it happened.
 */
export const requestsProjection = projection<ContributionEvent | DecisionEvent | ServiceChangeEvent | CommitmentEvent>({
  name: 'requests',
  version: 3,
  tables: `
    CREATE TABLE request (
      id TEXT PRIMARY KEY, authority TEXT, team TEXT, kind TEXT NOT NULL, contribution TEXT, decision TEXT, service_change TEXT, commitment TEXT,
      note TEXT, contact TEXT, by_role TEXT NOT NULL, asked_at TEXT NOT NULL, position TEXT NOT NULL,
      answered_at TEXT, answer TEXT, answered_by TEXT, at_once INTEGER NOT NULL) STRICT;
    CREATE INDEX request_open ON request (position) WHERE answered_at IS NULL;
    CREATE INDEX request_open_by_team ON request (team, position) WHERE answered_at IS NULL;
    CREATE INDEX request_open_by_authority ON request (authority, position) WHERE answered_at IS NULL;
    CREATE INDEX request_answered ON request (position) WHERE answered_at IS NOT NULL;
    CREATE INDEX request_answered_by_team ON request (team, position) WHERE answered_at IS NOT NULL;
    CREATE INDEX request_answered_by_authority ON request (authority, position) WHERE answered_at IS NOT NULL;
    CREATE INDEX request_of_contribution ON request (contribution, position);
    CREATE INDEX request_of_change ON request (service_change) WHERE answered_at IS NULL;
    CREATE INDEX request_of_commitment ON request (commitment) WHERE answered_at IS NULL;`,
  on: {
    RequestMade: (rows, event) => {
      const { request, kind, note, contact } = event.data;
      const asked = { id: request, kind, contribution: streamId(event.stream) };
      ask(rows, event, { ...asked, note: note && sealedRef(note), contact: contact && sealedRef(contact) });
    },
    RequestAnswered: (rows, { data, occurredAt }) =>
      answer(rows, data.request, occurredAt, sealedRef(data.answer), data.by),
    ContributionReceived: (rows, event) => {
      if (event.data.addsTo) askedAndDone(rows, event, 'more-to-say', streamId(event.stream));
    },
    ContributionWithdrawn: (rows, event) => {
      const { reason } = event.data;
      askedAndDone(rows, event, 'take-back', streamId(event.stream), reason && sealedRef(reason));
    },
    AttributionChanged: (rows, event) => askedAndDone(rows, event, 'change-how-shown', streamId(event.stream)),
    CardIssued: (rows, event) => {
      if (event.data.replaces) askedAndDone(rows, event, 'lost-card', streamId(event.stream));
    },
    DecisionReviewRequested: (rows, event) => {
      const { request, contribution, why } = event.data;
      const asked = { id: request, kind: 'look-again', decision: streamId(event.stream) };
      ask(rows, event, { ...asked, contribution, note: why && sealedRef(why) });
    },
    DecisionReviewAnswered: (rows, { data, occurredAt, actor }) =>
      answer(rows, data.request, occurredAt, sealedRef(data.words), actor.role),
    VerdictGiven: (rows, event) => {
      const { verdict, contribution, comment } = event.data;
      if (verdict !== 'not-done' && verdict !== 'partly') return;
      const promise = streamId(event.stream);
      const whose = event.stream.startsWith('commitment-') ? { commitment: promise } : { change: promise };
      const asked = { id: event.id, kind: 'not-done', ...whose };
      ask(rows, event, { ...asked, contribution, note: comment && sealedRef(comment) });
    },
    // Whoever has the thing now answers what is asked about it; what was answered stays where it was.
    PassedToSuccessor: (rows, event) => follow(rows, event.stream, event.data.to),
    ServiceChangeTransferred: (rows, event) => follow(rows, event.stream, event.data.to),
    CommitmentTransferred: (rows, event) => follow(rows, event.stream, event.data.to),
    // Saying that it is not done is answered by doing something about the promise, not by words on a list.
    Reopened: (rows, { stream, data, occurredAt, actor }) =>
      settle(rows, stream, occurredAt, data.reason && sealedRef(data.reason), actor.role),
    DoneConfirmed: (rows, { stream, data, occurredAt, actor }) =>
      settle(rows, stream, occurredAt, data.words && sealedRef(data.words), actor.role),
    Dropped: (rows, { stream, data, occurredAt, actor }) =>
      settle(rows, stream, occurredAt, data.reason && sealedRef(data.reason), actor.role),
  },
});

const ask = (rows: Rows, event: Recorded, asked: Asked, atOnce = false): void =>
  rows.run(
    'INSERT INTO request VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL, ?) ON CONFLICT DO NOTHING',
    asked.id, event.about.authority, event.about.team, asked.kind, asked.contribution, asked.decision, asked.change, asked.commitment,
    asked.note, asked.contact, event.actor.role, event.occurredAt, event.position, atOnce ? event.occurredAt : null, atOnce,
  ); // prettier-ignore

/** What staff write down themselves is not something that a person asked of us. */
const PEOPLE: readonly string[] = ['participant', 'supporter'];

const askedAndDone = (rows: Rows, event: Recorded, kind: string, contribution: string, note?: string): void => {
  if (PEOPLE.includes(event.actor.role)) ask(rows, event, { id: event.id, kind, contribution, note }, true);
};

const answer = (rows: Rows, id: string, at: string, words: string, by: string): void =>
  rows.run('UPDATE request SET answered_at = ?, answer = ?, answered_by = ? WHERE id = ?', at, words, by, id);

const follow = (rows: Rows, stream: string, to: string): void =>
  rows.run(
    `UPDATE request SET authority = ?1 WHERE answered_at IS NULL
     AND id IN (SELECT id FROM request WHERE (contribution = ?2 AND decision IS NULL AND service_change IS NULL AND commitment IS NULL)
       OR decision = ?2 OR service_change = ?2 OR commitment = ?2)`,
    to,
    streamId(stream),
  );

const settle = (rows: Rows, stream: string, at: string, words: string | undefined, by: string): void =>
  rows.run(
    `UPDATE request SET answered_at = ?1, answer = ?2, answered_by = ?3
     WHERE (service_change = ?4 OR commitment = ?4) AND answered_at IS NULL`,
    at,
    words,
    by,
    streamId(stream),
  );
