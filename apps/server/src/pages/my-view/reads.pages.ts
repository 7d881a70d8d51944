import { Controller, Get, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Engine } from '#engine/engine';
import { Allow } from '../../edge/allow.js';
import type { Asked } from '../../edge/guard.js';
import { WhoIsAsking } from '../../edge/who-is-asking.js';
import { Pages } from '../../shell/pages.js';
import { readItem } from '../data-protection/data-protection.view.js';

const MOST = 100;

/** Who opened what only the team may see of one's own view: shown to the person themselves. */
@Controller('my-view')
@Allow('anyone')
export class MyReadsPages {
  constructor(
    private readonly pages: Pages,
    private readonly asking: WhoIsAsking,
    private readonly engine: Engine,
  ) {}

  @Get('reads')
  async show(@Req() request: Asked, @Res() reply: FastifyReply): Promise<void> {
    const card = await this.asking.cardOf(request);
    if (!card) return void reply.redirect('/my-view/code', 303);
    await this.engine.reads.flush();
    const rows = this.engine.reads.list({ view: card.contribution, limit: MOST }).map((read) => {
      const { when, role, what } = readItem(read);
      return [{ text: when }, { text: role }, { text: what }];
    });
    const variables = {
      title: 'Who looked at your view',
      back: { href: '/my-view', text: 'My view' },
      rows,
      most: MOST,
    };
    this.pages.send(request, reply, 'pages/my-view/reads.njk', variables);
  }
}
