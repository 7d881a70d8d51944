import { Controller, Get, Param, ParseUUIDPipe, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { RECORDERS } from '#identity/who';
import { missing } from '#kernel/refusal';
import type { Draft } from '#meetings/draft';
import { Allow } from '../../edge/allow.js';
import type { FieldProblem } from '../../edge/bad-input.js';
import { Repeatable } from '../../edge/command-context.js';
import { readForm } from '../../edge/form.js';
import type { Asked } from '../../edge/guard.js';
import { Pages } from '../../shell/pages.js';
import { CAPACITIES_OF_OTHERS } from '../teams/capacities.js';
import { CaptureDesk, type Desk } from './capture-desk.js';
import { DecisionForm, PromiseForm, ViewForm } from './items.forms.js';
import {
  decisionTyped,
  type ItemKind,
  promiseTyped,
  viewTyped,
  withDecision,
  without,
  withPromise,
  withView,
} from './items-draft.js';
import { itemRows, viewOptions, whatTheySee } from './items.view.js';
import { placeNow, SEEN_FIELD, seenOf } from './seen.js';
import { ANSWER_OPTIONS, ATTRIBUTIONS_OF_OTHERS, EFFECT_OPTIONS, REASON_OPTIONS, VOICES_OF_OTHERS } from './options.js';

const STEPS: Readonly<Record<ItemKind, { list: string; add: string; one: string; next: string }>> = {
  views: { list: 'What people said', add: 'Add a view', one: 'What did they say?', next: 'decisions' },
  decisions: {
    list: 'What the team decided',
    add: 'Add an answer',
    one: 'What did the team decide?',
    next: 'promises',
  },
  promises: { list: 'What we promised', add: 'Add a promise', one: 'What do we promise?', next: 'how-was-it' },
};

/** Views, answers and promises one by one: the same draft as quick capture, with a question for each thing. */
@Controller('meetings/:id/capture')
@Allow(RECORDERS)
export class CaptureItemsPages {
  constructor(
    private readonly pages: Pages,
    private readonly desk: CaptureDesk,
  ) {}

  @Get('views')
  views(@Param('id', ParseUUIDPipe) id: string, @Req() request: Asked, @Res() reply: FastifyReply): Promise<void> {
    return this.list(id, 'views', request, reply);
  }

  @Get('decisions')
  decisions(@Param('id', ParseUUIDPipe) id: string, @Req() request: Asked, @Res() reply: FastifyReply): Promise<void> {
    return this.list(id, 'decisions', request, reply);
  }

  @Get('promises')
  promises(@Param('id', ParseUUIDPipe) id: string, @Req() request: Asked, @Res() reply: FastifyReply): Promise<void> {
    return this.list(id, 'promises', request, reply);
  }

  @Get(':kind/:at')
  async show(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('kind') code: string,
    @Param('at') at: string,
    @Req() request: Asked,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const kind = kindOf(code);
    const desk = await this.desk.open(id, request);
    this.page(request, reply, desk, kind, placeOf(at, kind, desk.saved.draft));
  }

  @Post(':kind/:at')
  @Repeatable()
  async save(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('kind') code: string,
    @Param('at') place: string,
    @Req() request: Asked,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const kind = kindOf(code);
    const desk = await this.desk.open(id, request);
    const typed = (request.body ?? {}) as Record<string, unknown>;
    const seen = typed[SEEN_FIELD];
    const at = seen ? placeNow(desk.saved.draft, kind, seen) : placeOf(place, kind, desk.saved.draft);
    const isRemoval = typed['then'] === 'remove';
    // Somebody else took it out, or changed it: nothing is taken out unseen.
    if (isRemoval && at === undefined) return void reply.redirect(`/meetings/${id}/capture/${kind}`, 303);
    const read =
      isRemoval && at !== undefined
        ? { draft: without(desk.saved.draft, kind, at) }
        : this.read(kind, desk.saved.draft, at, typed);
    if ('problems' in read) return this.page(request, reply, desk, kind, at, { typed, problems: read.problems });
    const saved = await this.desk.save(desk, read.draft, typed['revision']);
    if ('theirs' in saved)
      return this.page(
        request,
        reply,
        { ...desk, saved: saved.theirs },
        kind,
        placeNow(saved.theirs.draft, kind, seen),
        {
          typed,
          problems: saved.problems,
        },
      );
    const here = `/meetings/${id}/capture/${kind}`;
    const goTo =
      typed['then'] === 'another'
        ? `${here}/new`
        : typed['then'] === 'see'
          ? `${here}/${at ?? read.draft[kind].length}`
          : here;
    void reply.redirect(`${goTo}?done=draft`, 303);
  }

  private async list(id: string, kind: ItemKind, request: Asked, reply: FastifyReply): Promise<void> {
    const desk = await this.desk.open(id, request);
    if (desk.meeting.recorded_at) return void reply.redirect(`/meetings/${id}?done=already`, 303);
    const variables = {
      title: STEPS[kind].list,
      kind,
      step: STEPS[kind],
      meeting: desk.meeting,
      items: itemRows(desk.saved.draft, desk.facts.roster)[kind],
      back: { href: `/meetings/${id}/capture`, text: 'All steps' },
    };
    this.pages.send(request, reply, 'pages/capture/items.njk', variables);
  }

  private read(
    kind: ItemKind,
    draft: Draft,
    at: number | undefined,
    typed: object,
  ): { draft: Draft } | { problems: readonly FieldProblem[] } {
    if (kind === 'views') {
      const { form, problems } = readForm(ViewForm, typed);
      return form ? { draft: withView(draft, at, form) } : { problems };
    }
    if (kind === 'decisions') {
      const { form, problems } = readForm(DecisionForm, typed);
      return form ? { draft: withDecision(draft, at, form, typed) } : { problems };
    }
    const { form, problems } = readForm(PromiseForm, typed);
    return form ? { draft: withPromise(draft, at, form) } : { problems };
  }

  private page(
    request: Asked,
    reply: FastifyReply,
    desk: Desk,
    kind: ItemKind,
    at: number | undefined,
    returned?: { typed: Readonly<Record<string, unknown>>; problems: readonly FieldProblem[] },
  ): void {
    const { meeting, saved, facts } = desk;
    if (meeting.recorded_at) return void reply.redirect(`/meetings/${meeting.id}?done=already`, 303);
    const { draft } = saved;
    const view = draft.views.find(({ number }) => number === at);
    const decision = at === undefined ? undefined : draft.decisions[at - 1];
    const filled = {
      views: () => viewTyped(view),
      decisions: () => decisionTyped(decision) ?? {},
      promises: () => promiseTyped(at === undefined ? undefined : draft.promises[at - 1]) ?? {},
    }[kind]();
    const people = facts.roster.map(({ participant, name }) => ({ value: participant, text: name }));
    const variables = {
      title: at === undefined ? STEPS[kind].add : STEPS[kind].one,
      meeting,
      revision: saved.revision,
      seen: seenOf(draft, kind, at),
      isNew: at === undefined,
      existing: view?.existing,
      preview: kind === 'decisions' && decision && whatTheySee(decision, draft, facts.roster),
      views: viewOptions(draft),
      people: [{ value: '', text: 'Do not say who' }, ...people],
      capacities: CAPACITIES_OF_OTHERS,
      voices: VOICES_OF_OTHERS,
      attributions: ATTRIBUTIONS_OF_OTHERS,
      answers: ANSWER_OPTIONS,
      reasons: REASON_OPTIONS,
      effects: EFFECT_OPTIONS,
      action: `/meetings/${meeting.id}/capture/${kind}/${at ?? 'new'}`,
      back: { href: `/meetings/${meeting.id}/capture/${kind}`, text: STEPS[kind].list },
    };
    this.pages.send(request, reply, `pages/capture/${kind}.njk`, variables, {
      returned: { typed: returned?.typed ?? filled, problems: returned?.problems ?? [] },
    });
  }
}

const kindOf = (code: string): ItemKind => {
  if (!Object.hasOwn(STEPS, code)) throw missing('page');
  return code as ItemKind;
};

/** Views go by their number, answers and promises by their place; `new` is none of them. */
const placeOf = (typed: string, kind: ItemKind, draft: Draft): number | undefined => {
  if (typed === 'new') return undefined;
  const at = /^\d{1,6}$/.test(typed) ? Number(typed) : 0;
  const isThere =
    kind === 'views' ? draft.views.some(({ number }) => number === at) : draft[kind][at - 1] !== undefined;
  if (!isThere) throw missing('entry');
  return at;
};
