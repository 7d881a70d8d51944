import type { DecisionRow } from '#decisions/decisions.queries';
import type { PromiseRow } from '#lifecycle/promise-row';
import type { MeetingRow } from '#meetings/meetings.queries';
import type { ServiceChangeRow } from '#service-changes/service-changes.queries';
import type { TeamRow } from '#teams/teams.queries';

/** Opens a sealed reference; null where there are no words, or they cannot be read any more. */
export type OpenWords = (ref: string | null) => string | null;

/*
 * Read-model rows in the shape of the public surface: words instead of references to them, and no id of a person. Lists
 * are the same for everybody who asks.
 */

export const teamItem = ({ id, authority, name, stage, remit, rung, phone, formed_at }: TeamRow) => ({
  id,
  authority,
  name,
  stage,
  remit,
  rung,
  phone,
  formedAt: formed_at,
});

export const meetingItem = (row: MeetingRow) => ({
  id: row.id,
  authority: row.authority,
  team: row.team,
  title: row.title,
  startsAt: row.starts_at,
  place: row.place,
  openness: row.openness,
  status: row.status,
  // Until all of it is there, nothing was counted: that is not the same as none.
  counts: row.applied_at
    ? { views: row.views, discussions: row.discussions, decisions: row.decisions, promises: row.promises }
    : null,
  recordedAt: row.recorded_at,
  confirmedAt: row.confirmed_at,
});

export const decisionItem = (row: DecisionRow, open: OpenWords) => ({
  id: row.id,
  authority: row.authority,
  team: row.team,
  meeting: row.meeting,
  discussion: row.discussion,
  answer: row.answer,
  statement: open(row.statement),
  reason:
    row.reason_codes === null && row.reason_words === null && row.reason_source === null
      ? null
      : {
          codes: row.reason_codes === null ? [] : (JSON.parse(row.reason_codes) as string[]),
          words: open(row.reason_words),
          source: row.reason_source,
        },
  whichPart: open(row.which_part),
  lookAgain: row.look_again,
  noLookAgain: row.no_look_again === 1,
  passedTo: row.passed_to,
  decidedBy: JSON.parse(row.decided_by) as object[],
  easyText: open(row.easy_text),
  supersededBy: row.superseded_by,
  reopenedAt: row.reopened_at,
  reference: row.reference,
  url: row.url,
  occurredAt: row.occurred_at,
  precision: row.precision,
  recordedAt: row.recorded_at,
  imported: row.imported === 1,
});

/** What a promise says, of whichever kind. */
export const promiseItem = (row: PromiseRow, open: OpenWords) => ({
  id: row.id,
  authority: row.authority,
  team: row.team,
  what: open(row.what),
  owner:
    row.owner_role === null && row.owner_name === null ? null : { name: open(row.owner_name), role: row.owner_role },
  due: row.due,
  firstDue: row.first_due,
  moved: row.moved,
  proofs: row.proofs,
  proofWanted: row.proof_wanted,
  checkerRole: row.checker_role,
  state: row.state,
  lookAgain: row.look_again,
  reference: row.reference,
  promisedAt: row.promised_at,
  updatedAt: row.updated_at,
  imported: row.imported === 1,
});

export const serviceChangeItem = (row: ServiceChangeRow, open: OpenWords) => ({
  ...promiseItem(row, open),
  meeting: row.meeting,
  decision: row.decision,
});
