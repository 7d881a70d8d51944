import { createHash } from 'node:crypto';
import { Controller, ForbiddenException, Get, Param, ParseUUIDPipe, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { createdId } from '#event-store/ids';
import type { CommandContext } from '#event-store/recorder';
import { PROMISE_KEEPERS, RECORDERS, type Who } from '#identity/who';
import { missing, refuse } from '#kernel/refusal';
import type { PromiseRow } from '#lifecycle/promise-row';
import type { PromiseStep } from '#lifecycle/promise-steps';
import { People } from '#participants/people';
import { Vault } from '#vault/vault';
import { Text } from '../../api/fields.js';
import { Allow } from '../../edge/allow.js';
import { Ctx } from '../../edge/command-context.js';
import { type Again, submit } from '../../edge/form.js';
import type { Asked } from '../../edge/guard.js';
import { isOwner, Kind, PROMISE_KINDS, PromiseDesk, type PromiseKind } from '../../edge/promise-desk.js';
import { Pages } from '../../shell/pages.js';
import { shownText } from '../list-address.js';
import { STEP_FORMS, type StepForm } from './steps.js';

class AnyStepForm {
  @Text(10_000, { optional: true }) words?: string;
  @Text(10_000, { optional: true }) reason?: string;
  @Text(10_000, { optional: true }) what?: string;
  @Text(500, { optional: true }) title?: string;
  @Text(20, { optional: true }) kind?: string;
  @Text(2_000, { optional: true }) url?: string;
  @Text(200, { optional: true }) supplier?: string;
  @Text(200, { optional: true }) hash?: string;
  @Text(20, { optional: true }) to?: string;
  @Text(20, { optional: true }) due?: string;
  @Text(20, { optional: true }) lookAgain?: string;
  @Text(200, { optional: true }) agreedBy?: string;
  @Text(10, { optional: true }) confirmed?: string;
  @Text(200, { optional: true }) name?: string;
  @Text(200, { optional: true }) role?: string;
  @Text(200, { optional: true }) forWhom?: string;
  @Text(20, { optional: true }) source?: string;
  @Text(200, { optional: true }) before?: string;
  @Text(200, { optional: true }) after?: string;
}

/** What an owner and a checker do with a promise of either kind. */
@Controller(PROMISE_KINDS.map((kind) => `${kind}/:id`))
@Allow(PROMISE_KEEPERS)
export class StepsPages {
  constructor(
    private readonly pages: Pages,
    private readonly desk: PromiseDesk,
    private readonly people: People,
    private readonly vault: Vault,
  ) {}

  @Get(':step')
  async show(
    @Kind() kind: PromiseKind,
    @Param('id', ParseUUIDPipe) id: string,
    @Param('step') step: string,
    @Req() request: Asked,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const asked = formOf(step);
    const row = await this.find(kind, id, request);
    mustDecide(asked, row, request);
    this.form(request, reply, kind, asked, row);
  }

  @Post(':step')
  async take(
    @Kind() kind: PromiseKind,
    @Param('id', ParseUUIDPipe) id: string,
    @Param('step') code: string,
    @Req() request: Asked,
    @Res() reply: FastifyReply,
    @Ctx() context: CommandContext,
  ): Promise<void> {
    const step = formOf(code);
    const row = await this.find(kind, id, request);
    mustDecide(step, row, request);
    const taken = await submit(AnyStepForm, request.body, async (form) =>
      this.desk.take(kind, context, id, await this.stepOf(step, form, row, context, request.who)),
    );
    if ('problems' in taken) return this.form(request, reply, kind, step, row, taken);
    void reply.redirect(`/${kind}/${id}?done=saved`, 303);
  }

  private async stepOf(
    { code }: StepForm,
    form: AnyStepForm,
    row: PromiseRow,
    context: CommandContext,
    who: Who,
  ): Promise<PromiseStep> {
    const { words = '', reason = '', role: byRole } = { ...form, role: context.actor.role };
    switch (code) {
      case 'accept':
        return { do: code };
      case 'progress':
        return { do: code, words };
      case 'evidence': {
        const written = createHash('sha256').update(`${form.title ?? ''}\n${form.url ?? ''}`);
        const hash = form.hash?.trim().toLowerCase() ?? written.digest('hex');
        const kind = (['document', 'photo', 'link', 'statement', 'data'] as const).find((each) => each === form.kind);
        if (!kind) throw refuse('kind-missing', 'Choose what kind of proof it is.', '/kind');
        return {
          do: code,
          evidence: createdId(context.commandId, 'evidence'),
          kind,
          hash,
          title: form.title ?? '',
          suppliedByRole: byRole,
          ...(form.url && { url: form.url }),
          ...(form.supplier && { supplier: form.supplier }),
        };
      }
      case 'ask-date':
        return { do: code, request: createdId(context.commandId, 'request'), to: form.to ?? '', reason };
      case 'move-date':
        return { do: code, due: form.due ?? '', reason, agreedBy: form.agreedBy ?? '' };
      case 'pause':
        return { do: code, reason, lookAgain: form.lookAgain ?? '' };
      case 'drop':
        return { do: code, reason };
      case 'report-done':
        return { do: code, byRole, ...(words && { words }) };
      case 'check':
        if (form.confirmed !== 'yes' && form.confirmed !== 'no')
          throw refuse('confirmed-missing', 'Choose whether it is done.', '/confirmed');
        return {
          do: code,
          confirmed: form.confirmed === 'yes',
          person: context.actor.ref,
          byRole,
          ...(words && { words }),
        };
      case 'reopen':
        return { do: code, reason, due: form.due ?? '', byRole, byOwner: isOwner(who, row) };
      case 'change-owner': {
        // Nobody is written down before the rules have seen the name.
        const person = form.name?.trim() ? await this.people.staff(row.authority, form.name) : '';
        return {
          do: code,
          person,
          name: form.name ?? '',
          role: form.role ?? '',
          reason,
          oldName: shownText(this.vault, row.owner_name),
        };
      }
      case 'effect': {
        const source = (['person', 'staff', 'data', 'inspection', 'other'] as const).find(
          (each) => each === form.source,
        );
        if (!source) throw refuse('source-missing', 'Choose who says so.', '/source');
        return {
          do: code,
          what: form.what ?? '',
          forWhom: form.forWhom ?? 'Not said',
          source,
          ...(form.before && { before: form.before }),
          ...(form.after && { after: form.after }),
        };
      }
      case 'reasons':
        return { do: code, words };
      case 'verdict':
        throw missing('page');
    }
  }

  /** A card says what it sees on its own page, not here. */
  private async find(kind: PromiseKind, id: string, { who }: Asked): Promise<PromiseRow> {
    if (who.kind === 'card') throw missing('promise');
    return this.desk.find(kind, id, who);
  }

  private form(
    request: Asked,
    reply: FastifyReply,
    kind: PromiseKind,
    step: StepForm,
    row: PromiseRow,
    returned?: Again,
  ): void {
    const variables = {
      title: step.title,
      step,
      what: shownText(this.vault, row.what),
      action: `/${kind}/${row.id}/${step.code}`,
      back: { href: `/${kind}/${row.id}` },
    };
    this.pages.send(request, reply, 'pages/service-changes/step.njk', variables, returned ? { returned } : {});
  }
}

const formOf = (code: string): StepForm => {
  const step = STEP_FORMS.find((each) => each.code === code);
  if (!step) throw missing('page');
  return step;
};

/** The team decides about a date; its owner asks for one. */
const mustDecide = ({ code }: StepForm, { owner_person: owner }: PromiseRow, { who }: Asked): void => {
  if (code === 'reasons' && (who.kind !== 'staff' || who.ref !== owner))
    throw new ForbiddenException('Only who promised this can say why it is late.');
  if (code === 'move-date' && (who.kind !== 'staff' || !RECORDERS.includes(who.role) || who.ref === owner))
    throw new ForbiddenException('The team decides about a new date. You can ask for one.');
};
