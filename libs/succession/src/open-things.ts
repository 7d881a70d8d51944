import type { Rows } from '#projections/rows';

/** What is open and passes on; whatever is closed stays under the name that it was closed under. */
export const PASSING_KINDS = [
  'team',
  'participant',
  'meeting',
  'contribution',
  'decision',
  'serviceChange',
  'commitment',
  'audit',
  'recommendation',
] as const;
export type PassingKind = (typeof PASSING_KINDS)[number];

export interface OpenThing {
  readonly kind: PassingKind;
  readonly id: string;
  /** The id of its stream: that of its audit for a recommendation, its own for all else. */
  readonly stream: string;
  readonly teams: readonly string[];
  readonly beside: string | null;
  /** A number or name that is no secret; null: it has none. */
  readonly label: string | null;
  /** Its words, as a sealed reference. */
  readonly words: string | null;
}

const IS_OPEN = `state NOT IN ('confirmed', 'dropped')`;
/** Something that people asked about it waits for an answer. */
const VIEW_ASKED = `EXISTS (SELECT 1 FROM request r WHERE r.contribution = contribution.id AND r.answered_at IS NULL)`;
const DECISION_ASKED = `EXISTS (SELECT 1 FROM request r WHERE r.decision = decision.id AND r.answered_at IS NULL)`;
const CHANGE_ASKED = `EXISTS (SELECT 1 FROM request r WHERE r.service_change = service_change.id AND r.answered_at IS NULL)`;
const COMMITMENT_ASKED = `EXISTS (SELECT 1 FROM request r WHERE r.commitment = commitment.id AND r.answered_at IS NULL)`;
const TEAM_OF_THING = `coalesce((SELECT team FROM commitment WHERE id = recommendation.thing), (SELECT team FROM service_change WHERE id = recommendation.thing))`;

/** Columns `id, stream, teams, beside, label, words` of what is open in one council. */
const SQL: Readonly<Record<PassingKind, string>> = {
  team: `SELECT id, id AS stream, id AS teams, NULL AS beside, name AS label, NULL AS words FROM team WHERE authority = ?`,
  participant: `SELECT id, id AS stream, (SELECT group_concat(team, ' ') FROM team_member m WHERE m.participant = participant.id) AS teams,
    NULL AS beside, NULL AS label, NULL AS words FROM participant WHERE authority = ?`,
  meeting: `SELECT id, id AS stream, team AS teams, NULL AS beside, title AS label, NULL AS words FROM meeting
    WHERE authority = ? AND recorded_at IS NULL`,
  // A view waits while nobody has discussed, decided and answered it, or while its giver asks us something.
  contribution: `SELECT id, id AS stream, team AS teams, NULL AS beside, reference AS label, words FROM contribution
    WHERE authority = ? AND withdrawn_at IS NULL AND (${VIEW_ASKED}
      OR EXISTS (SELECT 1 FROM clock c WHERE c.id = contribution.id AND c.open = 1)
      OR (imported = 0 AND EXISTS (SELECT 1 FROM gap g WHERE g.id = contribution.id)))`,
  // A decision waits while someone has to look again, hear from another body, or promise what it says.
  decision: `SELECT id, id AS stream, team AS teams, NULL AS beside, reference AS label, statement AS words FROM decision
    WHERE authority = ? AND (${DECISION_ASKED} OR (imported = 0 AND superseded_by IS NULL
      AND EXISTS (SELECT 1 FROM gap g WHERE g.id = decision.id AND g.kind IN ('look-again-passed', 'no-word-back', 'no-promise'))))`,
  serviceChange: `SELECT id, id AS stream, team AS teams, NULL AS beside, reference AS label, what AS words FROM service_change
    WHERE authority = ? AND (${IS_OPEN} OR ${CHANGE_ASKED})`,
  commitment: `SELECT id, id AS stream, team AS teams, NULL AS beside, number AS label, what AS words FROM commitment
    WHERE authority = ? AND (${IS_OPEN} OR ${COMMITMENT_ASKED})`,
  audit: `SELECT id, id AS stream, NULL AS teams, NULL AS beside, NULL AS label, title AS words FROM audit
    WHERE authority = ? AND closed_at IS NULL`,
  recommendation: `SELECT id, audit AS stream, ${TEAM_OF_THING} AS teams, thing AS beside, reference AS label, what AS words
    FROM recommendation WHERE authority = ? AND answered_at IS NULL`,
};

interface Row extends Omit<OpenThing, 'kind' | 'teams'> {
  readonly teams: string | null;
}

/** Everything that is open in a council now, kind by kind: what a meeting fans out to comes after what it came from. */
export function* openThingsOf(rows: Rows, authority: string): Generator<OpenThing> {
  for (const kind of PASSING_KINDS)
    for (const row of rows.all<Row>(SQL[kind], authority))
      yield { ...row, kind, teams: row.teams === null || row.teams === '' ? [] : row.teams.split(' ') };
}

/** Something that is asked of us, or a day on which an answer or a promise falls due: it goes where its thing goes. */
export interface Attached {
  readonly kind: 'request' | 'clock';
  readonly id: string;
  /** What people asked; which day counts. */
  readonly label: string;
  readonly of: string;
}

export const attachedTo = (rows: Rows, authority: string): readonly Attached[] => [
  ...rows.all<Attached>(
    `SELECT 'request' AS kind, id, kind AS label, coalesce(decision, service_change, commitment, contribution) AS of FROM request
     WHERE authority = ? AND answered_at IS NULL ORDER BY position`,
    authority,
  ),
  ...rows.all<Attached>(
    `SELECT 'clock' AS kind, id, due AS label, id AS of FROM clock WHERE authority = ? AND open = 1 AND due IS NOT NULL ORDER BY due, id`,
    authority,
  ),
];
