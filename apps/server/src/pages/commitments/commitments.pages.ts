import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import { Authorities } from '#authorities/authorities';
import { FindLadder } from '#clocks/ladder.queries';
import type { Clock } from '#kernel/aggregate';
import { missing } from '#kernel/refusal';
import { AuditCommitment } from '#pledge-log/pledge-log.queries';
import { linesOf } from '#pledge/pledge-lines';
import { Pledges } from '#pledge/pledges';
import { CLOCK } from '#projections/tokens';
import { Trace } from '#traceability/chain.queries';
import type { Chain } from '#traceability/chain.types';
import { Vault } from '#vault/vault';
import { PledgePageListing } from '../../api/pledge-log.query.js';
import { Allow } from '../../edge/allow.js';
import type { Asked } from '../../edge/guard.js';
import { stepsFor } from '../../edge/promise-desk.js';
import { Pages } from '../../shell/pages.js';
import { shownText } from '../list-address.js';
import { foundAbout } from '../../scrutiny/found-about.js';
import { asksForReasons } from '../clocks/ladder.view.js';
import { isOfficerOf, scrutinyOf } from '../scrutiny/audit.view.js';
import { ScrutinyLists } from '../scrutiny/scrutiny-lists.js';
import { Seal } from '../seal/seal.js';
import { commitmentView } from './commitment.view.js';

/** So many views and decisions are read for one page; the entries below it name all of them. */
const MOST_BEHIND = 20;

/** "Audit a commitment": for everyone, today or as it was on any day. */
@Controller('commitments')
@Allow('anyone')
export class CommitmentsPages {
  constructor(
    private readonly pages: Pages,
    private readonly queries: QueryBus,
    private readonly vault: Vault,
    private readonly authorities: Authorities,
    private readonly pledges: Pledges,
    private readonly seal: Seal,
    private readonly lists: ScrutinyLists,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get(':id')
  async show(
    @Param('id') id: string,
    @Query() { asOf }: PledgePageListing,
    @Req() request: Asked,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const audited = await this.queries.execute(new AuditCommitment(id, asOf));
    if (!audited) throw missing('promise');
    const { row, story } = audited;
    const { who } = request;
    const day = asOf ?? this.clock.now().today;
    const around = {
      day,
      ladder: asOf ? undefined : await this.queries.execute(new FindLadder(row.id)),
      seals: await this.seal.ofStream(`commitment-${row.id}`),
      council: (code: string) => this.authorities.get(code)?.name ?? code,
      part: this.pledges.versions(row.pledge).flatMap(linesOf).find(({ code }) => code === row.part)?.text,
      behind: {
        views: await this.chains(story.views.map(({ data }) => data.contribution), asOf),
        decisions: await this.chains(story.decisions.map(({ data }) => data.decision), asOf),
      },
      open: (ref: string | null) => shownText(this.vault, ref),
    }; // prettier-ignore
    const scrutiny = scrutinyOf(await foundAbout(this.queries, row.id, who, asOf), await this.lists.names(), who);
    const variables = {
      title: row.number,
      scrutiny,
      finds:
        asOf === undefined && isOfficerOf(who, row.authority)
          ? `/scrutiny/findings/new?about=commitment&thing=${row.id}`
          : null,
      view: commitmentView(row, story, around),
      asOf,
      seal: this.seal.words(),
      // What is shown as it was cannot be acted on.
      actions: asOf ? [] : stepsFor(row, who, asksForReasons(story.ladder)),
      back: { href: '/pledge-log', text: 'The pledge log' },
    };
    this.pages.send(request, reply, 'pages/commitments/show.njk', variables, { personal: who.kind === 'staff' });
  }

  /** As anyone may read them: what a person wants hidden stays hidden here too. */
  private async chains(ids: readonly string[], asOf: string | undefined): Promise<Chain[]> {
    const found = await Promise.all(
      ids.slice(0, MOST_BEHIND).map((id) => this.queries.execute(new Trace(id, 'public', asOf))),
    );
    return found.filter((chain) => chain !== undefined);
  }
}
