import { Controller, Get, Inject, Param, ParseUUIDPipe, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import { Authorities } from '#authorities/authorities';
import { groupedCode } from '#contributions/card';
import { createdId } from '#event-store/ids';
import type { CommandContext } from '#event-store/recorder';
import { RECORDERS } from '#identity/who';
import type { Clock } from '#kernel/aggregate';
import { missing } from '#kernel/refusal';
import { CLOCK } from '#projections/tokens';
import { sittingsOf } from '#statements/round';
import { RoundSlips, type RoundRow } from '#statements/round-slips';
import { OpenRound, TallySlips } from '#statements/statement.commands';
import type { SlipTally } from '#statements/statement.events';
import { ListTeams } from '#teams/teams.queries';
import type { Config } from '../../config.js';
import { Allow } from '../../edge/allow.js';
import { Ctx } from '../../edge/command-context.js';
import { type Again, attempt, readForm, submit } from '../../edge/form.js';
import type { Asked } from '../../edge/guard.js';
import { mayActIn } from '../../edge/may.js';
import { mustBelong } from '../../edge/must-belong.js';
import { ReadYourWrite } from '../../edge/read-your-write.js';
import { longDate } from '../../shell/dates.js';
import { CONFIG, Pages } from '../../shell/pages.js';
import { qrSymbol } from '../../shell/qr.js';
import { nameOf, readCounts, STATEMENT_ANSWERS } from '../capture/tallies.js';
import { VOICE_OPTIONS } from './ask.forms.js';
import { RoundDesk } from '../../statements/round-desk.js';
import { PaperHead, RoundBody } from '../../api/statement-rounds.bodies.js';
import { StatementWords } from '../../statements/statement-words.js';
import { councilOptions } from '../filters.js';

/** The check twice a year, for those who run it: begin it, print its slips, enter what came back on paper. */
@Controller('statement-rounds')
@Allow(RECORDERS)
export class RoundsPages {
  constructor(
    private readonly pages: Pages,
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly authorities: Authorities,
    private readonly slips: RoundSlips,
    private readonly desk: RoundDesk,
    private readonly words: StatementWords,
    private readonly wrote: ReadYourWrite,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  async list(@Req() request: Asked, @Res() reply: FastifyReply): Promise<void> {
    await this.start(request, reply);
  }

  @Post()
  async open(@Req() request: Asked, @Res() reply: FastifyReply, @Ctx() context: CommandContext): Promise<void> {
    const id = createdId(context.commandId, 'round');
    const done = await submit(RoundBody, request.body, async ({ authority, ...body }) => {
      mayActIn(request.who, authority);
      await mustBelong(this.queries, { authority, ...(body.team && { team: body.team }) });
      return this.wrote.after(this.commands.execute(new OpenRound(context, authority, id, body)));
    });
    if ('problems' in done) return this.start(request, reply, done);
    void reply.redirect(`/statement-rounds/${id}?done=saved`, 303);
  }

  @Get(':id')
  show(@Param('id', ParseUUIDPipe) id: string, @Req() request: Asked, @Res() reply: FastifyReply): void {
    const round = this.desk.own(id, request.who);
    const parts = sittingsOf(this.desk.askedIn(round)).map((statements, n) => ({
      n: n + 1,
      statements: statements.map((code) => this.words.of(round.authority, code)),
    }));
    const variables = { title: 'The check twice a year', round: this.item(round), parts, back: { href: '/statement-rounds', text: 'All checks' } }; // prettier-ignore
    this.pages.send(request, reply, 'pages/statements/round.njk', variables);
  }

  /** Printed and cut: a code and a QR code on each, and no name. */
  @Get(':id/slips')
  sheet(@Param('id', ParseUUIDPipe) id: string, @Req() request: Asked, @Res() reply: FastifyReply): void {
    const round = this.desk.own(id, request.who);
    const slips = Array.from({ length: round.slips }, (_, n) => {
      const code = this.slips.codeOf(round, n + 1);
      return { code: groupedCode(code), qr: qrSymbol(`${this.config.baseUrl}/check/${code}`) };
    });
    const variables = { title: 'Slips to hand out', slips, until: longDate(round.until), back: { href: `/statement-rounds/${id}` } }; // prettier-ignore
    this.pages.send(request, reply, 'pages/statements/slips.njk', variables);
  }

  @Get(':id/paper')
  paper(
    @Param('id', ParseUUIDPipe) id: string,
    @Query('part') part: string | undefined,
    @Req() request: Asked,
    @Res() reply: FastifyReply,
  ): void {
    this.paperForm(this.desk.own(id, request.who), Number(part ?? 1), request, reply);
  }

  @Post(':id/paper')
  async tally(
    @Param('id', ParseUUIDPipe) id: string,
    @Query('part') part: string | undefined,
    @Req() request: Asked,
    @Res() reply: FastifyReply,
    @Ctx() context: CommandContext,
  ): Promise<void> {
    const round = this.desk.own(id, request.who);
    const n = Number(part ?? 1);
    const { form, typed, problems } = readForm(PaperHead, request.body);
    const counted = readCounts(request.body, this.part(round, n));
    if (!form || counted.problems.length > 0)
      return this.paperForm(round, n, request, reply, { typed, problems: [...problems, ...counted.problems] });
    const { voice, whose } = form;
    const tallies = counted.tallies.map((each): SlipTally => ({ ...each, voice, ...(whose === 'staff' && { capacity: 'staff' }) })); // prettier-ignore
    const send = () => this.wrote.after(this.commands.execute(new TallySlips(context, round.authority, id, tallies)));
    const done = await attempt(send);
    if ('problems' in done) return this.paperForm(round, n, request, reply, { typed, problems: done.problems.map((each) => ({ ...each, pointer: '/voice' })) }); // prettier-ignore
    void reply.redirect(`/statement-rounds/${id}?done=saved`, 303);
  }

  private part(round: RoundRow, n: number): readonly string[] {
    const found = sittingsOf(this.desk.askedIn(round))[n - 1];
    if (!found) throw missing('page');
    return found;
  }

  private paperForm(round: RoundRow, n: number, request: Asked, reply: FastifyReply, returned?: Again): void {
    const variables = {
      title: `Count paper slips, part ${n}`,
      round: this.item(round),
      n,
      statements: this.part(round, n).map((code) => ({ code: nameOf(code), text: this.words.of(round.authority, code) })),
      answers: STATEMENT_ANSWERS,
      voices: VOICES_ON_PAPER,
      whose: [{ value: 'people', text: 'People and families' }, { value: 'staff', text: 'Staff, answering as staff' }],
      back: { href: `/statement-rounds/${round.id}` },
    }; // prettier-ignore
    this.pages.send(request, reply, 'pages/statements/paper.njk', variables, returned ? { returned } : {});
  }

  private async start(request: Asked, reply: FastifyReply, returned?: Again): Promise<void> {
    const own = request.who.kind === 'staff' ? request.who.authority : undefined;
    const councils = this.authorities.councils().filter(({ code }) => own === undefined || code === own);
    const { items } = own ? await this.queries.execute(new ListTeams({ authority: own, limit: 100 })) : { items: [] };
    const variables = {
      title: 'The check twice a year',
      rounds: own ? this.slips.rounds(own).map((round) => this.item(round)) : [],
      councils: councilOptions(councils),
      teams: [{ value: '', text: 'The whole council' }, ...items.map(({ id, name }) => ({ value: id, text: name }))],
      end: `${this.clock.now().today.slice(0, 4)}-${Number(this.clock.now().today.slice(5, 7)) <= 6 ? '06-30' : '12-31'}`,
    };
    this.pages.send(request, reply, 'pages/statements/rounds.njk', variables, returned ? { returned } : {});
  }

  private item({ id, slips, opened_on, until }: RoundRow) {
    const isOpen = until >= this.clock.now().today;
    return { id, slips, opened: longDate(opened_on), until: longDate(until), isOpen, href: `/statement-rounds/${id}` };
  }
}

const VOICES_ON_PAPER = VOICE_OPTIONS.map(({ value }) => ({
  value,
  text: { own: 'The person, alone', helped: 'The person, with help', proxy: 'Someone for the person' }[value] ?? value,
}));
