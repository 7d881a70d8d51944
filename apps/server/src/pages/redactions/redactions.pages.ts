import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import { Authorities } from '#authorities/authorities';
import { ListRedactions, type RedactionRow } from '#contributions/redactions.queries';
import { Vault } from '#vault/vault';
import { PageListing } from '../../api/paging.js';
import { Allow } from '../../edge/allow.js';
import type { Asked } from '../../edge/guard.js';
import { Pages } from '../../shell/pages.js';
import { longDate } from '../../shell/dates.js';
import { has, roleName, say } from '../../wording/wording.js';
import { filterByCouncil } from '../filters.js';
import { listAddress, shownText } from '../list-address.js';

/** Grounds in the law are not told apart here: one of them could point at a person. */
const WHY_LAW: Readonly<Record<string, string>> = { erased: 'The law on personal data.', 'moved-out': 'The law on personal data, or somebody’s safety.' }; // prettier-ignore

/** Every time that words were kept from readers or erased, for everyone: that, when, by which role and why. */
@Controller('redactions')
@Allow('anyone')
export class RedactionsPages {
  constructor(
    private readonly pages: Pages,
    private readonly queries: QueryBus,
    private readonly vault: Vault,
    private readonly authorities: Authorities,
  ) {}

  @Get()
  async list(
    @Query() { after, authority, team }: PageListing,
    @Req() request: Asked,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const filter = { ...(authority && { authority }), ...(team && { team }) };
    const page = await this.queries.execute(new ListRedactions({ ...filter, limit: 50, ...(after && { after }) }));
    const variables = {
      title: 'Words that are not shown',
      fields: [filterByCouncil(authority, this.authorities.all())],
      rows: page.items.map((row) => this.row(row)),
      next: listAddress('/redactions', filter, page.next),
      first: after ? listAddress('/redactions', filter, '') : null,
    };
    this.pages.send(request, reply, 'pages/redactions/list.njk', variables, { personal: false });
  }

  private row({ kind, contribution, reason, explanation, role, occurred_at, authority }: RedactionRow) {
    const key = `redaction.${reason ?? ''}`;
    const why = [has(key) ? say(key) : WHY_LAW[kind] ?? '', explanation && shownText(this.vault, explanation)]; // prettier-ignore
    return [
      { text: longDate(occurred_at) },
      { text: say(`redactionKind.${kind}`), ...(contribution && { href: `/views/${contribution}` }) },
      { text: why.filter(Boolean).join(' ') || 'No reason is needed.' },
      { text: roleName(role) },
      { text: (authority && this.authorities.get(authority)?.name) ?? 'Not recorded' },
    ];
  }
}
