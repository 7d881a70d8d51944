import { Controller, Get, Inject, Param, ParseUUIDPipe, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import { findKind } from '#facts/every-kind';
import { birthIn, type FactWithEntries, ListFacts } from '#facts/facts.queries';
import { LADDER } from '#facts/ladder';
import { WHO } from '#facts/options';
import { belongsTo } from '#identity/who';
import type { Clock } from '#kernel/aggregate';
import type { Json } from '#kernel/personal';
import { missing } from '#kernel/refusal';
import { londonDay } from '#kernel/time';
import { CLOCK } from '#projections/tokens';
import { halfOf } from '#statements/statement';
import { FindTeam } from '#teams/teams.queries';
import { Vault } from '#vault/vault';
import type { Config } from '../../config.js';
import { Allow } from '../../edge/allow.js';
import { hasRole } from '../../edge/fact-desk.js';
import type { Asked } from '../../edge/guard.js';
import { CONFIG, Pages } from '../../shell/pages.js';
import { longDate } from '../../shell/dates.js';
import { shownText } from '../list-address.js';
import { halfWords } from '#statements/told-words';
import { type Felt, feltHalves } from './ladder.view.js';

const MOST = 200;
const textOf = (options: readonly { value: string; text: string }[], code: string): string =>
  options.find(({ value }) => value === code)?.text ?? code;

/** Where a team says that it is on the ladder of co-production, and where people feel that it is. Never one number. */
@Controller('teams/:id/ladder')
@Allow('anyone')
export class LadderPages {
  constructor(
    private readonly pages: Pages,
    private readonly queries: QueryBus,
    private readonly vault: Vault,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  async show(@Param('id', ParseUUIDPipe) id: string, @Req() request: Asked, @Res() reply: FastifyReply): Promise<void> {
    const team = await this.queries.execute(new FindTeam(id));
    if (!team) throw missing('team');
    const { items } = await this.queries.execute(new ListFacts({ kinds: ['rung'], team: id, limit: MOST }));
    const standing = items.filter(({ stands }) => stands === 1);
    const kind = findKind('rung');
    const mayRecord = kind !== undefined && hasRole(kind, request.who) && belongsTo(request.who, team.authority);
    const halves = feltHalves(standing.flatMap((fact) => this.felt(fact)), halfOf(this.clock.now().today), this.config.suppressUpTo);
    const variables = {
      title: `The ladder of co-production: ${team.name}`,
      claims: standing.map((fact) => this.claim(fact, mayRecord)),
      halves: halves.map((each) => ({ ...each, period: halfWords(each.half) })),
      formed: team.rung,
      steps: LADDER.map(({ text }) => text).toReversed(),
      record: mayRecord ? `/record/rung?team=${id}` : null,
      back: { href: `/teams/${id}`, text: team.name },
    };
    this.pages.send(request, reply, 'pages/ladder/show.njk', variables, { personal: mayRecord });
  } // prettier-ignore

  private claim(fact: FactWithEntries, mayRecord: boolean) {
    const birth = birthIn(fact);
    const { rung, agreedBy } = JSON.parse(birth.data) as { rung: string; agreedBy: string };
    const { why } = JSON.parse(birth.sealed) as { why?: string };
    return {
      href: `/facts/${fact.id}`,
      rung: textOf(LADDER, rung),
      on: longDate(birth.happened_on),
      by: textOf(WHO, agreedBy),
      why: why === undefined ? undefined : shownText(this.vault, why),
      record: mayRecord ? `/record/rung/${fact.id}/felt` : null,
    };
  }

  /** By the half year in which it was written down: one that is over no longer changes. */
  private felt({ entries }: FactWithEntries): { half: string; felt: readonly Felt[] }[] {
    return entries.flatMap(({ type, sealed, taken_back_at, recorded_at }) => {
      const { felt } = JSON.parse(sealed) as { felt?: string };
      if (type !== 'RungFelt' || taken_back_at !== null || felt === undefined) return [];
      const opened = this.vault.open<Json>(felt);
      const half = halfOf(londonDay(recorded_at));
      return opened.state === 'readable' ? [{ half, felt: opened.value as unknown as readonly Felt[] }] : [];
    });
  }
}
