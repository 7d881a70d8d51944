import type { DatabaseSync } from 'node:sqlite';

/** What is known of a witness of ours, from what it last answered. */
export interface WitnessContact {
  readonly witness: string;
  /** The size it cosigned last, as far as we know. */
  readonly size: number;
  /** The time its last cosignature vouches for, ISO 8601. */
  readonly cosignedAt: string | null;
  readonly problem: string | null;
  readonly problemSince: string | null;
  /** Kept in full and for ever: what it said when it saw another history, with what it was sent. */
  readonly conflict: string | null;
}

const COLUMNS = 'witness, size, cosigned_at AS cosignedAt, problem, problem_since AS problemSince, conflict';

export class WitnessContacts {
  private readonly statements;

  constructor(db: DatabaseSync) {
    const upsert = (columns: string, values: string, set: string) =>
      db.prepare(
        `INSERT INTO witness_contact (origin, witness, ${columns}) VALUES (?, ?, ${values}) ON CONFLICT (origin, witness) DO UPDATE SET ${set}`,
      );
    this.statements = {
      all: db.prepare(`SELECT ${COLUMNS} FROM witness_contact WHERE origin = ? ORDER BY witness`),
      one: db.prepare(`SELECT ${COLUMNS} FROM witness_contact WHERE origin = ? AND witness = ?`),
      cosigned: upsert(
        'size, cosigned_at',
        '?, ?',
        'size = excluded.size, cosigned_at = excluded.cosigned_at, problem = NULL, problem_since = NULL',
      ),
      problem: upsert(
        'size, problem, problem_since',
        '0, ?, ?',
        'problem = excluded.problem, problem_since = coalesce(problem_since, excluded.problem_since)',
      ),
      conflict: upsert('size, conflict', '0, ?', 'conflict = coalesce(conflict, excluded.conflict)'),
    };
  }

  all(origin: string): WitnessContact[] {
    return this.statements.all.all(origin) as unknown as WitnessContact[];
  }

  sizeAt(origin: string, witness: string): number {
    return (this.statements.one.get(origin, witness) as WitnessContact | undefined)?.size ?? 0;
  }

  cosigned(origin: string, witness: string, size: number, at: string): void {
    this.statements.cosigned.run(origin, witness, size, at);
  }

  failed(origin: string, witness: string, problem: string, now: string): void {
    this.statements.problem.run(origin, witness, problem, now);
  }

  /** The first one is kept; it is evidence. True when this is the first. */
  contradicted(origin: string, witness: string, evidence: object): boolean {
    const known = this.statements.one.get(origin, witness) as WitnessContact | undefined;
    this.statements.conflict.run(origin, witness, JSON.stringify(evidence));
    return (known?.conflict ?? null) === null;
  }
}
