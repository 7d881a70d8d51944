import { Injectable } from '@nestjs/common';
import { Rows } from '#projections/rows';

export interface AuthorityRow {
  readonly code: string;
  readonly name: string;
  /** Null: not a council. */
  readonly gss: string | null;
  readonly valid_from: string | null;
  readonly valid_to: string | null;
}

/** Which councils there are, as the record says; new ones need no code change. */
@Injectable()
export class Authorities {
  constructor(private readonly rows: Rows) {}

  all(): readonly AuthorityRow[] {
    return this.rows.all<AuthorityRow>('SELECT * FROM authority ORDER BY name');
  }

  /** Those that people can tell a view to: the councils, without the bodies that an import named. */
  councils(): readonly AuthorityRow[] {
    return this.all().filter(({ gss }) => gss !== null);
  }

  get(code: string): AuthorityRow | undefined {
    return this.rows.get<AuthorityRow>('SELECT * FROM authority WHERE code = ?', code);
  }
}
