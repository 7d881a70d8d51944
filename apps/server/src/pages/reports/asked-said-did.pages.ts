import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import { Authorities } from '#authorities/authorities';
import type { Clock } from '#kernel/aggregate';
import { missing } from '#kernel/refusal';
import { CLOCK } from '#projections/tokens';
import { AskedSaidDid, type AskedSaidDidEntry } from '#reports/asked-said-did';
import { FindTeam } from '#teams/teams.queries';
import { Vault } from '#vault/vault';
import { PageListing } from '../../api/paging.js';
import { Allow } from '../../edge/allow.js';
import type { Asked } from '../../edge/guard.js';
import { exactDate, longDate } from '../../shell/dates.js';
import { Pages } from '../../shell/pages.js';
import { ANSWER_TONE, answerTag } from '../decisions/decision.view.js';
import { filterByCouncil } from '../filters.js';
import { listAddress, shownText } from '../list-address.js';
import { promiseTag } from '../service-changes/service-change.view.js';
import { capacityName } from '../teams/capacities.js';

const PATH = '/asked-said-did';

/** "We asked, you said, we did": made from the chain, with every no and its reason. */
@Controller('asked-said-did')
@Allow('anyone')
export class AskedSaidDidPages {
  constructor(
    private readonly pages: Pages,
    private readonly queries: QueryBus,
    private readonly authorities: Authorities,
    private readonly story: AskedSaidDid,
    private readonly vault: Vault,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  async show(
    @Query() { authority, team, after }: PageListing,
    @Req() request: Asked,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const found = team ? await this.queries.execute(new FindTeam(team)) : undefined;
    if (team && !found) throw missing('team');
    const council = authority ? this.authorities.get(authority) : undefined;
    if (authority && !council) throw missing('council');
    const filter = { ...(authority && { authority }), ...(team && { team }) };
    const { items, next } = await this.story.list({ ...filter, limit: 20, ...(after && { after }) });
    const variables = {
      title: 'We asked, you said, we did',
      name: found?.name ?? council?.name ?? 'All councils together',
      items: items.map((entry) => this.item(entry)),
      opportunities: after ? [] : this.story.opportunities(filter).map(({ title, happened_on: on }) => ({ title, on: longDate(on) })),
      next: listAddress(PATH, filter, next),
      first: after ? listAddress(PATH, filter, '') : null,
      fields: [filterByCouncil(authority, this.authorities.councils(), 'All councils together')],
    }; // prettier-ignore
    this.pages.send(request, reply, 'pages/reports/asked-said-did.njk', variables, { personal: false });
  }

  private item({ decision, asked, said, moreSaid, notShown, did }: AskedSaidDidEntry) {
    const { answer, reason_words: words, reason_source: source } = decision;
    return {
      id: decision.id,
      asked: asked && {
        title: asked.title,
        about: asked.about,
        on: longDate(asked.on),
        href: asked.meeting && `/meetings/${asked.meeting}`,
      },
      said: said.map(({ id, words: ref, capacity, language }) => ({
        words: ref ? shownText(this.vault, ref) : 'A picture or a recording',
        lang: language,
        href: `/views/${id}`,
        who: capacityName(capacity),
      })),
      moreSaid,
      notShown,
      tag: answerTag(answer),
      tone: answer ? ANSWER_TONE[answer] : 'bad',
      isDone: answer === 'yes' || answer === 'partly' || answer === 'already',
      decided: shownText(this.vault, decision.statement),
      because: words ? shownText(this.vault, words) : source,
      lookAgain: longDate(decision.look_again),
      passedTo: decision.passed_to,
      on: exactDate(decision.occurred_at, decision.precision),
      council: this.authorities.get(decision.authority)?.name ?? decision.authority,
      did: did.map(({ id, what, state, due, owner_role: owner }) => ({
        what: shownText(this.vault, what),
        href: `/service-changes/${id}`,
        ...promiseTag({ due, state }, this.clock.now().today),
        meta: [owner && `In charge: ${owner}`, due && `By ${longDate(due)}`].filter(Boolean).join('. '),
      })),
    };
  }
}
