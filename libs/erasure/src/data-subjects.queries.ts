import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { type Page, pageOf } from '#projections/page';
import { Rows } from '#projections/rows';
import type { SubjectKind } from './data-subject.js';

export type StepKind = 'erasure' | 'hold' | 'restriction';

export interface DataSubjectStep {
  readonly position: string;
  /** A random id: of a participant or of a view. */
  readonly person: string;
  readonly subject: SubjectKind;
  readonly authority: string;
  readonly kind: StepKind;
  readonly id: string;
  readonly ground: string;
  readonly by_role: string;
  readonly at: string;
  /** Of an erasure: when it was done; else when it was lifted. */
  readonly ended_at: string | null;
  /** JSON: `[{ store, purged }]`, of an erasure that is done. */
  readonly stores: string | null;
}

/** Newest first. */
export class ListDataSubjectSteps extends Query<Page<DataSubjectStep>> {
  constructor(
    readonly filter: { authority?: string; kind?: StepKind; person?: string; after?: string; limit?: number },
  ) {
    super();
  }
}

const NEWEST = '~';

@QueryHandler(ListDataSubjectSteps)
export class ListDataSubjectStepsHandler implements IQueryHandler<ListDataSubjectSteps> {
  constructor(private readonly rows: Rows) {}
  async execute({ filter: { after = NEWEST, limit = 50, ...filter } }: ListDataSubjectSteps) {
    const given = Object.entries(filter).filter((entry): entry is [string, string] => entry[1] !== undefined);
    const where = ['position < ?', ...given.map(([column]) => `${column} = ?`)].join(' AND ');
    const sql = `SELECT * FROM data_subject_step WHERE ${where} ORDER BY position DESC LIMIT ?`;
    const values = given.map(([, value]) => value);
    return pageOf(this.rows.all<DataSubjectStep>(sql, after, ...values, limit + 1), limit, (row) => row.position);
  }
}

export const dataSubjectQueries = [ListDataSubjectStepsHandler];
