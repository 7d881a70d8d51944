import { Controller, Get, Param, ParseUUIDPipe, Post, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import type { CommandContext } from '#event-store/recorder';
import { MendFactEntry } from '#facts/fact.commands';
import type { FieldProblem } from '#facts/read-fields';
import { PROMISE_KEEPERS } from '#identity/who';
import { missing } from '#kernel/refusal';
import { Allow } from '../../edge/allow.js';
import { Ctx } from '../../edge/command-context.js';
import { FactDesk, type Mended } from '../../edge/fact-desk.js';
import { attempt } from '../../edge/form.js';
import type { Asked } from '../../edge/guard.js';
import { ReadYourWrite } from '../../edge/read-your-write.js';
import { when } from '../../edge/when.js';
import { readFactForm, typedFrom } from './fact-form.js';
import { type FormPage, FactForms, type Returned } from './fact-forms.js';
import { FactWords } from './fact-words.js';

const LONGEST_WHY = 4_000;
type Way = 'mend' | 'take-back';

/** An entry was wrong. It stays where it is, is marked, and no longer counts; what is right comes in its place, or nothing. */
@Controller('record/:kind/:id/entries/:entry')
@Allow(PROMISE_KEEPERS)
export class MendPages {
  constructor(
    private readonly commands: CommandBus,
    private readonly desk: FactDesk,
    private readonly forms: FactForms,
    private readonly words: FactWords,
    private readonly wrote: ReadYourWrite,
  ) {}

  @Get(':way')
  async show(
    @Param('kind') code: string,
    @Param('id', ParseUUIDPipe) id: string,
    @Param('entry', ParseUUIDPipe) entry: string,
    @Param('way') way: string,
    @Req() request: Asked,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.form(request, reply, await this.desk.mend(code, id, entry, request.who), wayOf(way));
  }

  @Post(':way')
  async mend(
    @Param('kind') code: string,
    @Param('id', ParseUUIDPipe) id: string,
    @Param('entry', ParseUUIDPipe) entry: string,
    @Param('way') asked: string,
    @Req() request: Asked,
    @Res() reply: FastifyReply,
    @Ctx() context: CommandContext,
  ): Promise<void> {
    const found = await this.desk.mend(code, id, entry, request.who);
    const way = wayOf(asked);
    // Taking back has nothing to fill in but why.
    const { typed, problems: wrong, data, on } = readFactForm(way === 'mend' ? found.step.fields : {}, request.body);
    const problems = [...wrong, ...whyProblems(typed)];
    if (problems.length > 0) return this.form(request, reply, found, way, { typed, problems });
    const mend = { entry, why: String(typed['why']).trim(), ...(way === 'mend' && data && { data }) };
    const done = await attempt(async () => {
      const then = way === 'mend' ? when(on, context, '/occurredAt') : {};
      return this.wrote.after(this.commands.execute(new MendFactEntry({ ...context, ...then }, found.kind, id, mend)));
    });
    if ('problems' in done) return this.form(request, reply, found, way, { typed, problems: done.problems });
    void reply.redirect(`/facts/${found.fact.id}?done=${way === 'mend' ? 'mended' : 'taken-back'}`, 303);
  }

  private async form(request: Asked, reply: FastifyReply, found: Mended, way: Way, returned?: Returned): Promise<void> {
    const { kind, fact, step, row } = found;
    const name = this.words.nameOf(kind, fact);
    const place = await this.forms.placeOf(request, fact);
    const isBirth = step === kind.birth;
    const page: FormPage = {
      ...(way === 'mend'
        ? { title: 'Mend a mistake', lead: `You recorded: ${step.happened.toLowerCase()} (${name}). Put right what is wrong. The old entry stays, is marked, and no longer counts.`, press: 'Record what is right' }
        : { title: 'Take an entry back', lead: `You recorded: ${step.happened.toLowerCase()} (${name}). It stays readable, is marked as taken back, and no longer counts.${isBirth ? ' Nothing else that was recorded about it counts any more.' : ''}`, press: 'Take it back' }),
      action: `/record/${kind.code}/${fact.id}/entries/${row.id}/${way}`,
      back: { href: `/facts/${fact.id}`, text: name },
      isPrivate: kind.isPrivate === true,
      mends: true,
      takes: way === 'take-back',
    }; // prettier-ignore
    const data = this.words.dataOf(row);
    await this.forms.send(request, reply, page, step.fields, place, {
      kind,
      ...(returned ? { returned } : { typed: typedFrom(step.fields, data, row.happened_on) }),
      toolkit: isBirth ? undefined : this.forms.toolkitOf(fact),
      criterion: typeof data['criterion'] === 'string' ? data['criterion'] : undefined,
    });
  }
}

const wayOf = (way: string): Way => {
  if (way !== 'mend' && way !== 'take-back') throw missing('page');
  return way;
};

const whyProblems = ({ why }: Returned['typed']): readonly FieldProblem[] => {
  if (typeof why !== 'string' || !/[^\s\p{Cf}\p{Cc}]/u.test(why))
    return [{ pointer: '/why', code: 'missing', detail: 'Say what was wrong.' }];
  return why.length > LONGEST_WHY ? [{ pointer: '/why', code: 'wrong', detail: 'Use 4,000 characters or fewer.' }] : [];
};
