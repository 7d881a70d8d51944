import { Controller, Get, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import { Authorities } from '#authorities/authorities';
import { MakeCommitment } from '#commitments/commitment.commands';
import { createdId } from '#event-store/ids';
import type { CommandContext } from '#event-store/recorder';
import { belongsTo, RECORDERS } from '#identity/who';
import { People } from '#participants/people';
import { partsOf } from '#pledge/pledge-lines';
import { Pledges } from '#pledge/pledges';
import { PledgeListing } from '../../api/pledge-log.query.js';
import { Allow } from '../../edge/allow.js';
import { Ctx } from '../../edge/command-context.js';
import { type Returned, submit } from '../../edge/form.js';
import type { Asked } from '../../edge/guard.js';
import { mayActIn } from '../../edge/may.js';
import { mustBelong } from '../../edge/must-belong.js';
import { ReadYourWrite } from '../../edge/read-your-write.js';
import { Pages } from '../../shell/pages.js';
import { CommitmentForm, FIELD_OF } from './commitment.form.js';
import { councilOptions } from '../filters.js';

/** Writing down what a council promises under its pledge. */
@Controller('commitments')
@Allow(RECORDERS)
export class MakeCommitmentPages {
  constructor(
    private readonly pages: Pages,
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly people: People,
    private readonly pledges: Pledges,
    private readonly authorities: Authorities,
    private readonly wrote: ReadYourWrite,
  ) {}

  @Get('new')
  show(@Query() { part }: PledgeListing, @Req() request: Asked, @Res() reply: FastifyReply): void {
    this.form(request, reply, undefined, part);
  }

  @Post()
  async make(@Req() request: Asked, @Res() reply: FastifyReply, @Ctx() context: CommandContext): Promise<void> {
    const made = await submit(CommitmentForm, request.body, async (form) => {
      mayActIn(request.who, form.authority);
      await mustBelong(this.queries, { authority: form.authority, ...(form.team && { team: form.team }) });
      return this.wrote.after(this.record(form, context));
    });
    if ('problems' in made) {
      const problems = made.problems.map((each) => ({ ...each, pointer: FIELD_OF[each.pointer] ?? each.pointer }));
      return this.form(request, reply, { typed: made.typed, problems });
    }
    void reply.redirect(`/commitments/${createdId(context.commandId, 'commitment')}?done=recorded`, 303);
  }

  private async record(form: CommitmentForm, context: CommandContext) {
    const { authority, team, what = '', ownerName = '', ownerRole = '', due, proofWanted, vagueOverride } = form;
    const [pledge = '', part = ''] = (form.part ?? '').split(' ').slice(-2);
    // Nobody is written down before the rules have seen the name.
    const person = ownerName.trim() ? await this.people.staff(authority, ownerName) : '';
    return this.commands.execute(
      new MakeCommitment(context, createdId(context.commandId, 'commitment'), {
        authority,
        pledge: pledge || (this.pledges.of(authority)?.pledge ?? ''),
        part,
        what,
        owner: { person, name: ownerName, role: ownerRole },
        checker: { role: form.checkerRole ?? '', ...(form.checkerName && { name: form.checkerName }) },
        ...(team && { team }),
        ...(due && { due }),
        ...(proofWanted && { proofWanted }),
        ...(vagueOverride && { vagueOverride }),
      }),
    );
  }

  private form(request: Asked, reply: FastifyReply, returned?: Returned<CommitmentForm>, part?: string): void {
    const councils = this.authorities.councils().filter(({ code }) => belongsTo(request.who, code));
    const parts = this.pledges.codes().flatMap((code) => {
      const version = this.pledges.find(code);
      return version ? partsOf(version).map((line) => ({ value: `${code} ${line.code}`, text: `${line.code} ${line.text}` })) : []; // prettier-ignore
    });
    const variables = {
      title: 'Make a promise under the pledge',
      councils: councilOptions(councils),
      parts: [{ value: '', text: 'Choose one' }, ...parts],
      chosen: parts.find(({ value }) => value.endsWith(` ${part ?? ''}`))?.value,
      back: { href: '/pledge-log', text: 'The pledge log' },
    };
    this.pages.send(request, reply, 'pages/commitments/new.njk', variables, returned ? { returned } : {});
  }
}
