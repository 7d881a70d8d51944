import { type Recorded, streamId } from '#kernel/event';
import { type Personal, sealedRef } from '#kernel/personal';
import type { Rows, Value } from '#projections/rows';
import type { LifecycleEvent, TransferEvent } from './lifecycle.events.js';

/** What a read model keeps of any promise, in columns: owner, date, state, proof. */
export const PROMISE_COLUMNS = `
      what TEXT NOT NULL,
      owner_person TEXT, owner_name TEXT, owner_role TEXT, due TEXT, due_precision TEXT, first_due TEXT, proof_wanted TEXT, checker_name TEXT, checker_role TEXT,
      state TEXT NOT NULL, state_before TEXT, accepted INTEGER NOT NULL DEFAULT 0, moved INTEGER NOT NULL DEFAULT 0, proofs INTEGER NOT NULL DEFAULT 0,
      look_again TEXT, asked_date TEXT, holders TEXT NOT NULL, transferred_on TEXT, reference TEXT, promised_at TEXT NOT NULL, promised_precision TEXT,
      updated_at TEXT NOT NULL, updated_precision TEXT, imported INTEGER NOT NULL`;

interface Made {
  readonly what: Personal;
  readonly owner?: { readonly person: string; readonly name: Personal; readonly role: string };
  readonly ownerRole?: string;
  readonly due?: string;
  readonly duePrecision?: string;
  readonly proofWanted?: string;
  readonly checker?: { readonly name?: Personal; readonly role: string };
  readonly reference?: string;
}

/** The row of a promise that was made just now; `own` are the columns that only this kind of promise has. */
export const addPromise = (
  rows: Rows,
  table: string,
  { stream, data, occurredAt, about }: Recorded<{ type: string; data: Made }>,
  own: Readonly<Record<string, Value>> & { readonly authority: string },
): void => {
  const { what, owner, checker, due } = data;
  const columns: Readonly<Record<string, Value>> = {
    id: streamId(stream),
    ...own,
    what: sealedRef(what),
    owner_person: owner?.person,
    owner_name: owner && sealedRef(owner.name),
    owner_role: owner?.role ?? data.ownerRole,
    due,
    due_precision: data.duePrecision,
    first_due: due,
    proof_wanted: data.proofWanted,
    checker_name: checker?.name && sealedRef(checker.name),
    checker_role: checker?.role,
    state: 'promised',
    holders: own.authority,
    reference: data.reference,
    promised_at: occurredAt,
    promised_precision: about.precision,
    updated_at: occurredAt,
    updated_precision: about.precision,
    imported: about.import !== undefined,
  };
  const names = Object.keys(columns);
  rows.run(`INSERT INTO ${table} (${names.join()}) VALUES (${names.map(() => '?').join()})`, ...Object.values(columns));
};

type Handlers = {
  readonly [K in LifecycleEvent['type']]?: (rows: Rows, event: Recorded<Extract<LifecycleEvent, { type: K }>>) => void;
};

/** What each event of a promise's life does to its row; a promise of another kind has no row in this table. */
export const promiseHandlers = (table: string) =>
  ({
    OwnerAccepted: (rows, event) => change(table, rows, event, `accepted = 1, state = ${BENEATH}`),
    OwnerChanged: (rows, event) =>
      change(
        table,
        rows,
        event,
        'owner_person = ?, owner_name = ?, owner_role = ?, accepted = 0',
        event.data.new.person,
        sealedRef(event.data.new.name),
        event.data.new.role,
      ),
    PromiseReworded: (rows, event) => change(table, rows, event, 'what = ?', sealedRef(event.data.what)),
    ProgressReported: (rows, event) =>
      change(table, rows, event, `state = CASE ${BENEATH} WHEN 'promised' THEN 'under-way' ELSE ${BENEATH} END`),
    EvidenceAttached: (rows, event) => change(table, rows, event, 'proofs = proofs + 1'),
    DueDateChangeAsked: (rows, event) => change(table, rows, event, 'asked_date = ?', event.data.to),
    DueDateChanged: (rows, event) =>
      change(
        table,
        rows,
        event,
        'due = ?, due_precision = ?, moved = moved + 1, asked_date = NULL',
        event.data.new,
        event.data.precision,
      ),
    Paused: (rows, event) =>
      change(table, rows, event, `state_before = ${BENEATH}, state = 'paused', look_again = ?`, event.data.lookAgain),
    Resumed: (rows, event) =>
      change(
        table,
        rows,
        event,
        `state = coalesce(state_before, 'promised'), look_again = NULL, due = coalesce(?, due), due_precision = iif(? IS NULL, due_precision, NULL)`,
        event.data.due,
        event.data.due,
      ),
    Dropped: (rows, event) => change(table, rows, event, `state = 'dropped'`),
    ReportedDone: (rows, event) => change(table, rows, event, `state = 'reported-done'`),
    DoneConfirmed: (rows, event) => change(table, rows, event, `state = 'confirmed'`),
    DoneDisputed: (rows, event) => change(table, rows, event, `state = 'disputed'`),
    Reopened: (rows, event) =>
      change(
        table,
        rows,
        event,
        `state = 'under-way', due = coalesce(?, due), due_precision = iif(? IS NULL, due_precision, NULL), look_again = NULL`,
        event.data.due,
        event.data.due,
      ),
    CommitmentTransferred: (rows, event) => transfer(table, rows, event),
    ServiceChangeTransferred: (rows, event) => transfer(table, rows, event),
    // A reminder is ours, not news of the promise; an answer to it is.
    ReasonsGiven: (rows, event) => change(table, rows, event, 'proofs = proofs'),
    VerdictGiven: (rows, event) => change(table, rows, event, 'proofs = proofs'),
  }) satisfies Handlers;

/** Where it is, whoever has it: see `stateBeneath`. */
const BENEATH = `iif(state = 'transferred', coalesce(state_before, 'promised'), state)`;

/** `holders`: every council that ever had it, in turn, so that a list narrowed to any of them finds it. */
const transfer = (table: string, rows: Rows, event: Recorded<TransferEvent>): void => {
  const { to, on } = event.data;
  change(
    table,
    rows,
    event,
    `authority = ?, holders = holders || ' ' || ?, transferred_on = ?, accepted = 0,
     state_before = iif(state IN ('promised', 'under-way'), state, state_before), state = iif(state IN ('promised', 'under-way'), 'transferred', state)`,
    to,
    to,
    on,
  );
};

const change = (
  table: string,
  rows: Rows,
  event: Recorded<LifecycleEvent>,
  set: string,
  ...values: readonly (string | undefined)[]
): void =>
  rows.run(
    `UPDATE ${table} SET ${set}, updated_at = ?, updated_precision = ? WHERE id = ?`,
    ...values,
    event.occurredAt,
    event.about.precision,
    streamId(event.stream),
  );
