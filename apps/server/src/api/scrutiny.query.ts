import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import { STANDINGS } from '#scrutiny/recommendations.queries';
import type { SampleFilter } from '#scrutiny/sampling';
import { Day } from './fields.js';
import { Listing } from './paging.js';
import { logFilterOf, PledgePageListing } from './pledge-log.query.js';

const EmptyIsAll = () => Transform(({ value }: { value: unknown }) => (value === '' ? undefined : value));

/** What scrutiny narrows the promises to. Everything stands in the address, so that another officer sees the same list. */
export class ScrutinyListing extends PledgePageListing {
  @ApiPropertyOptional({ description: 'Late by this many days or more.' })
  @EmptyIsAll()
  @Type(() => Number)
  @IsOptional()
  @Max(9_999, { message: 'Use 9,999 or less.' })
  @Min(1, { message: 'Use 1 or more.' })
  @IsInt({ message: 'Enter a whole number of days.' })
  lateBy?: number;
  @EmptyIsAll()
  @Day({ optional: true, description: 'Promised, or said, on this day or after it.' })
  from?: string;
  @EmptyIsAll()
  @Day({ optional: true, description: 'Promised, or said, on this day or before it.' })
  to?: string;
}

/** Without the name of an owner: a name is sealed and may be erased, and a filter must mean the same for ever. */
export const sampleFilterOf = (query: ScrutinyListing): SampleFilter => {
  const { owner: _name, ids: _ids, ...filter } = logFilterOf(query);
  const { lateBy, from, to } = query;
  return {
    ...filter,
    ...(lateBy !== undefined && { lateBy }),
    ...(from && { from }),
    ...(to && { to }),
  };
};

/** A filter as it stands in an address. */
export const filterInAddress = (filter: SampleFilter): Record<string, string | undefined> =>
  Object.fromEntries(
    Object.entries(filter).map(([name, value]) => [name, typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value)]), // prettier-ignore
  );

/** A time of which to tell what changed; both days to their end. */
export class PeriodListing {
  @EmptyIsAll()
  @IsOptional()
  @Matches(/^[a-z0-9-]{1,64}$/, { message: 'This is not a code.' })
  authority?: string;
  @EmptyIsAll()
  @Day({ optional: true, description: 'What changed after this day.' })
  since?: string;
  @EmptyIsAll()
  @Day({ optional: true, description: 'Up to the end of this day; left out: today.' })
  until?: string;
}

export class RecommendationListing extends Listing {
  @ApiPropertyOptional({ enum: STANDINGS })
  @EmptyIsAll()
  @IsOptional()
  @IsIn([...STANDINGS], { message: `Choose one of: ${STANDINGS.join(', ')}.` })
  standing?: (typeof STANDINGS)[number];
  @IsOptional() @Matches(/^[a-z-]{1,32}$/, { message: 'This is not a code.' }) done?: string;
}
