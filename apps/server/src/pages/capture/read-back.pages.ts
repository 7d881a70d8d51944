import { Controller, Get, Param, ParseUUIDPipe, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { RECORDERS } from '#identity/who';
import type { DraftView } from '#meetings/draft';
import { whoSaid } from '#meetings/roster';
import { OneOf, Text } from '../../api/fields.js';
import { Allow } from '../../edge/allow.js';
import { Repeatable } from '../../edge/command-context.js';
import { type Again, readForm } from '../../edge/form.js';
import type { Asked } from '../../edge/guard.js';
import { Pages } from '../../shell/pages.js';
import { CaptureDesk, type Desk } from './capture-desk.js';

class ReadBackForm {
  @OneOf(['right', 'change'], { missing: 'Choose “That’s right” or “Change it”.' }) answer: 'right' | 'change';
  @Text(9, { optional: true }) revision?: string;
}

/** The chair reads each view aloud, in large letters; the person says "that's right" or "change it". */
@Controller('meetings/:id/capture/read-back')
@Allow(RECORDERS)
export class ReadBackPages {
  constructor(
    private readonly pages: Pages,
    private readonly desk: CaptureDesk,
  ) {}

  @Get()
  async first(
    @Param('id', ParseUUIDPipe) id: string,
    @Req() request: Asked,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    this.page(request, reply, await this.desk.open(id, request), 1);
  }

  @Get(':card')
  async show(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('card') card: string,
    @Req() request: Asked,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    this.page(request, reply, await this.desk.open(id, request), cardNumber(card));
  }

  @Post(':card')
  @Repeatable()
  async answer(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('card') card: string,
    @Req() request: Asked,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const desk = await this.desk.open(id, request);
    const at = cardNumber(card);
    const view = told(desk)[at - 1];
    const { form, typed, problems } = readForm(ReadBackForm, request.body);
    if (!form || !view) return this.page(request, reply, desk, at, { typed, problems });
    const readBack = form.answer === 'right';
    const views = desk.saved.draft.views.map((each) => (each.number === view.number ? { ...each, readBack } : each));
    const saved = await this.desk.save(desk, { ...desk.saved.draft, views }, form.revision);
    if ('theirs' in saved)
      return this.page(request, reply, { ...desk, saved: saved.theirs }, at, { typed, problems: saved.problems });
    const base = `/meetings/${id}/capture`;
    const isLast = at >= told(desk).length;
    void reply.redirect(
      readBack ? (isLast ? `${base}?done=draft` : `${base}/read-back/${at + 1}`) : `${base}/views/${view.number}`,
      303,
    );
  }

  private page(request: Asked, reply: FastifyReply, desk: Desk, at: number, returned?: Again): void {
    const { meeting, saved, facts } = desk;
    if (meeting.recorded_at) return void reply.redirect(`/meetings/${meeting.id}?done=already`, 303);
    const views = told(desk);
    const view = views[at - 1];
    const base = `/meetings/${meeting.id}/capture/read-back`;
    const variables = {
      title: 'Read it back',
      view,
      who: view && (whoSaid(view, facts.roster)?.name ?? view.who),
      at,
      of: views.length,
      revision: saved.revision,
      action: `${base}/${at}`,
      previous: at > 1 ? `${base}/${at - 1}` : null,
      next: at < views.length ? `${base}/${at + 1}` : null,
      back: { href: `/meetings/${meeting.id}/capture`, text: 'All steps' },
    };
    this.pages.send(request, reply, 'pages/capture/read-back.njk', variables, returned ? { returned } : {});
  }
}

/** Views told at this meeting; what was given before was read back then, or not. */
const told = ({ saved }: Desk): readonly DraftView[] =>
  saved.draft.views.filter(({ existing }) => existing === undefined);

const cardNumber = (typed: string): number => (/^\d{1,5}$/.test(typed) ? Number(typed) : 1);
