import { Controller, Get, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { LogKeeper } from '#ledger/log-keeper';
import { missing } from '#kernel/refusal';
import { Allow } from '../../edge/allow.js';
import type { Asked } from '../../edge/guard.js';
import { longMoment } from '../../shell/dates.js';
import { Pages } from '../../shell/pages.js';
import { sealWords } from './seal-words.js';
import { verifierFile } from './verifier-file.js';

/** How the record is sealed, how the seal stands, and how anyone can check it without trusting us. */
@Controller()
@Allow('anyone')
export class HowWeCheckPages {
  private readonly verifier = verifierFile();

  constructor(
    private readonly pages: Pages,
    private readonly keeper: LogKeeper,
  ) {}

  @Get('how-we-check')
  show(@Req() request: Asked, @Res() reply: FastifyReply): void {
    const state = this.keeper.state();
    const vkey = this.keeper.published?.vkey;
    const facts = state.checkpoint && [
      { term: 'Name of the record', value: state.origin },
      { term: 'Sealed entries', value: state.checkpoint.size.toLocaleString('en-GB') },
      { term: 'The seal', value: state.checkpoint.root },
      { term: 'Sealed', value: longMoment(state.checkpoint.signedAt) },
      { term: 'The key of the record', value: vkey },
    ];
    const variables = {
      title: 'How we check this record',
      seal: sealWords(state),
      facts: facts ?? [],
      fingerprint: this.verifier?.fingerprint,
    };
    this.pages.send(request, reply, 'pages/seal/how-we-check.njk', variables, { personal: false });
  }

  /** To be saved and opened without us: a server that is checked must not serve its own checker while it runs. */
  @Get('verifier.html')
  page(@Res() reply: FastifyReply): void {
    if (!this.verifier) throw missing('checker here. Make it with: npm run verifier');
    void reply
      .header('content-disposition', 'attachment; filename="verifier.html"')
      .type('text/html; charset=utf-8')
      .send(this.verifier.page);
  }
}
