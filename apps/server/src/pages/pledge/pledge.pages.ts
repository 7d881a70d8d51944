import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Authorities } from '#authorities/authorities';
import { Pledges } from '#pledge/pledges';
import { pledgeAsked, WhichPledge } from '../../api/pledge.api.js';
import { Allow } from '../../edge/allow.js';
import type { Asked } from '../../edge/guard.js';
import { Pages } from '../../shell/pages.js';
import { pledgeView } from './pledge.view.js';

/** The whole pledge, word for word, to read and to print. */
@Controller('pledge')
@Allow('anyone')
export class PledgePages {
  constructor(
    private readonly pages: Pages,
    private readonly pledges: Pledges,
    private readonly authorities: Authorities,
  ) {}

  @Get()
  show(@Query() which: WhichPledge, @Req() request: Asked, @Res() reply: FastifyReply): void {
    const version = pledgeAsked(this.pledges, which);
    const versions = this.pledges.versions(version.pledge);
    const others = this.pledges.codes().filter((code) => code !== version.pledge);
    const variables = {
      title: version.title,
      which: version.pledge === this.pledges.of()?.pledge ? '' : `?pledge=${version.pledge}`,
      view: pledgeView(version, (code) => this.authorities.get(code)?.name ?? code),
      versions: versions
        .filter((each) => each.version !== version.version)
        .map((each) => ({
          text: `Version ${each.version}`,
          href: `/pledge?pledge=${each.pledge}&version=${each.version}`,
        })),
      others: others.map((code) => ({ text: this.pledges.find(code)?.title ?? code, href: `/pledge?pledge=${code}` })),
    };
    this.pages.send(request, reply, 'pages/pledge/pledge.njk', variables, { personal: false });
  }
}
