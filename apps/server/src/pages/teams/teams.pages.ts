import { Controller, Get, Param, ParseUUIDPipe, Query, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import { Authorities } from '#authorities/authorities';
import { RECORDERS } from '#identity/who';
import { missing } from '#kernel/refusal';
import { ListMeetings } from '#meetings/meetings.queries';
import { FindTeam, ListTeams } from '#teams/teams.queries';
import { PageListing } from '../../api/paging.js';
import { Allow } from '../../edge/allow.js';
import type { Asked } from '../../edge/guard.js';
import { mayActOn } from '../../edge/may.js';
import { Pages } from '../../shell/pages.js';
import { say, type WordingKey } from '../../wording/wording.js';
import { filterByCouncil } from '../filters.js';
import { listAddress } from '../list-address.js';
import { meetingNode, teamNode } from './team.view.js';

/** The teams there are, and what each one does. */
@Controller('teams')
@Allow('anyone')
export class TeamsPages {
  constructor(
    private readonly pages: Pages,
    private readonly queries: QueryBus,
    private readonly authorities: Authorities,
  ) {}

  @Get()
  async list(
    @Query() { after, authority }: PageListing,
    @Req() request: Asked,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const page = await this.queries.execute(
      new ListTeams({ limit: 30, ...(after && { after }), ...(authority && { authority }) }),
    );
    const variables = {
      title: 'Teams',
      fields: [filterByCouncil(authority, this.authorities.everyCouncil())],
      items: page.items.map((row) => teamNode(row, this.authorities.get(row.authority)?.name ?? row.authority)),
      next: listAddress('/teams', { authority }, page.next),
      first: after ? listAddress('/teams', { authority }, '') : null,
      mayForm: request.who.kind === 'staff' && RECORDERS.includes(request.who.role),
    };
    this.pages.send(request, reply, 'pages/teams/list.njk', variables, { personal: variables.mayForm });
  }

  @Get(':id')
  async show(
    @Param('id', ParseUUIDPipe) id: string,
    @Query() { after }: PageListing,
    @Req() request: Asked,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const team = await this.queries.execute(new FindTeam(id));
    if (!team) throw missing('team');
    const meetings = await this.queries.execute(new ListMeetings({ team: id, limit: 20, ...(after && { after }) }));
    const isOurs = request.who.kind === 'staff' && RECORDERS.includes(request.who.role) && mayActOn(request.who, team);
    const variables = {
      title: team.name,
      team,
      authority: this.authorities.get(team.authority)?.name ?? team.authority,
      stage: say(`stage.${team.stage}` as WordingKey),
      members: team.members.length,
      meetings: meetings.items.map(meetingNode),
      next: listAddress(`/teams/${id}`, {}, meetings.next),
      isOurs,
    };
    this.pages.send(request, reply, 'pages/teams/show.njk', variables, { personal: isOurs });
  }
}
