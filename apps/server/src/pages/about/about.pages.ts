import { Controller, Get, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { PERIODS } from '#retention/periods';
import { Allow } from '../../edge/allow.js';
import type { Asked } from '../../edge/guard.js';
import { Pages } from '../../shell/pages.js';
import accessibility from './accessibility.json' with { type: 'json' };

/** What stands behind the footer of every page. */
@Controller()
@Allow('anyone')
export class AboutPages {
  constructor(private readonly pages: Pages) {}

  /** In the model form of SI 2018/952, generated from what was tested and what is known not to work. */
  @Get('accessibility')
  accessibility(@Req() request: Asked, @Res() reply: FastifyReply): void {
    this.pages.send(
      request,
      reply,
      'pages/about/accessibility.njk',
      { title: 'Accessibility of these pages', ...accessibility },
      { personal: false },
    );
  }

  @Get('privacy')
  privacy(@Req() request: Asked, @Res() reply: FastifyReply): void {
    const title = 'What we do with what you tell us';
    const periods = PERIODS.map(({ title: what, months, from, why }) => [
      { text: what },
      { text: months === 0 ? `Until ${from}` : `${spoken(months)} from ${from}` },
      { text: why },
    ]);
    this.pages.send(request, reply, 'pages/about/privacy.njk', { title, periods }, { personal: false });
  }
}

const spoken = (months: number): string =>
  months % 12 > 0
    ? `${months} ${months === 1 ? 'month' : 'months'}`
    : `${months / 12} ${months === 12 ? 'year' : 'years'}`;
