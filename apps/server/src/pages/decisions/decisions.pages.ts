import { Controller, Get, Param, ParseUUIDPipe, Query, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import { Authorities } from '#authorities/authorities';
import { ANSWERS } from '#kernel/codes';
import { missing } from '#kernel/refusal';
import { ListDecisions, WhichLackPeople } from '#decisions/decisions.queries';
import { Trace } from '#traceability/chain.queries';
import { spoken } from '#traceability/show';
import { Vault } from '#vault/vault';
import { PageListing } from '../../api/paging.js';
import { Allow } from '../../edge/allow.js';
import type { Asked } from '../../edge/guard.js';
import { longDate } from '../../shell/dates.js';
import { Pages } from '../../shell/pages.js';
import { say } from '../../wording/wording.js';
import { Seal } from '../seal/seal.js';
import { filterBy, filterByCouncil } from '../filters.js';
import { listAddress, shownText } from '../list-address.js';
import { capacityName } from '../teams/capacities.js';
import { clockLines } from '../clocks/reply-clock.view.js';
import { notAsGiven } from '../views/shown.view.js';
import { mayTellWordBack } from './word-back.pages.js';
import { ANSWER_TONE, answerTag, decisionView, gapView, historyOf } from './decision.view.js';

/** Said beside such a decision wherever it stands among others. */
const WITHOUT_PEOPLE = 'No view of people is linked to this decision.';

@Controller()
@Allow('anyone')
export class DecisionsPages {
  constructor(
    private readonly pages: Pages,
    private readonly queries: QueryBus,
    private readonly vault: Vault,
    private readonly authorities: Authorities,
    private readonly seal: Seal,
  ) {}

  @Get('decisions')
  async list(@Query() query: PageListing, @Req() request: Asked, @Res() reply: FastifyReply): Promise<void> {
    const { limit, after, authority, team, answer, kind } = query;
    const people = kind === 'without-people' ? 'without' : kind === 'with-people' ? 'with' : undefined;
    const page = await this.queries.execute(
      new ListDecisions({
        limit: Math.min(limit, 30),
        ...(after && { after }),
        ...(authority && { authority }),
        ...(team && { team }),
        ...(answer && { answer }),
        ...(people && { people }),
      }),
    );
    const lacking = await this.queries.execute(new WhichLackPeople(page.items.map(({ id }) => id)));
    const nameOf = (code: string) => this.authorities.get(code)?.name ?? code;
    this.pages.send(
      request,
      reply,
      'pages/decisions/list.njk',
      {
        title: 'Decisions and why',
        fields: [
          filterByCouncil(authority, this.authorities.all()),
          filterBy(
            'answer',
            'Answer',
            answer,
            ANSWERS.map((value) => ({ value, text: say(`answer.${value}`) })),
          ),
          filterBy('kind', 'Views of people behind it', kind, [
            { value: 'with-people', text: 'There are views' },
            { value: 'without-people', text: 'There are none' },
          ]),
        ],
        items: page.items.map((row) => ({
          icon: 'scales',
          kind: `${nameOf(row.authority)}, ${longDate(row.occurred_at)}`,
          title: shownText(this.vault, row.statement),
          href: `/decisions/${row.id}`,
          tag: answerTag(row.answer),
          tone: row.answer ? ANSWER_TONE[row.answer] : 'bad',
          meta: lacking.has(row.id) ? [WITHOUT_PEOPLE] : [],
        })),
        next: listAddress('/decisions', { authority, answer, team, kind }, page.next),
        first: after ? listAddress('/decisions', { authority, answer, team, kind }, '') : null,
      },
      { personal: false },
    );
  }

  @Get('decisions/:id')
  async show(
    @Param('id', ParseUUIDPipe) id: string,
    @Query() { asOf }: PageListing,
    @Req() request: Asked,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const chain = await this.queries.execute(new Trace(id, 'public', asOf));
    const view = chain && decisionView(chain);
    if (!view) throw missing('decision');
    this.pages.send(
      request,
      reply,
      'pages/decisions/show.njk',
      {
        title: 'A decision and why',
        view,
        mayTellWordBack: chain.decisions.some((each) => each.id === id && mayTellWordBack(request.who, each)),
        asOf,
        seal: this.seal.words(),
        back: { href: '/decisions', text: 'All decisions' },
      },
      { personal: false },
    );
  }

  /** The public form of a view: only what its giver agreed to. */
  @Get('views/:id')
  async view(
    @Param('id', ParseUUIDPipe) id: string,
    @Query() { asOf }: PageListing,
    @Req() request: Asked,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const chain = await this.queries.execute(new Trace(id, 'public', asOf));
    const view = chain?.contributions.find((each) => each.id === id);
    if (!chain || !view || view.attribution === 'hidden') throw missing('view');
    const variables = {
      title: 'A view and what came of it',
      said: {
        words: spoken(view.words) || 'A picture or a recording.',
        isQuote: view.words?.state === 'readable',
        lang: view.language,
        meta: [
          ...notAsGiven(view),
          `${capacityName(view.capacity)}. Told on ${longDate(view.occurredAt)}.`,
          ...(view.groupSize ? [`${view.groupSize} people said this together.`] : []),
        ],
      },
      decisions: chain.decisions.map((decision) => ({
        icon: 'scales',
        kind: `Decision, ${longDate(decision.occurredAt)}`,
        title: spoken(decision.statement),
        href: `/decisions/${decision.id}`,
        tag: answerTag(decision.answer),
        tone: decision.answer ? ANSWER_TONE[decision.answer] : 'bad',
      })),
      steps: historyOf(chain, id),
      clock: clockLines(view.clock),
      gaps: chain.gaps.filter(({ node }) => node === id).map(gapView),
      asOf,
    };
    this.pages.send(request, reply, 'pages/decisions/view.njk', variables, { personal: false });
  }
}
