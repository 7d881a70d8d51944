import { Transform, Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Matches, Max, MaxLength, Min } from 'class-validator';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { Day } from './fields.js';

/** `?limit=&after=`: a cursor from the page before, never an offset. */
export class Paging {
  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 200, default: 50 })
  @Type(() => Number)
  @IsOptional()
  @Max(200, { message: 'Ask for 200 or fewer.' })
  @Min(1, { message: 'Ask for 1 or more.' })
  @IsInt({ message: 'This must be a whole number.' })
  limit: number = 50;

  @ApiPropertyOptional()
  @IsOptional()
  @Matches(/^[\w~:./-]*$/, { message: 'This is not a cursor of ours.' })
  @MaxLength(200, { message: 'This is not a cursor of ours.' })
  @IsString({ message: 'This is not a cursor of ours.' })
  after?: string;
}

/** A filter form sends every field, also the empty ones: "All" is no filter. */
const EmptyIsAll = () => Transform(({ value }: { value: unknown }) => (value === '' ? undefined : value));

/** What lists may be filtered by; anything else is refused. */
export class Listing extends Paging {
  @ApiPropertyOptional()
  @EmptyIsAll()
  @IsOptional()
  @Matches(/^[a-z0-9-]{1,64}$/, { message: 'This is not a code.' })
  authority?: string;
  @ApiPropertyOptional()
  @EmptyIsAll()
  @IsOptional()
  @Matches(/^[0-9a-f-]{36}$/, { message: 'This is not an id of ours.' })
  team?: string;
  @ApiPropertyOptional()
  @EmptyIsAll()
  @IsOptional()
  @Matches(/^[a-z-]{1,32}$/, { message: 'This is not a code.' })
  answer?: string;
  @ApiPropertyOptional()
  @EmptyIsAll()
  @IsOptional()
  @Matches(/^[a-z-]{1,32}$/, { message: 'This is not a code.' })
  status?: string;
  @ApiPropertyOptional()
  @EmptyIsAll()
  @IsOptional()
  @Matches(/^[a-z-]{1,32}$/, { message: 'This is not a code.' })
  kind?: string;
  @EmptyIsAll()
  @Day({ optional: true, description: 'As the record stood at the end of this day.' })
  asOf?: string;
}

/** The same for pages, which may also carry the name of a banner after a form was sent. */
export class PageListing extends Listing {
  @IsOptional() @Matches(/^[a-z-]{1,32}$/, { message: 'This is not a code.' }) done?: string;
}
