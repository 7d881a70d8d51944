import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { Authorities } from '#authorities/authorities';
import { FindCommitment } from '#commitments/commitments.queries';
import { asEveryoneReads, FindContribution } from '#contributions/contributions.queries';
import { belongsTo, type Who } from '#identity/who';
import { LIFECYCLE } from '#kernel/codes';
import type { LogRow } from '#pledge-log/pledge-log';
import { ListOwnerRoles } from '#pledge-log/pledge-log.queries';
import { partsOf } from '#pledge/pledge-lines';
import { Pledges } from '#pledge/pledges';
import { type Behind, ListBehind } from '#scrutiny/behind.queries';
import { ListAudits, type SampleRow } from '#scrutiny/audits.queries';
import type { SampleFilter } from '#scrutiny/sampling';
import { FindTeam, ListTeams } from '#teams/teams.queries';
import { Vault } from '#vault/vault';
import { formalState } from '../pledge-log/pledge-log.view.js';
import { councilOptions } from '../filters.js';
import { shownText } from '../list-address.js';
import { brief, NOT_RECORDED, type ScrutinyNames } from './promises.view.js';
import type { DrawnItem } from './sample.view.js';

interface Choice {
  readonly value: string;
  readonly text: string;
}
const ALL: Choice = { value: '', text: 'All' };
const COLOURS: readonly Choice[] = [
  { value: 'red', text: 'Red' },
  { value: 'amber', text: 'Amber' },
  { value: 'green', text: 'Green' },
  { value: 'grey', text: 'Grey' },
];

/** What every list of scrutiny needs: names for codes, what stands behind a promise, and what may be chosen. */
@Injectable()
export class ScrutinyLists {
  constructor(
    private readonly queries: QueryBus,
    private readonly authorities: Authorities,
    private readonly pledges: Pledges,
    private readonly vault: Vault,
  ) {}

  /** Names of councils, of the teams of some rows, and opened words. */
  async names(teams: readonly string[] = []): Promise<ScrutinyNames> {
    const known = new Map(await Promise.all([...new Set(teams)].map(async (id) => [id, await this.team(id)] as const)));
    return {
      council: (code) => this.authorities.get(code)?.name ?? code,
      team: (id) => known.get(id) ?? 'a team that is not recorded',
      words: (ref) => shownText(this.vault, ref),
    };
  }

  /** @param teams of which names are needed beside those of the rows */
  async promises(rows: readonly LogRow[], teams: readonly string[] = []) {
    const behind = await this.queries.execute(new ListBehind(rows.map(({ id }) => id)));
    const of = Map.groupBy(behind, ({ commitment }) => commitment);
    const names = await this.names([...teams, ...rows.flatMap(({ team }) => (team === null ? [] : [team]))]);
    const all = rows.map((row): { row: LogRow; behind: readonly Behind[] } => ({ row, behind: of.get(row.id) ?? [] }));
    return { all, names };
  }

  /** What a sample drew, in the order of the draw, with the words that may be shown. */
  async drawn(row: SampleRow) {
    const { team } = JSON.parse(row.filter) as SampleFilter;
    const names = await this.names(team ? [team] : []);
    const ids = JSON.parse(row.ids) as string[];
    const all = await Promise.all(ids.map(async (id): Promise<DrawnItem> => {
      if (row.sampled === 'promises') {
        const found = await this.queries.execute(new FindCommitment(id));
        return { href: `/commitments/${id}`, title: found ? brief(names.words(found.what)) : NOT_RECORDED, meta: found?.number ?? '' };
      }
      const found = await this.queries.execute(new FindContribution(id));
      const isShown = found?.published === 1 && found.withdrawn_at === null;
      return { href: isShown ? `/views/${id}` : '', title: isShown ? brief(names.words(asEveryoneReads(found).words)) : 'A view whose words are not shown', meta: '' };
    })); // prettier-ignore
    return { items: all, names };
  }

  councils(): Choice[] {
    return councilOptions(this.authorities.all());
  }

  /** The councils that someone may act for. */
  councilsOf(who: Who): Choice[] {
    return this.councils().filter(({ value }) => belongsTo(who, value));
  }

  /** Open audits that an officer may add to, for a list to choose from; first: a new one. */
  async openAudits(who: Who, authority?: string): Promise<Choice[]> {
    const { items } = await this.queries.execute(
      new ListAudits({ isOpen: true, limit: 100, ...(authority && { authority }) }),
    );
    const mine = items.filter((each) => each.authority === null || belongsTo(who, each.authority));
    const chosen = mine.map(({ id, title }) => ({ value: id, text: shownText(this.vault, title) }));
    return [{ value: '', text: 'A new audit' }, ...chosen];
  }

  /** The fields by which promises are narrowed; teams only of the council that is chosen. */
  async fields(filters: Readonly<Record<string, string | undefined>>) {
    const { authority } = filters;
    const teams = authority ? (await this.queries.execute(new ListTeams({ authority, limit: 200 }))).items : [];
    const roles = await this.queries.execute(new ListOwnerRoles());
    const parts = this.pledges.codes().flatMap((code) => this.pledges.find(code) ?? []).flatMap(partsOf)
      .map(({ code, text }) => ({ value: code, text: `${code} ${text.slice(0, 60)}${text.length > 60 ? ' …' : ''}` })); // prettier-ignore
    const choose = (name: string, label: string, options: readonly Choice[]) => ({ name, label, value: filters[name], options: [ALL, ...options] }); // prettier-ignore
    return [
      choose('authority', 'Council', this.councils()),
      ...(teams.length > 0 ? [choose('team', 'Team', teams.map(({ id, name }) => ({ value: id, text: name })))] : []),
      choose('part', 'Promise of the pledge', [...new Map(parts.map((each) => [each.value, each])).values()]),
      choose('status', 'Status', LIFECYCLE.map((value) => ({ value, text: formalState(value) }))),
      choose('rag', 'RAG', COLOURS),
      { name: 'lateBy', label: 'Late by this many days or more', type: 'number', value: filters['lateBy'] },
      choose('ownerRole', 'Role of the owner', roles.map((value) => ({ value, text: value }))),
      { name: 'from', label: 'Promised on or after', type: 'date', value: filters['from'] },
      { name: 'to', label: 'Promised on or before', type: 'date', value: filters['to'] },
    ]; // prettier-ignore
  }

  private async team(id: string): Promise<string> {
    const found = await this.queries.execute(new FindTeam(id));
    return found?.name ?? 'a team that is not recorded';
  }
}
