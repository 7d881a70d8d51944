import { Controller, Get, Param, ParseUUIDPipe, Query, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import { belongsTo } from '#identity/who';
import { ListAudits } from '#scrutiny/audits.queries';
import { Listing } from '../../api/paging.js';
import { Allow } from '../../edge/allow.js';
import type { Asked } from '../../edge/guard.js';
import { wholeAudit } from '../../scrutiny/whole-audit.js';
import { Pages } from '../../shell/pages.js';
import { listAddress } from '../list-address.js';
import { auditCard, findingView, recommendationView, sampleLine } from './audit.view.js';
import { ScrutinyLists } from './scrutiny-lists.js';

/** What scrutiny bodies looked at, every sample that they drew, and what they published. For everyone. */
@Controller('scrutiny/audits')
@Allow('anyone')
export class AuditPages {
  constructor(
    private readonly pages: Pages,
    private readonly queries: QueryBus,
    private readonly lists: ScrutinyLists,
  ) {}

  @Get()
  async list(@Query() { after }: Listing, @Req() request: Asked, @Res() reply: FastifyReply): Promise<void> {
    const { items, next } = await this.queries.execute(new ListAudits({ limit: 50, ...(after && { after }) }));
    const names = await this.lists.names();
    const variables = {
      title: 'Audits and samples',
      items: items.map((row) => auditCard(row, names)),
      next: listAddress('/scrutiny/audits', {}, next),
      first: after ? '/scrutiny/audits' : null,
    };
    this.pages.send(request, reply, 'pages/scrutiny/audits.njk', variables, { personal: request.who.kind === 'staff' });
  }

  @Get(':id')
  async show(@Param('id', ParseUUIDPipe) id: string, @Req() request: Asked, @Res() reply: FastifyReply): Promise<void> {
    const { who } = request;
    const { row, samples, findings, recommendations } = await wholeAudit(this.queries, id, who);
    const names = await this.lists.names();
    // What is not published yet is shown to the council that it is about, and to nobody else.
    const shown = findings.filter((each) => each.published_at !== null || belongsTo(who, each.authority));
    const variables = {
      title: names.words(row.title),
      audit: auditCard(row, names),
      samples: samples.map(sampleLine),
      findings: shown.map((each) => findingView(each, names)),
      unpublished: findings.length - shown.length,
      recommendations: recommendations.map((each) => recommendationView(each, names)),
      back: { href: '/scrutiny/audits', text: 'Audits and samples' },
    };
    this.pages.send(request, reply, 'pages/scrutiny/audit.njk', variables, { personal: who.kind === 'staff' });
  }
}
