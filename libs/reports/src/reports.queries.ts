import { Injectable } from '@nestjs/common';
import { type Page, pageOf } from '#projections/page';
import { Rows } from '#projections/rows';
import { thawRow } from './frozen.js';
import type { FrozenRow } from './report.events.js';
import type { ReportRow } from './report-row.js';

interface StoredReport {
  readonly id: string;
  readonly authority: string;
  readonly team: string | null;
  readonly title: string;
  readonly from_day: string;
  readonly to_day: string;
  readonly due: string;
  readonly set_on: string;
  readonly published_on: string | null;
  readonly published_at: string | null;
  /** The entry by which it was published. */
  readonly entry: string | null;
  /** What was said of it when it was published, as JSON. */
  readonly said: string;
  /** The entry that set its day; null: it was taken back. */
  readonly due_entry: string | null;
}

export type Punctuality = 'due' | 'overdue' | 'on-time' | 'late';

export interface ReportListed extends Omit<StoredReport, 'said' | 'due_entry'> {
  readonly corrections: number;
  /** It was made here, from the record: its numbers can be followed. */
  readonly isFrozen: boolean;
  readonly punctuality: Punctuality;
}

export interface Correction {
  readonly entry: string;
  readonly happened_on: string;
  readonly line: string | null;
  /** Sealed references. */
  readonly what: string | null;
  readonly was: string | null;
  readonly now: string | null;
}

export interface ReportShown extends ReportListed {
  readonly formats: readonly string[];
  readonly readability: string | null;
  readonly checkedByPeople: string | null;
  readonly checkedBy: readonly string[];
  readonly url: string | null;
  readonly fingerprint: string | null;
  readonly pledge: string | null;
  readonly wording: string | null;
  /** As it was published; later entries of the record change nothing here. */
  readonly rows: readonly ReportRow[];
  /** Oldest first. */
  readonly corrections_made: readonly Correction[];
}

const LISTED = `SELECT report.*, (SELECT count(*) FROM report_correction WHERE report = report.id) AS corrections,
  published_on IS NOT NULL AND EXISTS (SELECT 1 FROM report_part WHERE report = report.id) AS frozen FROM report`;

/** Reports of councils and their teams: which are due, which were published, and what they said. */
@Injectable()
export class Reports {
  constructor(private readonly rows: Rows) {}

  /** By the day on which they are due, latest first. */
  list(filter: {
    authority?: string;
    team?: string;
    after?: string;
    limit?: number;
    today: string;
  }): Page<ReportListed> {
    const { authority, team, after = '9999', limit = 50, today } = filter;
    const where = [
      "due || '~' || id < ?",
      'due_entry IS NOT NULL',
      ...(authority ? ['authority = ?'] : []),
      ...(team ? ['team = ?'] : []),
    ];
    const values = [after, ...(authority ? [authority] : []), ...(team ? [team] : [])];
    const sql = `${LISTED} WHERE ${where.join(' AND ')} ORDER BY due DESC, id DESC LIMIT ?`;
    const found = this.rows.all<StoredReport & Counts>(sql, ...values, limit + 1);
    return pageOf(found.map((row) => listed(row, today)), limit, ({ due, id }) => `${due}~${id}`); // prettier-ignore
  }

  find(id: string, today: string): ReportShown | undefined {
    const row = this.rows.get<StoredReport & Counts>(`${LISTED} WHERE id = ? AND due_entry IS NOT NULL`, id);
    if (!row) return undefined;
    const parts = this.rows.all<{ pledge: string; wording: string; rows: string }>(
      'SELECT pledge, wording, rows FROM report_part WHERE report = ? ORDER BY part',
      id,
    );
    const said = JSON.parse(row.said) as Partial<Record<string, unknown>>;
    const text = (name: string): string | null => (typeof said[name] === 'string' ? said[name] : null);
    const texts = (name: string): readonly string[] => (Array.isArray(said[name]) ? (said[name] as string[]) : []);
    return {
      ...listed(row, today),
      formats: texts('formats'),
      readability: text('readability'),
      checkedByPeople: text('checkedByPeople'),
      checkedBy: texts('checkedBy'),
      url: text('url'),
      fingerprint: text('fingerprint'),
      pledge: parts[0]?.pledge ?? null,
      wording: parts[0]?.wording ?? null,
      rows: (row.frozen === 1 ? parts : []).flatMap(({ rows }) => (JSON.parse(rows) as FrozenRow[]).map(thawRow)),
      corrections_made: this.rows.all<Correction>(
        'SELECT entry, happened_on, line, what, was, now FROM report_correction WHERE report = ? ORDER BY happened_on, rowid',
        id,
      ),
    };
  }
}

interface Counts {
  readonly corrections: number;
  readonly frozen: number;
}

const listed = ({ frozen, said: _said, due_entry: _dueEntry, ...row }: StoredReport & Counts, today: string): ReportListed => ({
  ...row,
  isFrozen: frozen === 1,
  punctuality:
    row.published_on !== null
      ? row.published_on <= row.due ? 'on-time' : 'late'
      : today <= row.due ? 'due' : 'overdue',
}); // prettier-ignore
