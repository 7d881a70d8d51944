import { Controller, Get, Param, ParseUUIDPipe, Query, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import { Engine } from '#engine/engine';
import { copyOf } from '#erasure/subject-copy';
import { ListDataSubjectSteps, type StepKind } from '#erasure/data-subjects.queries';
import { belongsTo } from '#identity/who';
import { missing } from '#kernel/refusal';
import { notice } from '#vault/noticing';
import { PageListing } from '../../api/paging.js';
import { Allow } from '../../edge/allow.js';
import type { Asked } from '../../edge/guard.js';
import { Pages } from '../../shell/pages.js';
import { listAddress } from '../list-address.js';
import { readableLines, readItem, stepItem } from './data-protection.view.js';
import { councilOf } from './own-council.js';

const FILTERS: readonly (StepKind | '')[] = ['', 'erasure', 'hold', 'restriction'];
const NAMES = { '': 'All', erasure: 'Erasures', hold: 'Legal holds', restriction: 'Kept, and not shown' };
const LIMIT = 50;

/** What an officer can show to those who ask them: what was done, who read what, and the copy that a person is given. */
@Controller('data-protection')
@Allow('data-protection-officer')
export class DataProtectionAccountPages {
  constructor(
    private readonly pages: Pages,
    private readonly queries: QueryBus,
    private readonly engine: Engine,
  ) {}

  @Get('done')
  async done(
    @Query() { after, status }: PageListing,
    @Req() request: Asked,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const kind = FILTERS.find((each) => each !== '' && each === status) as StepKind | undefined;
    const filter = { authority: councilOf(request.who), limit: LIMIT, ...(kind && { kind }), ...(after && { after }) };
    const page = await this.queries.execute(new ListDataSubjectSteps(filter));
    const variables = {
      title: 'Erasures, holds and restrictions',
      back: { href: '/data-protection', text: 'All requests' },
      fields: [{ name: 'status', label: 'What was done', value: kind ?? '', options: FILTERS.map((value) => ({ value, text: NAMES[value] })) }], // prettier-ignore
      items: page.items.map(stepItem),
      next: listAddress('/data-protection/done', { status: kind }, page.next),
      first: after ? listAddress('/data-protection/done', { status: kind }, '') : null,
    };
    this.pages.send(request, reply, 'pages/data-protection/done.njk', variables);
  }

  @Get('reads')
  async reads(@Query('before') before: unknown, @Req() request: Asked, @Res() reply: FastifyReply): Promise<void> {
    await this.engine.reads.flush();
    const from = typeof before === 'string' && /^\d{1,15}$/.test(before) ? Number(before) : undefined;
    const found = this.engine.reads.list({ authority: councilOf(request.who), limit: LIMIT + 1, ...(from && { before: from }) }); // prettier-ignore
    const last = found[LIMIT - 1];
    const variables = {
      title: 'Who read what',
      back: { href: '/data-protection', text: 'All requests' },
      rows: found.slice(0, LIMIT).map((read) => {
        const { when, role, what, place } = readItem(read);
        return [{ text: when }, { text: role }, { text: what }, { text: 'The person', href: `/data-protection/people/${read.subject}` }, { text: place }]; // prettier-ignore
      }),
      next: found.length > LIMIT && last ? `/data-protection/reads?before=${last.n}` : null,
      first: from ? '/data-protection/reads' : null,
    };
    this.pages.send(request, reply, 'pages/data-protection/reads.njk', variables);
  }

  /** Made when it is asked for and kept nowhere: it is there for as long as the session of whoever asks. */
  @Get('people/:id/copy')
  async copy(@Param('id', ParseUUIDPipe) id: string, @Req() request: Asked, @Res() reply: FastifyReply): Promise<void> {
    const { stores, madeAt } = await this.copyFor(id, request);
    const variables = {
      title: 'Everything we hold about you',
      back: { href: `/data-protection/people/${id}`, text: 'Back' },
      madeAt,
      id,
      stores: stores.map(({ title, items }) => ({ title, items: items.map((item) => readableLines(item)) })),
    };
    this.pages.send(request, reply, 'pages/data-protection/copy.njk', variables);
  }

  @Get('people/:id/copy.json')
  async copyAsJson(
    @Param('id', ParseUUIDPipe) id: string,
    @Req() request: Asked,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    // prettier-ignore
    const copy = await this.copyFor(id, request);
    void reply
      .header('cache-control', 'no-store')
      .header('content-disposition', 'attachment; filename="your-information.json"')
      .type('application/json; charset=utf-8')
      .send(JSON.stringify(copy, null, 2));
  }

  private async copyFor(id: string, { who }: Asked) {
    const found = await this.engine.eraser.find(id);
    if (!found || !belongsTo(who, found.authority)) throw missing('person');
    notice({ record: 'copy', id, subject: id });
    return copyOf(found, this.engine.personalStores, this.engine.clock.now().instant);
  }
}
