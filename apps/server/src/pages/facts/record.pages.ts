import { Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import { createdId } from '#event-store/ids';
import type { CommandContext } from '#event-store/recorder';
import { RecordFact } from '#facts/fact.commands';
import { PROMISE_KEEPERS } from '#identity/who';
import { linesOf } from '#pledge/pledge-lines';
import { Pledges } from '#pledge/pledges';
import { Allow } from '../../edge/allow.js';
import { Ctx } from '../../edge/command-context.js';
import { FactDesk, hasRole } from '../../edge/fact-desk.js';
import { attempt } from '../../edge/form.js';
import type { Asked } from '../../edge/guard.js';
import { ReadYourWrite } from '../../edge/read-your-write.js';
import { when } from '../../edge/when.js';
import { Pages } from '../../shell/pages.js';
import { readFactForm } from './fact-form.js';
import { FactForms } from './fact-forms.js';
import { FactPlaces } from './fact-places.js';
import { RecordListing } from './record-listing.js';
import { elsewhere, recordAddress, recordGroups } from './record.view.js';

/** “Record what you did”: choose what it was, and write it down. */
@Controller('record')
@Allow(PROMISE_KEEPERS)
export class RecordPages {
  constructor(
    private readonly pages: Pages,
    private readonly commands: CommandBus,
    private readonly desk: FactDesk,
    private readonly forms: FactForms,
    private readonly places: FactPlaces,
    private readonly pledges: Pledges,
    private readonly wrote: ReadYourWrite,
  ) {}

  /** Everyone may read what can be recorded; only those whose work it is get the forms. */
  @Get()
  @Allow('anyone')
  async start(@Query() query: RecordListing, @Req() request: Asked, @Res() reply: FastifyReply): Promise<void> {
    const { who } = request;
    const mayRecord = who.kind === 'staff' && PROMISE_KEEPERS.includes(who.role);
    const place = mayRecord ? await this.places.own(who, query) : undefined;
    const line = query.for === '' ? undefined : query.for;
    const pledge = this.pledges.of(place?.authority);
    const text = pledge && linesOf(pledge).find(({ code }) => code === line)?.text;
    const chosen = place && { authority: place.authority, ...(place.team && { team: place.team.id }) };
    const variables = {
      title: 'Record what you did',
      mayRecord,
      place: place?.name,
      line: line && { code: line, text, all: recordStart(chosen) },
      councils: mayRecord && !place ? this.places.councilsOf(who) : [],
      teams: place ? [{ value: '', text: `${place.council} as a whole` }, ...(await this.places.teamsOf(place.authority))] : [],
      team: place?.team?.id,
      authority: place?.authority,
      groups: recordGroups(line, (kind) => (chosen && hasRole(kind, who) ? recordAddress(kind, chosen) : null)),
      elsewhere: elsewhere(line),
      recorded: chosen && `/facts?${new URLSearchParams({ ...chosen, ...(line && { for: line }) }).toString()}`,
      back: place?.team ? { href: `/teams/${place.team.id}`, text: place.team.name } : line ? { href: `/pledge/${line}`, text: `What we know about ${line}` } : mayRecord ? { href: '/work', text: 'My work' } : { href: '/pledge', text: 'The pledge' },
    };
    this.pages.send(request, reply, 'pages/facts/start.njk', variables, { personal: mayRecord });
  } // prettier-ignore

  @Get(':kind')
  async show(
    @Param('kind') code: string,
    @Query() query: RecordListing,
    @Req() request: Asked,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const kind = this.desk.kind(code, request.who);
    const place = await this.places.own(request.who, query);
    if (!place) return void reply.redirect('/record', 303);
    await this.forms.first(request, reply, kind, place);
  }

  @Post(':kind')
  async record(
    @Param('kind') code: string,
    @Req() request: Asked,
    @Res() reply: FastifyReply,
    @Ctx() asked: CommandContext,
  ): Promise<void> {
    const kind = this.desk.kind(code, request.who);
    const place = await this.places.own(request.who, this.forms.placeIn(request.body));
    if (!place) return void reply.redirect('/record', 303);
    const read = readFactForm(kind.birth.fields, request.body);
    if (!read.data) return this.forms.first(request, reply, kind, place, read);
    const { data, on } = read;
    const id = createdId(asked.commandId, kind.category);
    const fact = { authority: place.authority, ...(place.team && { team: place.team.id }), data };
    const recorded = await attempt(async () => {
      const context = { ...asked, ...when(on, asked, '/occurredAt') };
      return this.wrote.after(this.commands.execute(new RecordFact(context, kind, id, fact)));
    });
    if ('problems' in recorded)
      return this.forms.first(request, reply, kind, place, { typed: read.typed, problems: recorded.problems });
    void reply.redirect(`/facts/${id}?done=recorded`, 303);
  }
}

const recordStart = (place: { readonly authority: string; readonly team?: string } | undefined): string =>
  place ? `/record?${new URLSearchParams({ ...place }).toString()}` : '/record';
