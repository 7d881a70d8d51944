import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';

export type Value = SQLInputValue | boolean | undefined;

/** SQL with its statements kept prepared. Undefined is stored as NULL, booleans as 0 and 1. */
export class Rows {
  private readonly statements = new Map<string, StatementSync>();

  constructor(readonly db: DatabaseSync) {}

  run(sql: string, ...values: readonly Value[]): void {
    this.statement(sql).run(...values.map(toSql));
  }

  get<T>(sql: string, ...values: readonly Value[]): T | undefined {
    return this.statement(sql).get(...values.map(toSql)) as T | undefined;
  }

  all<T>(sql: string, ...values: readonly Value[]): T[] {
    return this.statement(sql).all(...values.map(toSql)) as T[];
  }

  /** Forgets prepared statements: needed after tables were replaced. */
  reset(): void {
    this.statements.clear();
  }

  private statement(sql: string): StatementSync {
    let statement = this.statements.get(sql);
    if (!statement) this.statements.set(sql, (statement = this.db.prepare(sql)));
    return statement;
  }
}

const toSql = (value: Value): SQLInputValue =>
  value === undefined ? null : typeof value === 'boolean' ? Number(value) : value;
