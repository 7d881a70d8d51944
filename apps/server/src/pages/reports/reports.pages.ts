import { Controller, Get, Inject, Param, ParseUUIDPipe, Query, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import { Authorities } from '#authorities/authorities';
import { CAPACITY_OPTIONS } from '#facts/fields';
import { FORMATS } from '#facts/options';
import { RECORDERS, belongsTo } from '#identity/who';
import type { Clock } from '#kernel/aggregate';
import { missing } from '#kernel/refusal';
import { LogKeeper } from '#ledger/log-keeper';
import { CLOCK } from '#projections/tokens';
import { monthsWithin } from '#reports/report-months';
import { Reports, type ReportListed, type ReportShown } from '#reports/reports.queries';
import { FindTeam } from '#teams/teams.queries';
import { Vault } from '#vault/vault';
import { PageListing } from '../../api/paging.js';
import { ReportAsked } from '../../api/reports.query.js';
import { Allow } from '../../edge/allow.js';
import type { Asked } from '../../edge/guard.js';
import { longDate } from '../../shell/dates.js';
import { Pages } from '../../shell/pages.js';
import { councilOptions } from '../filters.js';
import { listAddress, shownText } from '../list-address.js';
import { easyCards, gapGroups, rowItem } from './report.view.js';

const PUNCTUALITY = {
  due: { tag: 'Due', tone: 'waiting' },
  overdue: { tag: 'Late, not published', tone: 'bad' },
  'on-time': { tag: 'Published on time', tone: 'good' },
  late: { tag: 'Published late', tone: 'waiting' },
} as const;

const CHECKED: Readonly<Record<string, string>> = {
  yes: 'People with learning disabilities checked the easy read version.',
  no: 'People with learning disabilities have not checked the easy read version.',
  'not-known': 'We do not know if people with learning disabilities checked the easy read version.',
};

/** Reports as they were published. They stay; what was wrong is listed beside what is right. */
@Controller('reports')
@Allow('anyone')
export class ReportsPages {
  constructor(
    private readonly pages: Pages,
    private readonly queries: QueryBus,
    private readonly authorities: Authorities,
    private readonly reports: Reports,
    private readonly vault: Vault,
    private readonly keeper: LogKeeper,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  list(@Query() { authority, team, after }: PageListing, @Req() request: Asked, @Res() reply: FastifyReply): void {
    const { today } = this.clock.now();
    const filter = { ...(authority && { authority }), ...(team && { team }) };
    const { items, next } = this.reports.list({ ...filter, today, limit: 30, ...(after && { after }) });
    const variables = {
      title: 'Reports on the pledge',
      items: items.map((row) => this.item(row)),
      next: listAddress('/reports', filter, next),
      first: after ? listAddress('/reports', filter, '') : null,
      mayRecord: request.who.kind === 'staff' && RECORDERS.includes(request.who.role),
      councils: [{ value: '', text: 'All councils' }, ...councilOptions(this.authorities.councils())],
      authority,
    }; // prettier-ignore
    this.pages.send(request, reply, 'pages/reports/list.njk', variables, { personal: false });
  }

  @Get(':id')
  async show(
    @Param('id', ParseUUIDPipe) id: string,
    @Query() { as }: ReportAsked,
    @Req() request: Asked,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const report = this.reports.find(id, this.clock.now().today);
    if (!report) throw missing('report');
    const months = monthsWithin(report.from_day, report.to_day);
    const filters = { authority: report.authority, ...(report.team && { team: report.team }), ...months };
    const isEasy = as === 'easy' && report.isFrozen;
    const corrections = this.corrections(report);
    const variables = {
      title: report.title,
      isLarge: as === 'large',
      report: { ...this.item(report), url: report.url, isPublished: report.published_on !== null, isOver: report.to_day < this.clock.now().today, lastDay: longDate(report.to_day) },
      name: await this.name(report),
      period: `${longDate(report.from_day)} to ${longDate(report.to_day)}`,
      facts: this.facts(report),
      seal: report.entry && this.keeper.state().checkpoint !== null ? `/log/proof/${report.entry}` : null,
      corrections,
      groups: isEasy ? [] : gapGroups(report.rows, (row) => ({ ...rowItem(row, filters), corrections: corrections.filter(({ line }) => line === row.row) })),
      cards: isEasy ? easyCards(report.rows, filters) : [],
      isEasy,
      isChecked: report.checkedByPeople === 'yes',
      looks: [undefined, 'easy', 'large'].map((look) => ({
        href: listAddress(`/reports/${id}`, { as: look }, ''), text: { easy: 'Easy read', large: 'Large print' }[look ?? ''] ?? 'Everything', current: as === look,
      })),
      isOurs: request.who.kind === 'staff' && RECORDERS.includes(request.who.role) && belongsTo(request.who, report.authority),
      back: { href: '/reports', text: 'Reports on the pledge' },
    }; // prettier-ignore
    this.pages.send(request, reply, 'pages/reports/show.njk', variables, { personal: false });
  }

  private item(row: ReportListed) {
    return {
      id: row.id,
      title: row.title,
      href: `/reports/${row.id}`,
      council: this.authorities.get(row.authority)?.name ?? row.authority,
      period: `${longDate(row.from_day)} to ${longDate(row.to_day)}`,
      due: longDate(row.due),
      published: longDate(row.published_on),
      isFrozen: row.isFrozen,
      corrections: row.corrections,
      ...PUNCTUALITY[row.punctuality],
    };
  }

  private facts({ formats, readability, checkedByPeople, checkedBy, fingerprint, wording }: ReportShown) {
    const named = (codes: readonly string[], options: readonly { value: string; text: string }[]): string =>
      codes.map((code) => options.find(({ value }) => value === code)?.text ?? code).join(', ');
    return [
      { term: 'Formats', value: named(formats, FORMATS) },
      { term: 'How it was checked that it is easy to read', value: readability },
      { term: 'Easy read', value: checkedByPeople && CHECKED[checkedByPeople] },
      { term: 'Who checked it', value: named(checkedBy, CAPACITY_OPTIONS) },
      { term: 'Words of the pledge', value: wording && `Version ${wording}` },
      { term: 'Fingerprint of its content (SHA-256)', value: fingerprint },
    ].map(({ term, value }) => ({ term, value: value ? value : 'Not recorded' }));
  }

  private corrections({ corrections_made: all }: ReportShown) {
    return all.map(({ happened_on: on, line, what, was, now }) => ({
      on: longDate(on),
      line,
      was: was ? shownText(this.vault, was) : 'Not recorded',
      now: now ? shownText(this.vault, now) : 'Not recorded',
      why: shownText(this.vault, what),
    }));
  }

  private async name({ authority, team }: ReportListed): Promise<string> {
    const council = this.authorities.get(authority)?.name ?? authority;
    const found = team === null ? undefined : await this.queries.execute(new FindTeam(team));
    return found ? `${found.name}, ${council}` : council;
  }
}
