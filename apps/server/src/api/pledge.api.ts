import { Controller, Get, Query } from '@nestjs/common';
import { ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsOptional, Matches } from 'class-validator';
import { missing } from '#kernel/refusal';
import { askedOf, linesOf } from '#pledge/pledge-lines';
import type { PledgeVersion } from '#pledge/pledge.events';
import { Pledges } from '#pledge/pledges';
import { Allow } from '../edge/allow.js';

const CODE = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** Which pledge, which version; left out: the first there is, as it holds today. */
export class WhichPledge {
  @ApiPropertyOptional() @IsOptional() @Matches(CODE, { message: 'This is not a code.' }) pledge?: string;
  @ApiPropertyOptional() @IsOptional() @Matches(CODE, { message: 'This is not a code.' }) version?: string;
}

/** @throws Refusal when there is no such pledge */
export const pledgeAsked = (pledges: Pledges, { pledge, version }: WhichPledge): PledgeVersion => {
  const found = pledges.find(pledge ?? pledges.of()?.pledge ?? '', version);
  if (!found) throw missing('pledge');
  return found;
};

/** The pledge as data, for everyone: every line with its code. */
@ApiTags('pledge')
@Controller('api/v1/pledge')
@Allow('anyone')
export class PledgeApi {
  constructor(private readonly pledges: Pledges) {}

  @Get()
  show(@Query() which: WhichPledge) {
    const version = pledgeAsked(this.pledges, which);
    const kinds = linesOf(version);
    const count = (kind: string): number => kinds.filter((line) => line.kind === kind).length;
    return {
      ...version,
      validFrom: version.validFrom ?? null,
      validTo: version.validTo ?? null,
      counts: {
        claims: count('claim'),
        parts: count('part'),
        steps: count('step'),
        statementPositions: count('statement'),
        statementTexts: askedOf(version).length,
      },
      versions: this.pledges.versions(version.pledge).map((each) => each.version),
      pledges: this.pledges.codes(),
    };
  }
}
