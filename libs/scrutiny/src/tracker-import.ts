import { createHash } from 'node:crypto';
import { uuid5 } from '#event-store/ids';
import type { CommandContext, Recorder } from '#event-store/recorder';
import type { Decided, Now } from '#kernel/aggregate';
import { Refusal, Refusals } from '#kernel/refusal';
import { audit, type Audit } from './audit.js';
import type { AuditEvent } from './audit.events.js';
import { openAudit } from './audit-rules.js';
import { inTurn } from './in-turn.js';
import { noteStatus, recommend, respond } from './recommendation-rules.js';
import type { TrackerRow } from './tracker.js';

/** Whose tracker it is, and which import brings it. */
export interface TrackerSource {
  readonly authority: string;
  /** The scrutiny body. */
  readonly body: string;
  readonly title: string;
  /** Named by every event that the import brings. */
  readonly run: string;
  readonly now: Now;
}

/** What the record holds of a row that was imported before, opened. */
export type KnownRow = Partial<Omit<TrackerRow, 'recommendation' | 'date'>> &
  Pick<TrackerRow, 'recommendation' | 'date'>;

export type RowOutcome =
  | { readonly came: 'new' | 'changed' | 'unchanged' }
  /** What the source says otherwise now, and the record keeps as it was first told. */
  | { readonly came: 'kept'; readonly columns: readonly string[] }
  | { readonly came: 'refused'; readonly code: string; readonly message: string };

/** Who answers in an imported tracker: it does not say. */
export const TRACKER_ROLE = 'imported tracker';
const TRACKERS = '0d3c9f0e-52a1-5f57-8a64-2c1b7f5e9d33';

/** The same body's tracker of the same council goes into the same audit, whenever a newer copy of it comes. */
export const trackerAudit = ({ authority, body, title }: Pick<TrackerSource, 'authority' | 'body' | 'title'>): string =>
  uuid5(TRACKERS, JSON.stringify([authority, body.trim().toLowerCase(), title.trim().toLowerCase()]));

/** By its reference; a row without one by what it says, so that it is not brought twice either. */
export const rowId = (auditId: string, { reference, date, recommendation }: TrackerRow): string =>
  uuid5(auditId, reference === undefined ? `row ${createHash('sha256').update(`${date}\n${recommendation}`).digest('hex')}` : `reference ${reference.trim()}`); // prettier-ignore

/** Brings one row in, once: what is there already adds nothing, a changed row adds the change. */
export class TrackerImport {
  readonly auditId: string;

  constructor(
    private readonly recorder: Recorder,
    private readonly source: TrackerSource,
  ) {
    this.auditId = trackerAudit(source);
  }

  async open(): Promise<void> {
    const id = this.auditId;
    const { authority, body, title } = this.source;
    await this.recorder.act(audit, id, this.context('open'), (state) =>
      state.exists ? [] : openAudit(state, id, { authority, body, title }),
    );
  }

  async bring(row: TrackerRow, known?: KnownRow): Promise<RowOutcome> {
    const { auditId } = this;
    const recommendation = rowId(auditId, row);
    try {
      if (!known) {
        await this.record(auditId, `new ${recommendation}`, (state) => this.asNew(state, auditId, recommendation, row), row.date); // prettier-ignore
        await this.answer(auditId, recommendation, row, {});
        return { came: 'new' };
      }
      const isAnswered = await this.answer(auditId, recommendation, row, known);
      const isMoved = await this.status(auditId, recommendation, row, known);
      if (isAnswered || isMoved) return { came: 'changed' };
      const columns = FIXED.filter((name) => row[name] !== undefined && row[name] !== known[name]);
      return columns.length > 0 ? { came: 'kept', columns } : { came: 'unchanged' };
    } catch (error) {
      const refusal = error instanceof Refusals ? error.all[0] : error;
      if (!(refusal instanceof Refusal)) throw error;
      return { came: 'refused', code: refusal.code, message: refusal.message };
    }
  }

  private asNew(state: Audit, id: string, recommendation: string, row: TrackerRow): Decided<AuditEvent> {
    const { recommendation: what, date: _date, status: sourceStatus, action: _action, answer: _answer, ...rest } = row;
    const given = { ...rest, recommendation, authority: this.source.authority, what, ...(sourceStatus && { sourceStatus }) }; // prettier-ignore
    return inTurn(state, [(now) => recommend(now, id, given, { today: this.source.now.today, imported: true })]);
  }

  /** What is done about it, and who leads: an answer of its own, also where the source changed it since. */
  private async answer(
    id: string,
    recommendation: string,
    row: TrackerRow,
    known: Partial<KnownRow>,
  ): Promise<boolean> {
    const { action, answer, lead, executiveDate } = row;
    const isNew = (name: 'action' | 'answer' | 'lead' | 'executiveDate'): boolean => row[name] !== undefined && row[name] !== known[name]; // prettier-ignore
    const first = known.date === undefined;
    // Lead and executive date of a new row stand in the recommendation itself.
    if (!isNew('action') && !isNew('answer') && (first || (!isNew('lead') && !isNew('executiveDate')))) return false;
    const given = {
      recommendation,
      byRole: TRACKER_ROLE,
      ...(action !== undefined && { action }),
      ...(answer !== undefined && { answer }),
      ...(!first && lead !== undefined && { lead }),
      ...(!first && executiveDate !== undefined && { executiveDate }),
    };
    return this.record(id, `answer ${recommendation} ${JSON.stringify(given)}`, (state) => respond(state, id, given, { today: this.source.now.today, imported: true })); // prettier-ignore
  }

  private async status(id: string, recommendation: string, { status }: TrackerRow, known: KnownRow): Promise<boolean> {
    if (status === undefined || status === known.status) return false;
    return this.record(id, `status ${recommendation} ${status}`, (state) => noteStatus(state, id, recommendation, status)); // prettier-ignore
  }

  private async record(id: string, name: string, decide: (state: Audit) => Decided<AuditEvent>, date?: string): Promise<boolean> {
    const { eventIds, repeated } = await this.recorder.act(audit, id, this.context(name, date), decide);
    return eventIds.length > 0 && !repeated;
  } // prettier-ignore

  /** Noon, so that a day stays the day it says in every zone of Europe. */
  private context(name: string, date?: string): CommandContext {
    const { run, now } = this.source;
    const precision = date === undefined ? undefined : date.length === 4 ? 'year' : date.length === 7 ? 'month' : 'day';
    return {
      commandId: uuid5(run, createHash('sha256').update(name).digest('hex')),
      actor: { role: 'administrator', ref: run },
      now,
      ...(date && { occurredAt: `${`${date}-01-01`.slice(0, 10)}T12:00:00.000Z` }),
      about: { import: run, ...(precision && { precision }) },
    };
  }
}

/** These a recommendation keeps as it was first told. */
const FIXED = ['origin', 'date', 'area', 'recommendation', 'to', 'due'] as const;
