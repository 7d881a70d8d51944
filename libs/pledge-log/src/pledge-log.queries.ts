import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import type { Clock } from '#kernel/aggregate';
import { type Page, pageOf } from '#projections/page';
import { Rows } from '#projections/rows';
import { CLOCK } from '#projections/tokens';
import { readable } from '#vault/readable';
import { Vault } from '#vault/vault';
import { coloured, type Counts, countsOf, cursorOf, listed, type LogFilter, type LogRow } from './pledge-log.js';
import { entriesOf, rowsOn, rowsToday } from './replay.js';
import { type Story, storyOf } from './story.js';

export interface LogPage extends Page<LogRow> {
  /** How many the filter lets through, over all pages. */
  readonly total: number;
  readonly counts: Counts;
}

/** The delivery log of the pledge, today or as it was at the end of a day in London. */
export class ListPledgeLog extends Query<LogPage> {
  constructor(
    readonly filter: LogFilter,
    readonly page: { readonly asOf?: string; readonly after?: string; readonly limit?: number } = {},
  ) {
    super();
  }
}

export interface Audited {
  readonly row: LogRow;
  readonly story: Story;
}

/** One commitment whole, as it is or as it was. Undefined: there is none, or there was none yet. */
export class AuditCommitment extends Query<Audited | undefined> {
  constructor(
    readonly id: string,
    readonly asOf?: string,
  ) {
    super();
  }
}

@QueryHandler(ListPledgeLog)
export class ListPledgeLogHandler implements IQueryHandler<ListPledgeLog> {
  constructor(
    private readonly rows: Rows,
    private readonly vault: Vault,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ filter, page: { asOf, after, limit = 50 } }: ListPledgeLog): Promise<LogPage> {
    // Councils are counted beside each other: which one is asked for narrows the list, not what is read.
    const all = asOf === undefined ? rowsToday(this.rows) : rowsOn(this.rows, asOf);
    const rows = coloured(all, asOf ?? this.clock.now().today);
    const open = (ref: string): string => readable(this.vault)(ref) ?? '';
    const found = listed(rows, filter, open);
    const from = after
      ? found.findIndex((row) => (filter.late ? cursorOf(row, filter) > after : cursorOf(row, filter) < after))
      : 0;
    const page = pageOf(from < 0 ? [] : found.slice(from, from + limit + 1), limit, (row) => cursorOf(row, filter));
    return { ...page, total: found.length, counts: countsOf(rows, filter, open) };
  }
}

@QueryHandler(AuditCommitment)
export class AuditCommitmentHandler implements IQueryHandler<AuditCommitment> {
  constructor(
    private readonly rows: Rows,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ id, asOf }: AuditCommitment): Promise<Audited | undefined> {
    const now = this.rows.get<{ id: string }>('SELECT id FROM commitment WHERE id = ?1 OR number = ?1', id); // prettier-ignore
    if (!now) return undefined;
    const all = asOf === undefined ? rowsToday(this.rows, now.id) : rowsOn(this.rows, asOf, now.id);
    const [row] = coloured(all, asOf ?? this.clock.now().today);
    return row && { row, story: storyOf(entriesOf(this.rows, now.id, asOf)) };
  }
}

/** Every role that owns a commitment, as it is recorded: what a list may be narrowed to without typing a name. */
export class ListOwnerRoles extends Query<readonly string[]> {}

@QueryHandler(ListOwnerRoles)
export class ListOwnerRolesHandler implements IQueryHandler<ListOwnerRoles> {
  constructor(private readonly rows: Rows) {}
  async execute() {
    return this.rows
      .all<{ role: string }>(
        'SELECT DISTINCT owner_role AS role FROM commitment WHERE owner_role IS NOT NULL ORDER BY owner_role LIMIT 500',
      ) // prettier-ignore
      .map(({ role }) => role);
  }
}

export const pledgeLogQueries = [ListPledgeLogHandler, AuditCommitmentHandler, ListOwnerRolesHandler];
