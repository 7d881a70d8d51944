import { createHash } from 'node:crypto';
import { Controller, Get, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import { Authorities } from '#authorities/authorities';
import { Cards } from '#contributions/cards';
import { GiveContribution } from '#contributions/contribution.commands';
import { createdId } from '#event-store/ids';
import type { CommandContext } from '#event-store/recorder';
import { RegisterParticipant } from '#participants/participants.module';
import { refuse } from '#kernel/refusal';
import { FindTeam, ListTeams } from '#teams/teams.queries';
import { SealedFiles } from '#vault/sealed-files';
import { Allow } from '../../edge/allow.js';
import type { FieldProblem } from '../../edge/bad-input.js';
import { Ctx } from '../../edge/command-context.js';
import { Deliveries } from '../../edge/deliveries.js';
import { attempt, readForm } from '../../edge/form.js';
import type { Asked } from '../../edge/guard.js';
import { NAME_FOUND, namesProblems } from '../../edge/names-problem.js';
import { TakesFiles, type Uploaded } from '../../edge/multipart.js';
import { ReadYourWrite } from '../../edge/read-your-write.js';
import { WhoIsAsking } from '../../edge/who-is-asking.js';
import { Pages } from '../../shell/pages.js';
import { TellUsForm } from './tell-us.form.js';
import { tellUsView } from './tell-us.view.js';

type Returned = { typed: Readonly<Record<string, unknown>>; problems: readonly FieldProblem[] };

/** A view without an account: in their own words, with help, or said for someone who agreed. */
@Controller('tell-us')
@Allow('anyone')
export class TellUsPages {
  constructor(
    private readonly pages: Pages,
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly authorities: Authorities,
    private readonly cards: Cards,
    private readonly files: SealedFiles,
    private readonly asking: WhoIsAsking,
    private readonly deliveries: Deliveries,
    private readonly wrote: ReadYourWrite,
  ) {}

  @Get()
  show(@Req() request: Asked, @Res() reply: FastifyReply, @Query('team') team?: string) {
    return this.form(request, reply, { typed: { ...(typeof team === 'string' && { team }) }, problems: [] });
  }

  @Post()
  @TakesFiles()
  async give(@Req() request: Asked, @Res() reply: FastifyReply, @Ctx() made: CommandContext): Promise<void> {
    const fields = (request.body ?? {}) as Record<string, string>;
    const uploaded: Uploaded = { files: [], problems: [], ...request.uploaded, fields };
    // Whoever may sign in here gives this view as anyone does: to any council.
    const { within: _, ...context } = made;
    const returned = readForm(TellUsForm, fields);
    const problems = [...nothingSaid(uploaded), ...uploaded.problems, ...returned.problems];
    if (!returned.form || problems.length > 0) return this.form(request, reply, { typed: returned.typed, problems });
    const form = returned.form;
    const names = form.namesSeen ? [] : namesProblems({ ...form, words: form.words ?? '' });
    if (names.length > 0) return this.form(request, reply, { typed: returned.typed, problems: names });
    const id = createdId(context.commandId, 'contribution');
    const given = await attempt(async () => {
      await this.mustFit(form);
      if (request.uploaded) await this.mustBeTheSame(uploaded, context);
      await this.record(id, form, uploaded, context);
    });
    if ('problems' in given) return this.form(request, reply, { typed: returned.typed, problems: given.problems });
    const card = Cards.firstCardOf(id);
    // The one who gave it may see it at once, on this device, without typing the code.
    await this.asking.openCard(request, reply, { card, contribution: id });
    void reply.redirect('/my-view/card?done=recorded', 303);
  }

  /** A view goes to a council that there is, and to a team of that council: anywhere else nobody would read it. */
  private async mustFit({ authority, team }: TellUsForm): Promise<void> {
    if (!this.authorities.councils().some(({ code }) => code === authority))
      throw refuse('council-unknown', 'Choose your council.', '/authority');
    const found = team ? await this.queries.execute(new FindTeam(team)) : undefined;
    if (team && found?.authority !== authority)
      throw refuse('team-elsewhere', 'Choose a team of the council that you chose, or choose no team.', '/team');
  }

  /** The fields of a form with files are read here, so here is where a form changed and sent again is told from a retry. */
  private async mustBeTheSame({ fields, files }: Uploaded, { commandId, now }: CommandContext): Promise<void> {
    const sent = files.map(({ field, bytes }) => [field, createHash('sha256').update(bytes).digest('base64url')]);
    if ((await this.deliveries.reserve(commandId, { fields, files: sent }, now.instant)) === 'other')
      throw refuse(
        'key-reused',
        'You sent this form before, with other words. Send it again: it is a view of its own.',
        '/words',
      );
  }

  private async record(id: string, form: TellUsForm, uploaded: Uploaded, context: CommandContext): Promise<void> {
    const { name, contact, format, fileShows, words, team, helper, agreed, groupSize, namesSeen: _, ...rest } = form;
    const participant = name || contact ? createdId(context.commandId, 'participant') : undefined;
    if (participant) {
      const person = {
        authority: form.authority,
        name: name ?? '',
        attribution: form.attribution,
        ...(contact && { contact }),
        ...(format && { format }),
      };
      await this.commands.execute(
        new RegisterParticipant(
          { ...context, commandId: createdId(context.commandId, 'register') },
          participant,
          person,
        ),
      );
    }
    const subject = participant ?? id;
    const media = await Promise.all(
      uploaded.files.map(async ({ media: kind, type, bytes }) => ({
        kind,
        description: fileShows ?? '',
        file: await this.files.put(subject, `contribution-${id}`, { type, bytes }),
      })),
    );
    const body = {
      ...rest,
      channel: 'online' as const,
      card: Cards.firstCardOf(id),
      ...(words && { words }),
      ...(team && { team }),
      ...(participant && { participant }),
      ...(helper && { helper }),
      ...(agreed !== undefined && { agreed }),
      ...(groupSize && { groupSize }),
      ...(media.length > 0 && { media }),
    };
    await this.wrote.after(this.commands.execute(new GiveContribution(context, id, body)));
  }

  private async form(request: Asked, reply: FastifyReply, returned: Returned): Promise<void> {
    const teams = await this.queries.execute(new ListTeams({ limit: 200 }));
    this.pages.send(
      request,
      reply,
      'pages/tell-us/tell-us.njk',
      {
        title: 'Tell us your view',
        askAboutNames:
          returned.problems.some(({ code }) => code === NAME_FOUND) || returned.typed['namesSeen'] === 'yes',
        ...tellUsView(this.authorities.councils(), teams.items),
      },
      { returned },
    );
  }
}

/** Said together with what else is missing, so that nobody has to send the form twice to learn it. */
const nothingSaid = ({ fields, files, problems }: Uploaded): FieldProblem[] => {
  // A body that no form of ours sends may hold anything here; the form's own check says what is wrong with it.
  const words: unknown = fields['words'] ?? '';
  const isNothing = typeof words === 'string' && words.trim() === '' && files.length === 0 && problems.length === 0;
  return isNothing
    ? [
        {
          pointer: '/words',
          code: 'words-missing',
          detail: 'Enter what you want to say, or add a photo, drawing or recording.',
        },
      ]
    : [];
};
