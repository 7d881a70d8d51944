import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Rows } from '#projections/rows';
import { Allow } from '../../edge/allow.js';
import type { Asked } from '../../edge/guard.js';
import { Pages } from '../../shell/pages.js';
import { READING_COOKIE, readReading, writeReading } from '../../shell/reading.js';

const YEAR = 31_536_000;

@Controller()
@Allow('anyone')
export class HomePages {
  constructor(
    private readonly pages: Pages,
    private readonly rows: Rows,
  ) {}

  @Get()
  home(@Req() request: Asked, @Res() reply: FastifyReply): void {
    const isEmpty = this.rows.get('SELECT 1 FROM team LIMIT 1') === undefined;
    const mayLoad = request.who.kind === 'staff';
    this.pages.send(request, reply, 'pages/home/home.njk', {
      title: 'See what happened to what people said',
      isEmpty,
      mayLoad,
    });
  }

  /** The reading panel: a plain form, so that it works without JavaScript. */
  @Get('reading')
  reading(@Query() query: Record<string, unknown>, @Res() reply: FastifyReply): void {
    void reply
      .setCookie(READING_COOKIE, writeReading(readReading(query)), {
        path: '/',
        maxAge: YEAR,
        sameSite: 'lax',
        httpOnly: true,
      })
      .redirect(ownPath(query['back']), 303);
  }
}

/** A path of ours, never another site: `//evil`, `/\evil` and full addresses go to the first page. */
export const ownPath = (value: unknown): string =>
  typeof value === 'string' && /^\/(?![/\\])[^\s\\]*$/.test(value) ? value : '/';
