import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import type { Attribution } from '#kernel/codes';
import { Rows } from '#projections/rows';

/** A person as the read model knows them: by a pseudonymous id, with how they choose to be shown. */
export interface ParticipantRow {
  readonly id: string;
  readonly authority: string;
  readonly attribution: Attribution;
  readonly language: string | null;
}

export class FindParticipant extends Query<ParticipantRow | undefined> {
  constructor(readonly id: string) {
    super();
  }
}

@QueryHandler(FindParticipant)
export class FindParticipantHandler implements IQueryHandler<FindParticipant> {
  constructor(private readonly rows: Rows) {}
  async execute({ id }: FindParticipant) {
    return this.rows.get<ParticipantRow>(
      'SELECT id, authority, attribution, language FROM participant WHERE id = ?',
      id,
    );
  }
}
