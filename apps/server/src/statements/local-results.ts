import { Injectable } from '@nestjs/common';
import { Rows } from '#projections/rows';
import { StatementResults, StatementResultsHandler } from '#statements/statements.queries';
import { resultWords } from '#statements/told-words';

export interface LocalRow {
  readonly code: string;
  readonly text: string;
  readonly language: string;
  readonly added_on: string;
  readonly retired_on: string | null;
}

/** A team's own statements, apart from those of the pledge. */
@Injectable()
export class LocalResults {
  constructor(
    private readonly rows: Rows,
    private readonly statements: StatementResultsHandler,
  ) {}

  /** In the order in which they were added; also those that are not asked any more. */
  list(authority: string, team: string): readonly LocalRow[] {
    return this.rows.all<LocalRow>(
      'SELECT code, text, language, added_on, retired_on FROM statement_local WHERE authority = ? AND team = ? ORDER BY rowid',
      authority,
      team,
    );
  }

  async of(authority: string, team: string, period: string) {
    return Promise.all(
      this.list(authority, team).map(async ({ code, text, language, retired_on: retired }) => {
        const result = await this.statements.execute(new StatementResults({ authority, team }, code, period));
        return { code, text, language, isRetired: retired !== null, words: result ? resultWords(result) : [] };
      }),
    );
  }
}
