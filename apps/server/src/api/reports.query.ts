import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsIn, IsOptional, IsUUID, Matches } from 'class-validator';
import type { QueryBus } from '@nestjs/cqrs';
import type { Authorities } from '#authorities/authorities';
import { monthsOf } from '#evidence/people-say';
import { missing, refuse } from '#kernel/refusal';
import type { ReportFilter } from '#reports/report-book';
import { halfOf } from '#statements/statement';
import { FindTeam } from '#teams/teams.queries';

const EmptyIsLeftOut = () => Transform(({ value }: { value: unknown }) => (value === '' ? undefined : value));
export const LOOKS = ['easy', 'large'] as const;

/** Of whom and when, and how it is to look. */
export class ReportAsked {
  @ApiPropertyOptional({ description: 'A council; left out: all of them together.' })
  @EmptyIsLeftOut()
  @IsOptional()
  @Matches(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, { message: 'This is not a code.' })
  authority?: string;
  @ApiPropertyOptional({ format: 'uuid' })
  @EmptyIsLeftOut()
  @IsOptional()
  @IsUUID('all', { message: 'This is not an id of ours.' })
  team?: string;
  @ApiPropertyOptional({ description: 'A half year like 2026-H1; left out: the last one that is over.' })
  @EmptyIsLeftOut()
  @IsOptional()
  @Matches(/^\d{4}-H[12]$/, { message: 'Give a half year like 2026-H1.' })
  period?: string;
  @ApiPropertyOptional({ enum: LOOKS })
  @EmptyIsLeftOut()
  @IsOptional()
  @IsIn(LOOKS, { message: 'Choose easy or large.' })
  as?: (typeof LOOKS)[number];
}

export interface Place {
  readonly filter: ReportFilter;
  readonly period: string;
  /** "Essex", "Day Services team, Essex", "all councils together". */
  readonly name: string;
  readonly team?: { readonly id: string; readonly name: string };
}

/** @throws Refusal for a council or team that is not there, or a half year that has not begun */
export const placeAsked = async (
  queries: QueryBus,
  authorities: Authorities,
  { authority, team, period }: ReportAsked,
  given: { readonly last: string; readonly today: string },
): Promise<Place> => {
  const half = period ?? given.last;
  if (half > halfOf(given.today))
    throw refuse('period-to-come', 'This half year has not begun. There is nothing to report.', '/period');
  const found = team === undefined ? undefined : await queries.execute(new FindTeam(team));
  if (team !== undefined && (!found || (authority !== undefined && found.authority !== authority))) throw missing('team'); // prettier-ignore
  const code = found?.authority ?? authority;
  const council = code === undefined ? undefined : authorities.get(code);
  if (code !== undefined && !council) throw missing('council');
  const [from, to] = monthsOf(half);
  return {
    filter: { ...(code !== undefined && { authority: code }), ...(team !== undefined && { team }), from, to },
    period: half,
    name: found ? `${found.name}, ${council?.name ?? ''}` : (council?.name ?? 'all councils together'),
    ...(found && { team: { id: found.id, name: found.name } }),
  };
};
