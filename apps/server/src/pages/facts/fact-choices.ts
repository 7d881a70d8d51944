import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { CodeList, Control, FactFields, Thing } from '#facts/fact-kind';
import { birthIn, ListFacts } from '#facts/facts.queries';
import type { Toolkit } from '#facts/toolkit.events';
import { Toolkits } from '#facts/toolkits';
import { ListMeetings } from '#meetings/meetings.queries';
import { People } from '#participants/people';
import { Pledges } from '#pledge/pledges';
import { ListPledgeLog } from '#pledge-log/pledge-log.queries';
import { ListServiceChanges } from '#service-changes/service-changes.queries';
import { ListTeams, type TeamWithMembers } from '#teams/teams.queries';
import { Vault } from '#vault/vault';
import { longDate } from '../../shell/dates.js';
import { shownText } from '../list-address.js';

export interface Choice {
  readonly value: string;
  readonly text: string;
  readonly hint?: string;
}

/** For whom something is recorded, and what the form already knows. */
export interface ChosenFor {
  readonly authority: string;
  readonly team?: TeamWithMembers | undefined;
  readonly toolkit?: Toolkit | undefined;
  /** The question that a level is given for: its levels then say what they mean. */
  readonly criterion?: string | undefined;
}

const MOST = 100;
const LONGEST = 90;
const short = (text: string): string =>
  text.length <= LONGEST ? text : `${text.slice(0, LONGEST).replace(/\s+\S*$|[\ud800-\udbff]$/, '')} …`;

/** What the record itself offers for a field: members, meetings, promises, questions of a toolkit. */
@Injectable()
export class FactChoices {
  constructor(
    private readonly queries: QueryBus,
    private readonly people: People,
    private readonly pledges: Pledges,
    private readonly toolkits: Toolkits,
    private readonly vault: Vault,
  ) {}

  /** By field; fields that bring their own options are not named. */
  async of(fields: FactFields, chosen: ChosenFor): Promise<Readonly<Record<string, readonly Choice[]>>> {
    const found: Record<string, readonly Choice[]> = {};
    for (const [name, { control }] of Object.entries(fields)) {
      const choices = await this.for(control, chosen);
      if (choices) found[name] = choices;
    }
    return found;
  }

  private async for(control: Control, chosen: ChosenFor): Promise<readonly Choice[] | undefined> {
    if (control.as === 'code') return this.codes(control.from, chosen);
    if (control.as === 'person' || control.as === 'people') return this.members(chosen);
    if (control.as !== 'thing') return undefined;
    const lists = await Promise.all(control.of.map((thing) => this.things(thing, chosen, control.only)));
    return lists.flat();
  }

  private codes(from: CodeList, { toolkit, criterion }: ChosenFor): readonly Choice[] {
    const kits = toolkit ? [toolkit] : this.toolkits.all();
    switch (from) {
      case 'pledge':
        return this.pledges.codes().map((code) => ({ value: code, text: this.pledges.find(code)?.title ?? code }));
      case 'toolkit':
        return kits.map((each) => ({ value: each.toolkit, text: each.title }));
      case 'criterion': {
        const all = kits.flatMap(({ criteria }) => criteria.map(({ code, question }) => ({ value: code, text: question })));
        return [...new Map(all.map((each) => [each.value, each])).values()];
      }
      case 'level': {
        const means = toolkit?.criteria.find(({ code }) => code === criterion)?.levels ?? [];
        return (toolkit?.levels ?? []).map(({ code, name }) => {
          const hint = means.find(({ level }) => level === code)?.means;
          return { value: code, text: name, ...(hint && { hint }) };
        });
      }
      case 'pledge-version':
      case 'toolkit-version':
        return [];
    }
  } // prettier-ignore

  /** Whoever was erased can no longer be named. */
  private members({ team }: ChosenFor): readonly Choice[] {
    return (team?.members ?? []).flatMap(({ participant }) => {
      const name = this.people.get(participant)?.name;
      return name ? [{ value: participant, text: name }] : [];
    });
  }

  private async things(thing: Thing, { authority, team }: ChosenFor, only?: 'confirmed'): Promise<readonly Choice[]> {
    const within = { authority, ...(team && { team: team.id }), limit: MOST };
    switch (thing) {
      case 'team': {
        const { items } = await this.queries.execute(new ListTeams({ authority, limit: MOST }));
        return items.map(({ id, name }) => ({ value: id, text: name }));
      }
      case 'meeting': {
        const { items } = await this.queries.execute(new ListMeetings(within));
        return items.map(({ id, title, starts_at }) => ({ value: id, text: `${longDate(starts_at)}: ${title}` }));
      }
      case 'serviceChange': {
        const { items } = await this.queries.execute(new ListServiceChanges({ ...within, ...(only && { state: only }) }));
        return items.map(({ id, what }) => ({ value: id, text: short(shownText(this.vault, what)) }));
      }
      case 'commitment': {
        const filter = { authority, ...(only && { status: only }) };
        const { items } = await this.queries.execute(new ListPledgeLog(filter, { limit: MOST }));
        return items.map(({ id, what }) => ({ value: id, text: short(shownText(this.vault, what)) }));
      }
      case 'contract': {
        const { items } = await this.queries.execute(new ListFacts({ kinds: ['contract'], authority, limit: MOST }));
        return items
          .filter(({ stands }) => stands === 1)
          .map((fact) => ({ value: fact.id, text: (JSON.parse(birthIn(fact).data) as { title: string }).title }));
      }
    }
  } // prettier-ignore
}
