import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { Authorities } from '#authorities/authorities';
import { belongsTo, type Who } from '#identity/who';
import { missing } from '#kernel/refusal';
import { FindTeam, ListTeams, type TeamWithMembers } from '#teams/teams.queries';
import { councilOptions } from '../filters.js';

/** A council, or one of its teams. */
export interface Place {
  readonly authority: string;
  readonly council: string;
  readonly team?: TeamWithMembers;
  /** In words: the team with its council, or the council. */
  readonly name: string;
}

const MOST = 100;

/** For whom something is recorded: the pages ask once and carry it on. */
@Injectable()
export class FactPlaces {
  constructor(
    private readonly queries: QueryBus,
    private readonly authorities: Authorities,
  ) {}

  councilName(code: string): string {
    return this.authorities.get(code)?.name ?? code;
  }

  team(id: string): Promise<TeamWithMembers | undefined> {
    return this.queries.execute(new FindTeam(id));
  }

  async teamName(id: string): Promise<string | undefined> {
    return (await this.team(id))?.name;
  }

  /** The place that was asked for; one's own council where none was. @throws Refusal when it is another's, or not there. */
  async own(who: Who, asked: { readonly authority?: string; readonly team?: string }): Promise<Place | undefined> {
    if (asked.team) {
      const team = await this.queries.execute(new FindTeam(asked.team));
      if (!team || !belongsTo(who, team.authority)) throw missing('team');
      const council = this.councilName(team.authority);
      return { authority: team.authority, council, team, name: `${team.name}, ${council}` };
    }
    const own = who.kind === 'staff' || who.kind === 'token' ? who.authority : undefined;
    const authority = asked.authority ?? own;
    if (authority === undefined) return undefined;
    if (!belongsTo(who, authority) || !this.authorities.get(authority)) throw missing('council');
    return { authority, council: this.councilName(authority), name: this.councilName(authority) };
  }

  async teamsOf(authority: string): Promise<readonly { readonly value: string; readonly text: string }[]> {
    const { items } = await this.queries.execute(new ListTeams({ authority, limit: MOST }));
    return items.map(({ id, name }) => ({ value: id, text: name }));
  }

  councilsOf(who: Who): readonly { readonly value: string; readonly text: string }[] {
    return councilOptions(this.authorities.councils().filter(({ code }) => belongsTo(who, code)));
  }

  /** Every council, for those who only read. */
  councils(): readonly { readonly value: string; readonly text: string }[] {
    return councilOptions(this.authorities.councils());
  }
}
