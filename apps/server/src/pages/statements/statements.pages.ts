import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import { Authorities } from '#authorities/authorities';
import { missing } from '#kernel/refusal';
import { linesOf } from '#pledge/pledge-lines';
import { Pledges } from '#pledge/pledges';
import { ClosedHalves } from '#statements/closed-halves';
import { StatementResults } from '#statements/statements.queries';
import { halfWords, resultWords } from '#statements/told-words';
import { councilAsked, teamAsked, WhichAnswers } from '../../api/statements.api.js';
import { Allow } from '../../edge/allow.js';
import type { Asked } from '../../edge/guard.js';
import { Pages } from '../../shell/pages.js';
import { apartFrom, resultTable } from './statement.view.js';
import { councilOptions } from '../filters.js';

/** What people say about the statements of the pledge, for everyone. */
@Controller('statements')
@Allow('anyone')
export class StatementsPages {
  constructor(
    private readonly pages: Pages,
    private readonly queries: QueryBus,
    private readonly pledges: Pledges,
    private readonly authorities: Authorities,
    private readonly halves: ClosedHalves,
  ) {}

  @Get()
  async list(@Query() which: WhichAnswers, @Req() request: Asked, @Res() reply: FastifyReply): Promise<void> {
    const around = await this.around(which);
    const version = this.pledges.of(around.council.code);
    const groups = (version?.groups ?? []).map(async ({ code, text, statements }) => ({
      code,
      text,
      statements: await Promise.all(
        statements.map(async (each) => {
          const result = await this.queries.execute(new StatementResults(around.where, each.code, around.half));
          return { ...each, href: `/statements/${each.code}?${around.query}`, words: result ? resultWords(result)[0] : '' };
        }),
      ),
    })); // prettier-ignore
    const variables = { title: 'What people say', ...around, lead: version?.statementsLead, groups: await Promise.all(groups) }; // prettier-ignore
    this.pages.send(request, reply, 'pages/statements/list.njk', variables, { personal: false });
  }

  @Get(':code')
  async show(
    @Param('code') code: string,
    @Query() which: WhichAnswers,
    @Req() request: Asked,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const around = await this.around(which);
    const version = this.pledges.of(around.council.code);
    const line = version && linesOf(version).find((each) => each.kind === 'statement' && each.code === code);
    const result = await this.queries.execute(new StatementResults(around.where, code, around.half));
    if (!line || !result) throw missing('statement');
    const variables = {
      title: `“${line.text}”`,
      code,
      ...around,
      askedAs: result.askedAs,
      words: resultWords(result),
      table: resultTable(result),
      apart: result.state === 'shown' ? apartFrom(result) : undefined,
      wording: result.wording?.split(' ').at(-1) ?? version.version,
      back: { href: `/statements?${around.query}`, text: 'What people say' },
    };
    this.pages.send(request, reply, 'pages/statements/show.njk', variables, { personal: false });
  }

  private async around(which: WhichAnswers) {
    const team = await teamAsked(this.queries, which);
    const council = councilAsked(this.authorities, team ? { authority: team.authority } : which);
    const half = which.period ?? this.halves.last();
    return {
      council: { code: council.code, name: team ? `${team.name}, ${council.name}` : council.name },
      where: { authority: council.code, ...(team && { team: team.id }) },
      half,
      period: halfWords(half),
      query: new URLSearchParams({ authority: council.code, ...(team && { team: team.id }), period: half }).toString(),
      filters: [
        { name: 'authority', label: 'Council', value: council.code, options: councilOptions(this.authorities.everyCouncil()) },
        { name: 'period', label: 'Half year', value: half, options: this.halves.toChoose().map((each) => ({ value: each, text: halfWords(each) })) },
      ],
    }; // prettier-ignore
  }
}
