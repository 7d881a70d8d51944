import { Controller, Get, Inject, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { EXAMPLE_AUTHORITY } from '#example/story';
import { ExampleLoader } from '#example/load-example';
import { STAFF } from '#identity/who';
import { Rows } from '#projections/rows';
import type { Config } from '../../config.js';
import { Allow } from '../../edge/allow.js';
import { setCookie } from '../../edge/cookies.js';
import type { Asked } from '../../edge/guard.js';
import { ReadYourWrite } from '../../edge/read-your-write.js';
import { CONFIG, Pages } from '../../shell/pages.js';
import { READING_COOKIE, readReading, writeReading } from '../../shell/reading.js';

const YEAR = 31_536_000;

@Controller()
@Allow('anyone')
export class HomePages {
  private readonly isHttps: boolean;

  constructor(
    private readonly pages: Pages,
    private readonly rows: Rows,
    private readonly example: ExampleLoader,
    private readonly wrote: ReadYourWrite,
    @Inject(CONFIG) { baseUrl }: Config,
  ) {
    this.isHttps = baseUrl.startsWith('https:');
  }

  @Get()
  home(@Req() request: Asked, @Res() reply: FastifyReply): void {
    const isEmpty = this.rows.get('SELECT 1 FROM team LIMIT 1') === undefined;
    const mayLoad = request.who.kind === 'staff';
    this.pages.send(request, reply, 'pages/home/home.njk', {
      title: 'See what happened to what people said',
      isEmpty,
      hasExample: this.rows.get('SELECT 1 FROM authority WHERE code = ?', EXAMPLE_AUTHORITY.authority) !== undefined,
      mayLoad,
    });
  }

  @Post('example')
  @Allow(STAFF)
  async loadExample(@Res() reply: FastifyReply): Promise<void> {
    await this.wrote.after(this.example.load().then((position) => ({ position })));
    void reply.redirect('/?done=example', 303);
  }

  /** The reading panel: a plain form, so that it works without JavaScript. */
  @Get('reading')
  reading(@Query() query: Record<string, unknown>, @Res() reply: FastifyReply): void {
    setCookie(reply, READING_COOKIE, writeReading(readReading(query)), 'lax', this.isHttps, YEAR);
    void reply.redirect(ownPath(query['back']), 303);
  }
}

/** A path of ours, never another site: `//evil`, `/\evil` and full addresses go to the first page. */
export const ownPath = (value: unknown): string =>
  typeof value === 'string' && /^\/(?![/\\])[^\s\\]*$/.test(value) ? value : '/';
