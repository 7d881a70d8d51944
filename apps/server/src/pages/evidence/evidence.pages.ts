import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import { Authorities } from '#authorities/authorities';
import { ListBehind } from '#evidence/behind.queries';
import { type Figure, ShowEvidence } from '#evidence/evidence.queries';
import { figureSentence } from '#evidence/figure-words';
import { PeopleSay } from '#evidence/people-say';
import { PLEDGE_ROWS } from '#evidence/pledge-rows';
import { LogKeeper } from '#ledger/log-keeper';
import { Pledges } from '#pledge/pledges';
import { FindTeam } from '#teams/teams.queries';
import { Vault } from '#vault/vault';
import { EvidenceListing, filterOf, lineAsked, measureAsked } from '../../api/evidence.api.js';
import { Allow } from '../../edge/allow.js';
import type { Asked } from '../../edge/guard.js';
import { Pages } from '../../shell/pages.js';
import { filterByCouncil } from '../filters.js';
import { listAddress, shownText } from '../list-address.js';
import { behindItem, figureItem, JUDGE_WORDS, peopleItem, periodWords } from './evidence.view.js';

/** The first sentence about the record. Where it can show nothing at all, it does not say “yet”. */
const inShort = (first: Figure | undefined, many: number): string =>
  first
    ? `The record shows: ${figureSentence(first)}`
    : many === 0
      ? 'The record cannot show this.'
      : 'The record shows nothing about this yet.';

/** One line of the pledge: what people say, and what the record shows. Two columns that are never merged. */
@Controller('pledge')
@Allow('anyone')
export class PledgeEvidencePages {
  constructor(
    private readonly pages: Pages,
    private readonly queries: QueryBus,
    private readonly pledges: Pledges,
    private readonly authorities: Authorities,
    private readonly people: PeopleSay,
    private readonly vault: Vault,
    private readonly keeper: LogKeeper,
  ) {}

  @Get(':code')
  async show(@Param('code') code: string, @Query() query: EvidenceListing, @Req() request: Asked, @Res() reply: FastifyReply): Promise<void> {
    const asked = lineAsked(this.pledges, code, query.pledge);
    const filter = filterOf(query);
    const filters = { ...filter, pledge: query.pledge };
    const figures = await this.queries.execute(new ShowEvidence(asked.measured, filter));
    const items = figures.map((each) => figureItem(each, `/pledge/${code}`, filters));
    const told = await Promise.all(
      asked.statements.map(async (each) => peopleItem(await this.people.to(each.code, filter, asked.row.answeredBy), each.text)),
    );
    const [first] = figures.filter(({ counted }) => counted !== null);
    const isAsked = told.some(({ lines }) => lines !== null);
    const variables = {
      title: `${code}: ${asked.line.text}`,
      lead: `${isAsked ? 'You can see below what people say.' : 'People have not been asked about this yet.'} ${inShort(first, figures.length)}`,
      judge: JUDGE_WORDS[asked.row.judge],
      honest: asked.row.honest,
      sameAs: asked.line.sameAs,
      isAsked,
      told,
      figures: items.filter(({ recorded }) => recorded),
      missing: items.filter((_item, at) => figures[at]?.counted === null && !figures[at].withheld),
      withheld: figures.filter(({ withheld }) => withheld).map(({ terms }) => `${terms.noun[1]}: how many ${terms.phrase}`),
      about: await this.about(query),
      fields: this.fields(query),
      log: listAddress('/pledge-log', { authority: query.authority, part: code }, ''),
      record: Object.hasOwn(PLEDGE_ROWS, code) ? `/record?for=${code}` : null,
      assessments: code === 'I3' ? listAddress('/self-assessments', { authority: query.authority, team: query.team }, '') : null,
      isPart: asked.line.kind === 'part' || asked.line.kind === 'step',
      back: { href: '/pledge', text: 'The pledge' },
    };
    this.pages.send(request, reply, 'pages/evidence/show.njk', variables, { personal: false });
  } // prettier-ignore

  @Get(':code/:measure')
  async behind(
    @Param('code') code: string,
    @Param('measure') measure: string,
    @Query() query: EvidenceListing,
    @Req() request: Asked,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const asked = lineAsked(this.pledges, code, query.pledge);
    const { show, kind, after } = query;
    const terms = measureAsked(asked, measure, kind);
    const filter = filterOf(query);
    const page = await this.queries.execute(
      new ListBehind(
        asked.measured,
        terms,
        { ...filter, ...(show && { show }), ...(kind && { kind }) },
        { limit: 30, ...(after && { after }) },
      ),
    );
    const filters = { ...filter, pledge: query.pledge, show, kind };
    const named = {
      council: (of: string) => this.authorities.get(of)?.name ?? of,
      words: (ref: string) => shownText(this.vault, ref),
    };
    const seals = this.keeper.state().checkpoint !== null;
    const path = `/pledge/${code}/${measure}`;
    const variables = {
      title: `${code}: the records behind a figure`,
      says: `${terms.noun[1]} ${terms.phrase}`,
      about: await this.about(query),
      items: page.items.map((row) => behindItem(row, named, seals)),
      next: listAddress(path, filters, page.next),
      first: after ? listAddress(path, filters, '') : null,
      back: { href: listAddress(`/pledge/${code}`, { ...filter, pledge: query.pledge }, '') ?? '/pledge', text: `What we know about ${code}` },
    };
    this.pages.send(request, reply, 'pages/evidence/behind.njk', variables, { personal: false });
  } // prettier-ignore

  private async about(query: EvidenceListing): Promise<string> {
    const team = query.team && (await this.queries.execute(new FindTeam(query.team)));
    const who = team ? team.name : query.authority ? (this.authorities.get(query.authority)?.name ?? query.authority) : 'all councils together'; // prettier-ignore
    return `For ${who}, ${periodWords(filterOf(query))}. Counted by this website, from the entries of the record.`;
  }

  private fields({ authority, from, to }: EvidenceListing) {
    return [
      filterByCouncil(authority, this.authorities.all(), 'All together'),
      { name: 'from', label: 'From (like 2026-04)', value: from },
      { name: 'to', label: 'To (like 2027-03)', value: to },
    ];
  } // prettier-ignore
}
