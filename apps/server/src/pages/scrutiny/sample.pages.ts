import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Query, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import type { CommandContext } from '#event-store/recorder';
import { councilOf, SCRUTINEERS } from '#identity/who';
import { missing } from '#kernel/refusal';
import { FindAudit, FindSample } from '#scrutiny/audits.queries';
import type { SampleFilter } from '#scrutiny/sampling';
import { filterInAddress, sampleFilterOf, ScrutinyListing } from '../../api/scrutiny.query.js';
import { Allow } from '../../edge/allow.js';
import { Ctx } from '../../edge/command-context.js';
import { type Again, attempt, readForm } from '../../edge/form.js';
import type { Asked } from '../../edge/guard.js';
import { ScrutinyDesk } from '../../scrutiny/scrutiny-desk.js';
import { Pages } from '../../shell/pages.js';
import { SampleForm } from './sample.form.js';
import { filterWords } from './promises.view.js';
import { sampleView } from './sample.view.js';
import { ScrutinyLists } from './scrutiny-lists.js';

/** Drawing a sample, and what was drawn. */
@Controller('scrutiny/samples')
@Allow(SCRUTINEERS)
export class SamplePages {
  constructor(
    private readonly pages: Pages,
    private readonly queries: QueryBus,
    private readonly lists: ScrutinyLists,
    private readonly desk: ScrutinyDesk,
  ) {}

  @Get('new')
  async ask(@Query() query: ScrutinyListing, @Req() request: Asked, @Res() reply: FastifyReply): Promise<void> {
    await this.form(request, reply, sampleFilterOf(query));
  }

  @Post()
  async draw(
    @Body() raw: unknown,
    @Req() request: Asked,
    @Res() reply: FastifyReply,
    @Ctx() context: CommandContext,
  ): Promise<void> {
    const returned = readForm(SampleForm, raw);
    if (!returned.form) {
      // What the list was narrowed to stays, whatever else is wrong.
      const listed = readForm(ScrutinyListing, raw).form;
      return this.form(request, reply, listed ? sampleFilterOf(listed) : {}, returned);
    }
    const { form } = returned;
    const filter = this.own(request, sampleFilterOf(form));
    const { title = '', body = '', of, asked, audit } = form;
    const opening = { title, body, ...(filter.authority && { authority: filter.authority }) };
    const into = audit ? { audit } : { opening };
    const drawn = await attempt(() => this.desk.draw(context, request.who, into, { of, filter, asked }));
    if ('problems' in drawn) return this.form(request, reply, filter, { ...returned, problems: drawn.problems });
    void reply.redirect(`/scrutiny/samples/${drawn.done}?done=recorded`, 303);
  }

  @Get(':id')
  @Allow('anyone')
  async show(@Param('id', ParseUUIDPipe) id: string, @Req() request: Asked, @Res() reply: FastifyReply): Promise<void> {
    const row = await this.queries.execute(new FindSample(id));
    const audit = row && (await this.queries.execute(new FindAudit(row.audit)));
    if (!row || !audit) throw missing('sample');
    const drawn = await this.lists.drawn(row);
    const view = sampleView(row, drawn.items, drawn.names);
    const back = { href: `/scrutiny/audits/${audit.id}`, text: 'The audit' };
    const variables = { title: 'A sample', view, audit: drawn.names.words(audit.title), back };
    this.pages.send(request, reply, 'pages/scrutiny/sample.njk', variables, { personal: request.who.kind === 'staff' });
  }

  /** An officer of one council draws from that council, whatever the list showed. */
  private own({ who }: Asked, filter: SampleFilter): SampleFilter {
    const authority = councilOf(who);
    return authority === undefined || filter.authority !== undefined ? filter : { ...filter, authority };
  }

  private async form(request: Asked, reply: FastifyReply, given: SampleFilter, returned?: Again) {
    const filter = this.own(request, given);
    const names = await this.lists.names(filter.team ? [filter.team] : []);
    const variables = {
      title: 'Draw a sample',
      words: filterWords(filter, names),
      filter: Object.entries(filterInAddress(filter)).map(([name, value]) => ({ name, value })),
      audits: await this.lists.openAudits(request.who, filter.authority),
      back: { href: '/scrutiny', text: 'Promises to look at' },
    };
    this.pages.send(request, reply, 'pages/scrutiny/new-sample.njk', variables, returned ? { returned } : {});
  }
}
