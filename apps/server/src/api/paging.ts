import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Matches, Max, MaxLength, Min } from 'class-validator';
import { ApiPropertyOptional } from '@nestjs/swagger';

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
  @Matches(/^[\w~:.-]*$/, { message: 'This is not a cursor of ours.' })
  @MaxLength(200, { message: 'This is not a cursor of ours.' })
  @IsString({ message: 'This is not a cursor of ours.' })
  after?: string;
}
