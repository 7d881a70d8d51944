import { Injectable } from '@nestjs/common';
import { linesOf } from '#pledge/pledge-lines';
import { Pledges } from '#pledge/pledges';
import { Rows } from '#projections/rows';

/** What a statement says: one of the pledge, or one that a team asks beside it. */
@Injectable()
export class StatementWords {
  constructor(
    private readonly pledges: Pledges,
    private readonly rows: Rows,
  ) {}

  of(authority: string, code: string): string {
    const version = this.pledges.of(authority);
    const line = version && linesOf(version).find((each) => each.kind === 'statement' && each.code === code);
    const sql = 'SELECT text FROM statement_local WHERE authority = ? AND code = ?';
    return line?.text ?? this.rows.get<{ text: string }>(sql, authority, code)?.text ?? '';
  }
}
