import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsOptional, Matches } from 'class-validator';
import { Authorities, type AuthorityRow } from '#authorities/authorities';
import { missing } from '#kernel/refusal';
import { linesOf } from '#pledge/pledge-lines';
import { Pledges } from '#pledge/pledges';
import { ClosedHalves } from '#statements/closed-halves';
import { StatementResults } from '#statements/statements.queries';
import { FindTeam } from '#teams/teams.queries';
import { Allow } from '../edge/allow.js';

export class WhichAnswers {
  @ApiPropertyOptional() @IsOptional() @Matches(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, { message: 'This is not a code.' })
  authority?: string; // prettier-ignore
  @ApiPropertyOptional({ description: 'A half year like 2026-H1; left out: the last one that is over.' })
  @IsOptional()
  @Matches(/^\d{4}-H[12]$/, { message: 'Give a half year like 2026-H1.' })
  period?: string;
  @ApiPropertyOptional({ format: 'uuid', description: 'One team; its council follows from it.' })
  @IsOptional()
  @Matches(/^[0-9a-f-]{36}$/, { message: 'This is not an id of ours.' })
  team?: string;
}

/** The team that was asked about, if one was; it must be of the council. @throws Refusal */
export const teamAsked = async (queries: QueryBus, { team, authority }: WhichAnswers) => {
  if (team === undefined) return undefined;
  const found = await queries.execute(new FindTeam(team));
  if (!found || (authority !== undefined && authority !== found.authority)) throw missing('team');
  return found;
};

/** The council that was asked about; left out: the first by name. @throws Refusal when there is none. */
export const councilAsked = (authorities: Authorities, { authority }: WhichAnswers): AuthorityRow => {
  const found = authority === undefined ? authorities.councils()[0] : authorities.get(authority);
  if (!found) throw missing('council');
  return found;
};

/** What people say, rounded and hidden as on the pages. `null`: too few people to show. */
@ApiTags('statements')
@Controller('api/v1/statements')
@Allow('anyone')
export class StatementsApi {
  constructor(
    private readonly queries: QueryBus,
    private readonly pledges: Pledges,
    private readonly authorities: Authorities,
    private readonly halves: ClosedHalves,
  ) {}

  @Get()
  async list(@Query() which: WhichAnswers) {
    const team = await teamAsked(this.queries, which);
    const authority = team?.authority ?? councilAsked(this.authorities, which).code;
    const where = { authority, ...(team && { team: team.id }) };
    const version = this.pledges.of(authority);
    const codes = version ? linesOf(version).filter(({ kind }) => kind === 'statement') : [];
    const items = await Promise.all(codes.map(({ code }) => this.one(where, code, which.period)));
    return { authority, team: team?.id ?? null, period: which.period ?? this.halves.last(), items };
  }

  @Get(':code')
  async show(@Param('code') code: string, @Query() which: WhichAnswers) {
    const team = await teamAsked(this.queries, which);
    const authority = team?.authority ?? councilAsked(this.authorities, which).code;
    return this.one({ authority, ...(team && { team: team.id }) }, code, which.period);
  }

  private async one(where: { authority: string; team?: string }, code: string, period?: string) {
    const { authority } = where;
    const result = await this.queries.execute(new StatementResults(where, code, period));
    const version = this.pledges.of(authority);
    const line = version && linesOf(version).find((each) => each.kind === 'statement' && each.code === code);
    if (!result || !line) throw missing('statement');
    return { authority, team: where.team ?? null, text: line.text, wording: version.version, ...result };
  }
}
