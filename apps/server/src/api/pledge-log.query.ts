import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsIn, IsOptional, Matches, MaxLength } from 'class-validator';
import type { LogFilter } from '#pledge-log/pledge-log';
import { Listing } from './paging.js';

/** A filter form sends every field, also the empty ones: "All" is no filter. */
const EmptyIsAll = () => Transform(({ value }: { value: unknown }) => (value === '' ? undefined : value));

const COLOURS = ['red', 'amber', 'green', 'grey'];

/** What the pledge log may be narrowed to; every filter stands in the address, so that a list can be sent to someone. */
export class PledgeListing extends Listing {
  @ApiPropertyOptional()
  @EmptyIsAll()
  @IsOptional()
  @Matches(/^[a-z0-9][a-z0-9._-]{0,63}$/, { message: 'This is not a code.' })
  pledge?: string;
  @ApiPropertyOptional({ description: 'A part (P1a) or a step (I3) of the pledge.' })
  @EmptyIsAll()
  @IsOptional()
  @Matches(/^[A-Z][A-Za-z0-9]{0,15}$/, { message: 'This is not a part of a pledge, like P1a.' })
  part?: string;
  @ApiPropertyOptional({ enum: COLOURS })
  @EmptyIsAll()
  @IsOptional()
  @IsIn(COLOURS, { message: 'Choose red, amber, green or grey.' })
  rag?: string;
  @ApiPropertyOptional({ enum: ['yes', 'no'] })
  @EmptyIsAll()
  @IsOptional()
  @IsIn(['yes', 'no'], { message: 'Choose yes or no.' })
  late?: string;
  @ApiPropertyOptional({ description: 'In the name or the role of the owner.' })
  @EmptyIsAll()
  @IsOptional()
  @MaxLength(100, { message: 'Use 100 characters or fewer.' })
  owner?: string;
  @ApiPropertyOptional({ description: 'The role of the owner, to the letter.' })
  @EmptyIsAll()
  @IsOptional()
  @MaxLength(200, { message: 'Use 200 characters or fewer.' })
  ownerRole?: string;
}

/** The same for pages, which may also carry the name of a banner after a form was sent. */
export class PledgePageListing extends PledgeListing {
  @IsOptional() @Matches(/^[a-z-]{1,32}$/, { message: 'This is not a code.' }) done?: string;
}

export const logFilterOf = ({
  authority,
  team,
  pledge,
  part,
  status,
  rag,
  late,
  owner,
  ownerRole,
}: PledgeListing): LogFilter => ({
  ...(authority && { authority }),
  ...(team && { team }),
  ...(pledge && { pledge }),
  ...(part && { part }),
  ...(status && { status }),
  ...(rag && { rag }),
  ...(late && { late: late === 'yes' }),
  ...(owner && { owner }),
  ...(ownerRole && { ownerRole }),
});
