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
import { AboutForm, PeopleForm } from './about.forms.js';
import { aboutTyped, peopleTyped, tallyTyped, withAbout, withPeople } from './about-draft.js';
import { CaptureDesk, type Desk, type DeskPerson } from './capture-desk.js';
import { MEETING_STATEMENTS, OPENNESS_OPTIONS, RUNG_OPTIONS } from './options.js';
import { readTallies, STATEMENT_ANSWERS } from './tallies.js';

const STEPS = {
  about: { title: 'About the meeting', next: 'people' },
  people: { title: 'Who was here', next: 'views' },
  'how-was-it': { title: 'How was the meeting?', next: 'check' },
} as const;
type Step = keyof typeof STEPS;

const LONGEST_REVISION = 9;

/** The steps about the meeting itself: what it was for, who was there, how it was. */
@Controller('meetings/:id/capture')
@Allow(RECORDERS)
export class AboutMeetingPages {
  constructor(
    private readonly pages: Pages,
    private readonly desk: CaptureDesk,
  ) {}

  @Get(':step')
  async show(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('step') step: string,
    @Req() request: Asked,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const desk = await this.desk.open(id, request);
    this.page(request, reply, desk, stepOf(step));
  }

  @Post(':step')
  @Repeatable()
  async save(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('step') code: string,
    @Req() request: Asked,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const step = stepOf(code);
    const desk = await this.desk.open(id, request);
    const typed = (request.body ?? {}) as Record<string, unknown>;
    const read = this.read(step, desk, typed);
    if ('problems' in read) return this.page(request, reply, desk, step, { typed, problems: read.problems });
    const saved = await this.desk.save(desk, read.draft, revisionOf(typed));
    if ('theirs' in saved)
      return this.page(request, reply, { ...desk, saved: saved.theirs }, step, { typed, problems: saved.problems });
    void reply.redirect(`/meetings/${id}/capture/${STEPS[step].next}?done=draft`, 303);
  }

  private read(step: Step, desk: Desk, typed: object): { draft: Draft } | { problems: readonly FieldProblem[] } {
    const { draft } = desk.saved;
    if (step === 'about') {
      const { form, problems } = readForm(AboutForm, typed);
      return form ? { draft: withAbout(draft, form) } : { problems };
    }
    if (step === 'people') {
      const { form, problems } = readForm(PeopleForm, typed);
      return form ? { draft: withPeople(draft, form, desk.facts.roster as readonly DeskPerson[]) } : { problems };
    }
    const { tallies, problems } = readTallies(typed);
    return problems.length > 0 ? { problems } : { draft: { ...draft, howWasIt: tallies } };
  }

  private page(
    request: Asked,
    reply: FastifyReply,
    desk: Desk,
    step: Step,
    returned?: { typed: Readonly<Record<string, unknown>>; problems: readonly FieldProblem[] },
  ): void {
    const { meeting, saved, facts } = desk;
    if (meeting.recorded_at) return void reply.redirect(`/meetings/${meeting.id}?done=already`, 303);
    const roster = facts.roster as readonly DeskPerson[];
    const filled = {
      about: () => ({ openness: meeting.openness, ...withoutUndefined(aboutTyped(saved.draft)) }),
      people: () => peopleTyped(saved.draft, roster),
      'how-was-it': () => tallyTyped(saved.draft),
    }[step]();
    const typed = returned?.typed ?? filled;
    const people = peopleTyped(saved.draft, roster);
    const variables = {
      title: STEPS[step].title,
      meeting,
      revision: saved.revision,
      action: `/meetings/${meeting.id}/capture/${step}`,
      back: { href: `/meetings/${meeting.id}/capture`, text: 'All steps' },
      openness: OPENNESS_OPTIONS,
      rungs: RUNG_OPTIONS,
      roster: roster.map(({ participant, name, capacity }) => ({
        value: participant,
        text: `${name}, ${CAPACITIES_OF_OTHERS.find(({ value }) => value === capacity)?.text.toLowerCase() ?? ''}`,
      })),
      others: CAPACITIES_OF_OTHERS,
      access: people.access,
      interests: longer(people.interests, returned?.typed['interests']),
      statements: MEETING_STATEMENTS,
      answers: STATEMENT_ANSWERS,
    };
    this.pages.send(request, reply, `pages/capture/${step}.njk`, variables, {
      returned: { typed, problems: returned?.problems ?? [] },
    });
  }
}

const stepOf = (code: string): Step => {
  if (!Object.hasOwn(STEPS, code)) throw missing('page');
  return code as Step;
};

const revisionOf = (typed: Readonly<Record<string, unknown>>): unknown => {
  const { revision } = typed;
  return typeof revision === 'string' && revision.length <= LONGEST_REVISION ? revision : undefined;
};

/** As many rows as the draft has, or as were typed. */
const longer = (rows: readonly unknown[], typed: unknown): readonly unknown[] =>
  Array.isArray(typed) && typed.length > rows.length ? typed : rows;

const withoutUndefined = <T extends object>(value: T): Partial<T> =>
  Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as Partial<T>;
