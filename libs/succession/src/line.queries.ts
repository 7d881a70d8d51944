import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { lineOf } from '#authorities/line';
import { Rows } from '#projections/rows';

/** The councils whose past is a council's own: all that it came after. */
export class CouncilsBefore extends Query<readonly string[]> {
  constructor(readonly authority: string) {
    super();
  }
}

@QueryHandler(CouncilsBefore)
export class CouncilsBeforeHandler implements IQueryHandler<CouncilsBefore> {
  constructor(private readonly rows: Rows) {}
  async execute({ authority }: CouncilsBefore) {
    return lineOf(this.rows, authority).filter((code) => code !== authority);
  }
}
