import { Controller, Get, Param, ParseUUIDPipe, Query, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import { belongsTo } from '#identity/who';
import { ListAudits } from '#scrutiny/audits.queries';
import { Listing } from '../../api/paging.js';
import { Allow } from '../../edge/allow.js';
import type { Asked } from '../../edge/guard.js';
import { ScrutinyDesk } from '../../scrutiny/scrutiny-desk.js';
import { wholeAudit } from '../../scrutiny/whole-audit.js';
import { Pages } from '../../shell/pages.js';
import { listAddress } from '../list-address.js';
import { auditCard, findingView, isOfficerOf, recommendationView, sampleLine } from './audit.view.js';
import { brief } from './promises.view.js';
import { ScrutinyLists } from './scrutiny-lists.js';

/** What scrutiny bodies looked at, every sample that they drew, and what they published. For everyone. */
@Controller('scrutiny/audits')
@Allow('anyone')
export class AuditPages {
  constructor(
    private readonly pages: Pages,
    private readonly queries: QueryBus,
    private readonly lists: ScrutinyLists,
    private readonly desk: ScrutinyDesk,
  ) {}

  @Get()
  async list(@Query() { after }: Listing, @Req() request: Asked, @Res() reply: FastifyReply): Promise<void> {
    const { items, next } = await this.queries.execute(new ListAudits({ limit: 50, ...(after && { after }) }));
    const names = await this.lists.names();
    const { who } = request;
    const variables = {
      title: 'Audits and samples',
      mayOpen: isOfficerOf(who, null),
      items: items.map((row) => auditCard(row, names)),
      next: listAddress('/scrutiny/audits', {}, next),
      first: after ? '/scrutiny/audits' : null,
    };
    this.pages.send(request, reply, 'pages/scrutiny/audits.njk', variables, { personal: who.kind === 'staff' });
  }

  @Get(':id')
  async show(@Param('id', ParseUUIDPipe) id: string, @Req() request: Asked, @Res() reply: FastifyReply): Promise<void> {
    const { who } = request;
    const { row, samples, findings, recommendations } = await wholeAudit(this.queries, id, who);
    const names = await this.lists.names();
    // What is not published yet is shown to the council that it is about, and to nobody else.
    const shown = findings.filter((each) => each.published_at !== null || belongsTo(who, each.authority));
    const things = await Promise.all(shown.map((each) => this.desk.look(each.about, each.thing)));
    const called = (at: number): string | undefined => {
      const thing = things[at];
      return (
        thing &&
        [thing.number, thing.words === null ? null : brief(names.words(thing.words))].filter(Boolean).join(': ')
      );
    };
    const variables = {
      title: names.words(row.title),
      audit: auditCard(row, names),
      mayAdd: row.closed_at === null && isOfficerOf(who, row.authority),
      samples: samples.map(sampleLine),
      findings: shown.map((each, at) => findingView(each, names, who, called(at))),
      unpublished: findings.length - shown.length,
      recommendations: recommendations.map((each) => recommendationView(each, names)),
      back: { href: '/scrutiny/audits', text: 'Audits and samples' },
    };
    this.pages.send(request, reply, 'pages/scrutiny/audit.njk', variables, { personal: who.kind === 'staff' });
  }
}
