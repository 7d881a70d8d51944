import { Controller, Get, Param, ParseUUIDPipe, Query, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import { everyKind, findKind } from '#facts/every-kind';
import { type FactKind, type FactStep, stepsOf } from '#facts/fact-kind';
import { type FactEventRow, type FactWithEntries, ListFacts } from '#facts/facts.queries';
import { kindsFor } from '#evidence/recorded-for';
import { belongsTo } from '#identity/who';
import { missing } from '#kernel/refusal';
import { LogKeeper } from '#ledger/log-keeper';
import { Allow } from '../../edge/allow.js';
import { FactDesk, hasRole, mayActOnFact } from '../../edge/fact-desk.js';
import type { Asked } from '../../edge/guard.js';
import { Pages } from '../../shell/pages.js';
import { longDate } from '../../shell/dates.js';
import { filterBy } from '../filters.js';
import { listAddress } from '../list-address.js';
import { entryView, nextSteps } from './fact.view.js';
import { FactPlaces } from './fact-places.js';
import { FactWords } from './fact-words.js';
import { RecordListing } from './record-listing.js';

const HIDDEN = everyKind.filter(({ isPrivate }) => isPrivate).map(({ code }) => code);

/** What was recorded for the pledge: a list, and a page for each. */
@Controller('facts')
@Allow('anyone')
export class FactsPages {
  constructor(
    private readonly pages: Pages,
    private readonly queries: QueryBus,
    private readonly desk: FactDesk,
    private readonly places: FactPlaces,
    private readonly words: FactWords,
    private readonly keeper: LogKeeper,
  ) {}

  @Get()
  async list(@Query() query: RecordListing, @Req() request: Asked, @Res() reply: FastifyReply): Promise<void> {
    const { who } = request;
    const { after, team: teamId, kind } = query;
    const team = teamId ? await this.places.team(teamId) : undefined;
    if (teamId && !team) throw missing('team');
    const isStaff = who.kind === 'staff';
    const authority = team?.authority ?? query.authority ?? (isStaff ? who.authority : undefined);
    const filters = { authority, team: teamId, kind, for: query.for };
    // What is about one person is listed only where everything belongs to whoever acts on it.
    const isOwn = isStaff && authority !== undefined && belongsTo(who, authority);
    const seen = everyKind.filter((each) => !each.isPrivate || (isOwn && hasRole(each, who)));
    const of = query.for ? kindsFor(query.for) : undefined;
    const kinds = seen.filter((each) => (!kind || each.code === kind) && (!of || of.includes(each)));
    const page = await this.queries.execute(
      new ListFacts({
        kinds: kinds.map(({ code }) => code),
        hidden: isOwn ? [] : HIDDEN,
        limit: 30,
        ...(after && { before: after }),
        ...(authority && { authority }),
        ...(teamId && { team: teamId }),
      }),
    );
    const items = await Promise.all(page.items.map((fact) => this.node(fact)));
    const teams = authority ? await this.places.teamsOf(authority) : [];
    const variables = {
      title: 'What was recorded for the pledge',
      fields: [
        filterBy('authority', 'Council', authority, this.places.councils()),
        ...(teams.length > 0 ? [filterBy('team', 'Team', teamId, teams)] : []),
        filterBy('kind', 'What', kind, seen.map(({ code, name }) => ({ value: code, text: name })), 'Everything'),
        { name: 'for', label: 'Line of the pledge (like P1b)', value: query.for },
      ],
      items: items.flat(),
      next: listAddress('/facts', filters, page.next),
      first: after ? listAddress('/facts', filters, '') : null,
      record: isOwn ? listAddress('/record', { authority: teamId ? undefined : authority, team: teamId, for: query.for }, '') : null,
      back: team ? { href: `/teams/${team.id}`, text: team.name } : { href: '/pledge', text: 'The pledge' },
    };
    this.pages.send(request, reply, 'pages/facts/list.njk', variables, { personal: isOwn });
  } // prettier-ignore

  @Get(':id')
  async show(@Param('id', ParseUUIDPipe) id: string, @Req() request: Asked, @Res() reply: FastifyReply): Promise<void> {
    const { who } = request;
    const { fact, kind } = await this.desk.see(id, who);
    const mayAct = mayActOnFact(kind, fact, who);
    const name = this.words.nameOf(kind, fact);
    const team = fact.team === null ? undefined : await this.places.teamName(fact.team);
    const variables = {
      title: name === kind.name ? kind.name : `${kind.name}: ${name}`,
      kind,
      place: team ?? this.places.councilName(fact.authority),
      council: team && this.places.councilName(fact.authority),
      team: fact.team,
      stands: fact.stands === 1,
      entries: await this.entries(kind, fact, mayAct),
      next: mayAct ? nextSteps(kind, fact) : [],
      assessment: kind.code === 'self-assessment' ? listAddress('/self-assessments', { authority: fact.team ? undefined : fact.authority, team: fact.team ?? undefined }, '') : null,
      ladder: kind.code === 'rung' && fact.team ? `/teams/${fact.team}/ladder` : null,
      back: { href: fact.team ? `/facts?team=${fact.team}` : `/facts?authority=${fact.authority}`, text: 'What was recorded' },
    };
    this.pages.send(request, reply, 'pages/facts/show.njk', variables, { personal: mayAct || kind.isPrivate === true });
  } // prettier-ignore

  private async entries(kind: FactKind, fact: FactWithEntries, mayAct: boolean) {
    const seals = this.keeper.state().checkpoint !== null;
    return Promise.all(
      fact.entries.flatMap((row) => {
        const step = stepsOf(kind).find(({ event }) => event === row.type);
        return step ? [this.entry(kind, step, row, mayAct, seals)] : [];
      }),
    );
  }

  private async entry(kind: FactKind, step: FactStep, row: FactEventRow, mayAct: boolean, seals: boolean) {
    const said = await this.words.said(step, row, mayAct);
    const why = row.taken_back_why === null ? undefined : this.words.whyTakenBack(row);
    return entryView(kind, step, row, { said, why, mayMend: mayAct, seals });
  }

  private async node(fact: FactWithEntries) {
    const kind = findKind(fact.kind);
    if (!kind) return [];
    const latest = fact.entries.filter(({ taken_back_at }) => taken_back_at === null).at(-1);
    const step = stepsOf(kind).find(({ event }) => event === latest?.type);
    const where = fact.team === null ? undefined : await this.places.teamName(fact.team);
    return [
      {
        icon: 'tick',
        kind: kind.name,
        title: this.words.nameOf(kind, fact),
        href: `/facts/${fact.id}`,
        ...(fact.stands === 0 && { tag: 'Taken back', tone: 'bad' }),
        meta: [
          ...(latest && step ? [`${step.happened}, ${longDate(latest.happened_on)}`] : []),
          [where, this.places.councilName(fact.authority)].filter(Boolean).join(', '),
        ],
      },
    ];
  }
}
