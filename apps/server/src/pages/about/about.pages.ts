import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { PERIODS } from '#retention/periods';
import { Allow } from '../../edge/allow.js';
import type { Asked } from '../../edge/guard.js';
import type { Config } from '../../config.js';
import { CLOCK } from '#projections/tokens';
import type { Clock } from '#kernel/aggregate';
import { missing } from '#kernel/refusal';
import { CONFIG, Pages } from '../../shell/pages.js';
import accessibility from './accessibility.json' with { type: 'json' };

const DAY = 86_400_000;

/** What stands behind the footer of every page. */
@Controller()
@Allow('anyone')
export class AboutPages {
  constructor(
    private readonly pages: Pages,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Where somebody who finds a weakness can say so (RFC 9116). Not there when nobody would answer. */
  @Get('.well-known/security.txt')
  security(@Res() reply: FastifyReply): void {
    const { securityContact, baseUrl } = this.config;
    if (securityContact === '') throw missing('page');
    // Always a while ahead: whoever runs this server runs it with this contact.
    const expires = new Date(Date.parse(`${this.clock.now().today}T00:00:00Z`) + 90 * DAY).toISOString();
    const lines = [
      `Contact: ${securityContact}`,
      `Expires: ${expires}`,
      'Preferred-Languages: en',
      `Canonical: ${baseUrl}/.well-known/security.txt`,
    ];
    void reply.type('text/plain; charset=utf-8').send(`${lines.join('\n')}\n`);
  }

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
