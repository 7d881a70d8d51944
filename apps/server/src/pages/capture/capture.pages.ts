import { Controller, Get, Param, ParseUUIDPipe, Post, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import { RECORDERS } from '#identity/who';
import { FindCarriedOver } from '#meetings/carried-over';
import { mergeCapture } from '#meetings/merge-capture';
import { type Captured, parseQuickCapture, printQuickCapture } from '#meetings/quick-capture';
import { talkAbout } from '#meetings/talk-about';
import { Vault } from '#vault/vault';
import { Id, Text } from '../../api/fields.js';
import { Allow } from '../../edge/allow.js';
import type { FieldProblem } from '../../edge/bad-input.js';
import { Repeatable } from '../../edge/command-context.js';
import { readForm } from '../../edge/form.js';
import type { Asked } from '../../edge/guard.js';
import { Pages } from '../../shell/pages.js';
import { shownText } from '../list-address.js';
import { carriedOver, lineProblems, previewRows, tasksOf } from './capture.view.js';
import { CaptureDesk, type Desk } from './capture-desk.js';
import { EarlierMatters } from './earlier-matters.js';

/** A whole meeting, typed live. */
const LONGEST = 200_000;
/** How far ahead a promise counts as due soon, in days. */
const SOON = 14;

class LinesForm {
  @Text(LONGEST, { optional: true }) lines?: string;
  @Text(9, { optional: true }) revision?: string;
}

/** One of the three, and what stands in the big box. */
class TalkForm extends LinesForm {
  @Id({ optional: true }) view?: string;
  @Id({ optional: true }) promise?: string;
  @Id({ optional: true }) decision?: string;
}

interface Shown {
  readonly lines?: string;
  readonly captured?: Captured;
  readonly revision?: number;
  readonly theirs?: string;
  readonly problems?: readonly FieldProblem[];
  readonly banner?: string;
}

/** Capture now, sort later, record once: what is owed from last time, one big box, and the way to each step. */
@Controller('meetings/:id/capture')
@Allow(RECORDERS)
export class CapturePages {
  constructor(
    private readonly pages: Pages,
    private readonly desk: CaptureDesk,
    private readonly queries: QueryBus,
    private readonly matters: EarlierMatters,
    private readonly vault: Vault,
  ) {}

  @Get()
  async show(@Param('id', ParseUUIDPipe) id: string, @Req() request: Asked, @Res() reply: FastifyReply): Promise<void> {
    await this.page(request, reply, await this.desk.open(id, request));
  }

  /** "Check what I typed": saves the draft and shows how each line was understood. Nothing is ever rejected. */
  @Post()
  @Repeatable()
  async check(
    @Param('id', ParseUUIDPipe) id: string,
    @Req() request: Asked,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const desk = await this.desk.open(id, request);
    const { typed, problems, form } = readForm(LinesForm, request.body);
    if (!form) {
      const lines = typeof typed['lines'] === 'string' ? typed['lines'] : '';
      return this.page(request, reply, desk, { lines, problems });
    }
    const lines = form.lines ?? '';
    const captured = parseQuickCapture(lines, desk.today);
    const saved = await this.desk.save(desk, mergeCapture(desk.saved.draft, captured.data), form.revision);
    await this.page(
      request,
      reply,
      desk,
      'theirs' in saved
        ? {
            lines,
            captured,
            revision: saved.theirs.revision,
            theirs: printQuickCapture(saved.theirs.draft),
            problems: saved.problems,
          }
        : {
            lines,
            captured,
            revision: saved.revision,
            problems: lineProblems(captured.problems),
            banner: 'Draft saved.',
          },
    );
  }

  /** What the page's script calls while somebody types: the same save, answered with a number. */
  @Post('autosave')
  @Repeatable()
  async autosave(
    @Param('id', ParseUUIDPipe) id: string,
    @Req() request: Asked,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const desk = await this.desk.open(id, request);
    const { form } = readForm(LinesForm, request.body);
    if (!form) return void reply.status(400).send({ saved: false });
    const { data } = parseQuickCapture(form.lines ?? '', desk.today);
    const saved = await this.desk.save(desk, mergeCapture(desk.saved.draft, data), form.revision);
    if ('theirs' in saved) return void reply.status(409).send({ saved: false });
    void reply.header('cache-control', 'no-store').send({ saved: true, revision: saved.revision });
  }

  /** "Talk about this now": what was typed so far is kept, and the matter stands in the draft, ready for an answer. */
  @Post('talk')
  @Repeatable()
  async talk(@Param('id', ParseUUIDPipe) id: string, @Req() request: Asked, @Res() reply: FastifyReply): Promise<void> {
    const desk = await this.desk.open(id, request);
    const { typed, problems, form } = readForm(TalkForm, request.body);
    const lines = typeof typed['lines'] === 'string' ? typed['lines'] : undefined;
    if (!form) return this.page(request, reply, desk, { ...(lines !== undefined && { lines }), problems });
    const { views, question } = await this.matters.find(desk, form);
    const { draft } = desk.saved;
    const before = lines === undefined ? draft : mergeCapture(draft, parseQuickCapture(lines, desk.today).data);
    const saved = await this.desk.save(desk, talkAbout(before, views, question), form.revision);
    if ('theirs' in saved)
      return this.page(request, reply, desk, {
        lines: lines ?? '',
        revision: saved.theirs.revision,
        theirs: printQuickCapture(saved.theirs.draft),
        problems: saved.problems,
      });
    void reply.redirect(`/meetings/${id}/capture?done=draft#lines`, 303);
  }

  private async page(request: Asked, reply: FastifyReply, desk: Desk, shown: Shown = {}): Promise<void> {
    const { meeting, saved, today } = desk;
    if (meeting.recorded_at) return void reply.redirect(`/meetings/${meeting.id}?done=already`, 303);
    const dueBy = new Date(Date.parse(today) + SOON * 86_400_000).toISOString().slice(0, 10);
    const owed = await this.queries.execute(new FindCarriedOver(meeting.team, today, dueBy));
    const draft = shown.captured ? mergeCapture(saved.draft, shown.captured.data) : saved.draft;
    const variables = {
      title: meeting.title,
      meeting,
      owed: carriedOver(owed, (ref) => shownText(this.vault, ref), draft),
      tasks: tasksOf(meeting.id, draft),
      rows: shown.captured && previewRows(meeting.id, shown.captured.rows, shown.captured.data),
      theirs: shown.theirs,
      revision: shown.revision ?? saved.revision,
      back: { href: `/meetings/${meeting.id}`, text: 'The meeting' },
    };
    const lines = shown.lines ?? printQuickCapture(draft);
    this.pages.send(request, reply, 'pages/capture/capture.njk', variables, {
      banner: shown.problems?.length ? undefined : shown.banner,
      returned: { typed: { lines }, problems: shown.problems ?? [] },
    });
  }
}
