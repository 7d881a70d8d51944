import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '#kernel/aggregate';
import { Rows } from '#projections/rows';
import { CLOCK } from '#projections/tokens';

export interface AuthorityRow {
  readonly code: string;
  readonly name: string;
  /** Null: not a council. */
  readonly gss: string | null;
  readonly valid_from: string | null;
  /** Its last day. */
  readonly valid_to: string | null;
}

/** Which councils there are, as the record says; new ones need no code change. */
@Injectable()
export class Authorities {
  constructor(
    private readonly rows: Rows,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  all(): readonly AuthorityRow[] {
    return this.rows.all<AuthorityRow>('SELECT * FROM authority ORDER BY name');
  }

  /** Every council that ever was or is to come, without the bodies that an import named. */
  everyCouncil(): readonly AuthorityRow[] {
    return this.all().filter(({ gss }) => gss !== null);
  }

  /** Those that people can tell a view to: the councils that there are today. */
  councils(): readonly AuthorityRow[] {
    const { today } = this.clock.now();
    return this.everyCouncil().filter(
      ({ valid_from: from, valid_to: to }) => (from ?? '') <= today && today <= (to ?? '9999'),
    );
  }

  /** Who came after a council, once its day has come; undefined: it is there, or nobody knows it. */
  endedBy(code: string): readonly AuthorityRow[] | undefined {
    const { valid_to: last } = this.get(code) ?? {};
    if (!last || last >= this.clock.now().today) return undefined;
    const sql =
      'SELECT a.* FROM authority_successor s JOIN authority a ON a.code = s.successor WHERE s.code = ? ORDER BY a.name';
    return this.rows.all<AuthorityRow>(sql, code);
  }

  get(code: string): AuthorityRow | undefined {
    return this.rows.get<AuthorityRow>('SELECT * FROM authority WHERE code = ?', code);
  }
}
