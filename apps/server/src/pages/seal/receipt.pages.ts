import { Controller, Get, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Allow } from '../../edge/allow.js';
import type { Asked } from '../../edge/guard.js';
import { WhoIsAsking } from '../../edge/who-is-asking.js';
import { missing } from '#kernel/refusal';
import { Pages } from '../../shell/pages.js';
import { Seal } from './seal.js';

/** What the giver of a view can keep against us: a proof that it stands in the record. */
@Controller('my-view')
@Allow('anyone')
export class ReceiptPages {
  constructor(
    private readonly pages: Pages,
    private readonly asking: WhoIsAsking,
    private readonly seal: Seal,
  ) {}

  @Get('receipt')
  async show(@Req() request: Asked, @Res() reply: FastifyReply): Promise<void> {
    const card = await this.asking.cardOf(request);
    if (!card) return void reply.redirect('/my-view/code', 303);
    const receipt = await this.seal.receipt(card.contribution);
    if (!receipt) throw missing('receipt');
    this.pages.send(request, reply, 'pages/seal/receipt.njk', {
      title: 'Your receipt',
      receipt,
      seal: this.seal.words(),
      back: { href: '/my-view', text: 'Your view' },
    });
  }

  /** The file: public, as every proof is, and without a word of the view. */
  @Get('receipt.tlog-proof')
  async file(@Req() request: Asked, @Res() reply: FastifyReply): Promise<void> {
    const card = await this.asking.cardOf(request);
    const receipt = card && (await this.seal.receipt(card.contribution));
    if (!receipt?.proof) throw missing('receipt');
    void reply
      .header('cache-control', 'no-store')
      .header('content-disposition', 'attachment; filename="receipt.tlog-proof"')
      .type('text/plain; charset=utf-8')
      .send(receipt.proof);
  }
}
