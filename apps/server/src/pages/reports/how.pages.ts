import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import { Authorities } from '#authorities/authorities';
import type { Clock } from '#kernel/aggregate';
import { missing } from '#kernel/refusal';
import { CLOCK } from '#projections/tokens';
import { ReportBook } from '#reports/report-book';
import type { ReportRow } from '#reports/report-row';
import { spreadOf } from '#reports/spread';
import { ClosedHalves } from '#statements/closed-halves';
import { halfWords } from '#statements/told-words';
import { ListTeams } from '#teams/teams.queries';
import { LocalResults } from '../../statements/local-results.js';
import { type Place, placeAsked, ReportAsked } from '../../api/reports.query.js';
import { Allow } from '../../edge/allow.js';
import type { Asked } from '../../edge/guard.js';
import { Pages } from '../../shell/pages.js';
import { filterByCouncil } from '../filters.js';
import { listAddress } from '../list-address.js';
import { easyCards, gapGroups, rowItem, spreadItem } from './report.view.js';

const PATH = '/how-are-we-doing';

/** How the pledge is being kept: two columns for each of its lines, the biggest gaps first. No council is ranked. */
@Controller('how-are-we-doing')
@Allow('anyone')
export class HowPages {
  constructor(
    private readonly pages: Pages,
    private readonly queries: QueryBus,
    private readonly authorities: Authorities,
    private readonly book: ReportBook,
    private readonly halves: ClosedHalves,
    private readonly local: LocalResults,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  async show(@Query() asked: ReportAsked, @Req() request: Asked, @Res() reply: FastifyReply): Promise<void> {
    const place = await this.place(asked);
    const { filter, team } = place;
    const { rows } = await this.book.of(filter);
    const filters = { ...filter };
    const isEasy = asked.as === 'easy';
    const variables = {
      ...this.around(place, asked),
      groups: isEasy ? [] : gapGroups(rows, (row) => rowItem(row, filters)),
      cards: isEasy ? easyCards(rows, filters) : [],
      local: team && filter.authority ? await this.local.of(filter.authority, team.id, place.period) : [],
      teams: filter.authority && !team ? await this.teams(filter.authority, place.period) : [],
      isRegion: filter.authority === undefined,
    };
    const template = isEasy ? 'pages/reports/how-easy.njk' : 'pages/reports/how.njk';
    this.pages.send(request, reply, template, variables, { personal: false });
  }

  /** How far councils lie apart: in how many, never in which. */
  @Get('spread')
  async spread(@Query() asked: ReportAsked, @Req() request: Asked, @Res() reply: FastifyReply): Promise<void> {
    const place = await this.place({ ...(asked.period && { period: asked.period }) });
    if (asked.authority !== undefined || asked.team !== undefined) throw missing('page');
    const all = await this.book.of(place.filter);
    const councils = this.authorities.councils();
    const each: (readonly ReportRow[])[] = [];
    for (const { code } of councils) each.push((await this.book.of({ ...place.filter, authority: code })).rows);
    const spreads = all.rows.map((row) => {
      const same = each.flatMap((rows) => rows.filter((one) => one.row === row.row));
      const spread = spreadOf(row, same);
      const says = row.record.find(({ measure }) => measure === spread.measure)?.says;
      const isBare = spread.measure === null && spread.people['not-asked'] === councils.length;
      return { ...spreadItem(spread, row.text, says), of: councils.length, isBare };
    });
    const variables = {
      ...this.around(place, asked),
      title: 'How far apart are we?',
      councils: councils.length,
      spreads,
      hasBare: spreads.some(({ isBare }) => isBare),
      back: { href: `${PATH}?period=${place.period}`, text: 'How are we doing?' },
    };
    this.pages.send(request, reply, 'pages/reports/spread.njk', variables, { personal: false });
  }

  private place(asked: ReportAsked): Promise<Place> {
    const { today } = this.clock.now();
    return placeAsked(this.queries, this.authorities, asked, { last: this.halves.last(), today });
  }

  private around({ filter, period, name, team }: Place, { as }: ReportAsked) {
    const here = { authority: filter.authority, team: team?.id, period };
    const link = (look?: string): string => listAddress(PATH, { ...here, as: look }, '') ?? PATH;
    return {
      title: 'How are we doing?',
      name,
      period: halfWords(period),
      isOpen: period > this.halves.last(),
      isLarge: as === 'large',
      here: listAddress('', here, '') ?? '',
      // What was said and published is listed over all time.
      whose: listAddress('', { authority: here.authority, team: here.team }, '') ?? '',
      looks: [
        { href: link(), text: 'Everything', current: as === undefined },
        { href: link('easy'), text: 'Easy read', current: as === 'easy' },
        { href: link('large'), text: 'Large print', current: as === 'large' },
      ],
      fields: [
        filterByCouncil(filter.authority, this.authorities.councils(), 'All councils together'),
        { name: 'period', label: 'Half year', value: period, options: this.halves.toChoose().map((half) => ({ value: half, text: halfWords(half) })) },
      ],
    }; // prettier-ignore
  }

  private async teams(authority: string, period: string) {
    const { items } = await this.queries.execute(new ListTeams({ authority, limit: 50 }));
    return items.map(({ id, name }) => ({ text: name, href: `${PATH}?team=${id}&period=${period}` }));
  }
}
