import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsIn, IsOptional, Matches } from 'class-validator';
import { Transform } from 'class-transformer';
import { type Behind, ListBehind, type Show, SHOWS } from '#evidence/behind.queries';
import { findMeasure } from '#evidence/every-measure';
import { type Figure, type MeasuredRow, ShowEvidence } from '#evidence/evidence.queries';
import type { Measure } from '#evidence/measure';
import { type EvidenceFilter, PeopleSay } from '#evidence/people-say';
import { measuredAs, type PledgeRow, rowOf } from '#evidence/pledge-rows';
import { missing } from '#kernel/refusal';
import { linesOf, type PledgeLine } from '#pledge/pledge-lines';
import { Pledges } from '#pledge/pledges';
import { Allow } from '../edge/allow.js';
import { Listing } from './paging.js';

const EmptyIsAll = () => Transform(({ value }: { value: unknown }) => (value === '' ? undefined : value));
const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;

/** For whom, for which months, which part of a figure. */
export class EvidenceListing extends Listing {
  @ApiPropertyOptional({ description: 'First month, like 2026-04' })
  @EmptyIsAll()
  @IsOptional()
  @Matches(MONTH, { message: 'Use a year and a month, like 2026-04.' })
  from?: string;
  @ApiPropertyOptional({ description: 'Last month, like 2027-03' })
  @EmptyIsAll()
  @IsOptional()
  @Matches(MONTH, { message: 'Use a year and a month, like 2027-03.' })
  to?: string;
  @ApiPropertyOptional({ enum: SHOWS })
  @EmptyIsAll()
  @IsOptional()
  @IsIn(SHOWS, { message: 'This is not a part of a figure.' })
  show?: Show;
  @ApiPropertyOptional()
  @EmptyIsAll()
  @IsOptional()
  @Matches(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, { message: 'This is not a code.' })
  pledge?: string;
}

/** One line of the pledge with everything by which it is judged. */
export interface LineAsked {
  readonly line: PledgeLine;
  readonly row: PledgeRow;
  readonly measured: MeasuredRow;
  /** The statements of which people's answers are shown; S12 shows those of S8. */
  readonly statements: readonly PledgeLine[];
}

/** @throws Refusal when the pledge has no such line, or none that can be judged by itself */
export const lineAsked = (pledges: Pledges, code: string, pledge?: string): LineAsked => {
  const version = pledges.find(pledge ?? pledges.of()?.pledge ?? '');
  const lines = version ? linesOf(version) : [];
  const line = lines.find((each) => each.code === code && each.kind !== 'promise' && each.kind !== 'group');
  if (!version || !line) throw missing('line of the pledge');
  const row = rowOf(version.pledge, code);
  const codes = line.kind === 'statement' ? [line.sameAs ?? code] : row.statements;
  return {
    line,
    row,
    measured: { row: measuredAs(version.pledge, code, line.sameAs), part: `${version.pledge}.${code}` },
    statements: codes.flatMap((each) => lines.find((of) => of.code === each) ?? []),
  };
};

/** @throws Refusal when the line has no such figure; one by kinds needs a kind that it has */
export const measureAsked = ({ measured }: LineAsked, code: string, kind?: string): Measure => {
  const found = findMeasure(measured.row, code);
  if (!found || (found.as === 'kinds' ? !Object.hasOwn(found.kinds ?? {}, kind ?? '') : kind !== undefined))
    throw missing('figure');
  return found;
};

export const filterOf = ({ authority, team, from, to }: EvidenceListing): EvidenceFilter => ({
  ...(authority && { authority }),
  ...(team && { team }),
  ...(from && { from }),
  ...(to && { to }),
});

/** What people say and what the record shows, line by line of the pledge, for everyone: two answers, never one score. */
@ApiTags('evidence')
@Controller('api/v1/evidence')
@Allow('anyone')
export class EvidenceApi {
  constructor(
    private readonly queries: QueryBus,
    private readonly pledges: Pledges,
    private readonly people: PeopleSay,
  ) {}

  @Get(':code')
  async show(@Param('code') code: string, @Query() query: EvidenceListing) {
    const asked = lineAsked(this.pledges, code, query.pledge);
    const filter = filterOf(query);
    const figures = await this.queries.execute(new ShowEvidence(asked.measured, filter));
    return {
      code,
      text: asked.line.text,
      judge: asked.row.judge,
      from: query.from ?? null,
      to: query.to ?? null,
      peopleSay: await Promise.all(
        asked.statements.map((each) => this.people.to(each.code, filter, asked.row.answeredBy)),
      ),
      recordShows: figures.map(asJson),
    };
  }

  @Get(':code/:measure')
  async behind(@Param('code') code: string, @Param('measure') measure: string, @Query() query: EvidenceListing) {
    const asked = lineAsked(this.pledges, code, query.pledge);
    const { show, kind, limit, after } = query;
    const page = await this.queries.execute(
      new ListBehind(
        asked.measured,
        measureAsked(asked, measure, kind),
        { ...filterOf(query), ...(show && { show }), ...(kind && { kind }) },
        { limit, ...(after && { after }) },
      ),
    );
    return { items: page.items.map(shownTo), next: page.next };
  }
}

/** Nothing recorded is null, and never 0; what is not told for one team says so. */
const asJson = ({ terms, counted, kinds, withheld }: Figure) => ({
  measure: terms.code,
  says: `${terms.noun[1]} ${terms.phrase}`,
  as: terms.as,
  numerator: counted?.met ?? null,
  denominator: counted && terms.as !== 'count' ? counted.met + counted.unmet : null,
  notKnown: counted?.unknown ?? null,
  withheld,
  kinds: counted ? kinds.map(({ kind, count }) => ({ kind, count })) : [],
  countedFrom: terms.from,
});

const shownTo = ({ id, parent, entry, team, words: _words, title: _title, shown, ...rest }: Behind) => ({
  ...rest,
  id: shown ? id : null,
  parent: shown ? parent : null,
  team: shown ? team : null,
  entry: shown ? entry : null,
});
