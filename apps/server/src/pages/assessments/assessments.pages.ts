import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import { findKind } from '#facts/every-kind';
import { ListFacts } from '#facts/facts.queries';
import { Toolkits } from '#facts/toolkits';
import { missing } from '#kernel/refusal';
import { PageListing } from '../../api/paging.js';
import { Allow } from '../../edge/allow.js';
import { mayActOnFact } from '../../edge/fact-desk.js';
import type { Asked } from '../../edge/guard.js';
import { Pages } from '../../shell/pages.js';
import { FactPlaces } from '../facts/fact-places.js';
import { sideBySide } from './assessments.view.js';
import { filterBy } from '../filters.js';

const MOST = 200;
const KIND = 'self-assessment';

/** How people and how staff see the same thing, question by question and over time. Two columns that are never merged. */
@Controller('self-assessments')
@Allow('anyone')
export class AssessmentsPages {
  constructor(
    private readonly pages: Pages,
    private readonly queries: QueryBus,
    private readonly places: FactPlaces,
    private readonly toolkits: Toolkits,
  ) {}

  @Get()
  async show(@Query() { authority, team }: PageListing, @Req() request: Asked, @Res() reply: FastifyReply): Promise<void> {
    const { who } = request;
    const teamName = team ? await this.places.teamName(team) : undefined;
    if (team && teamName === undefined) throw missing('team');
    const own = who.kind === 'staff' ? who.authority : undefined;
    const council = authority ?? (team ? undefined : own);
    const filter = { ...(council && { authority: council }), ...(team && { team }) };
    const { items } = await this.queries.execute(
      new ListFacts({ kinds: [KIND], limit: MOST, ...filter }),
    );
    const names = new Map<string, string>();
    for (const { team: id } of items) if (id) names.set(id, (await this.places.teamName(id)) ?? '');
    const kind = findKind(KIND);
    const isChosen = council !== undefined || team !== undefined;
    const mayRecord = kind !== undefined && who.kind === 'staff' && kind.roles.includes(who.role);
    const variables = {
      title: 'How people and staff see it',
      place: teamName ?? (council && this.places.councilName(council)),
      isChosen,
      fields: [filterBy('authority', 'Council', council, this.places.councils(), 'Choose one')],
      toolkits: isChosen
        ? sideBySide(items, {
            toolkit: (code, version) => this.toolkits.find(code, version),
            team: (id) => (team ? undefined : names.get(id)),
            mayRecord: (fact) => kind !== undefined && mayActOnFact(kind, fact, who),
          })
        : [],
      record: mayRecord ? `/record/${KIND}?${new URLSearchParams(team ? { team } : council ? { authority: council } : {}).toString()}` : null,
      back: team && teamName ? { href: `/teams/${team}`, text: teamName } : { href: '/pledge/I3', text: 'What we know about I3' },
    };
    this.pages.send(request, reply, 'pages/assessments/show.njk', variables, { personal: mayRecord });
  } // prettier-ignore
}
