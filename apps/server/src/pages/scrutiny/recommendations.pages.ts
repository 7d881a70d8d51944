import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Query, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import type { CommandContext } from '#event-store/recorder';
import { ANSWERERS, belongsTo, type Who } from '#identity/who';
import { RESPONSES } from '#scrutiny/audit.events';
import {
  CountRecommendations,
  ListRecommendations,
  ListResponses,
  STANDINGS,
  standingOf,
} from '#scrutiny/recommendations.queries';
import { Day, OneOf, Text } from '../../api/fields.js';
import { RecommendationListing } from '../../api/scrutiny.query.js';
import { Allow } from '../../edge/allow.js';
import { Ctx } from '../../edge/command-context.js';
import { type Again, submit } from '../../edge/form.js';
import type { Asked } from '../../edge/guard.js';
import { insiderOf } from '../../scrutiny/insider.js';
import { ScrutinyDesk } from '../../scrutiny/scrutiny-desk.js';
import { Pages } from '../../shell/pages.js';
import { choices, say } from '../../wording/wording.js';
import { filterBy } from '../filters.js';
import { listAddress } from '../list-address.js';
import { recommendationView } from './audit.view.js';
import { oneRecommendation } from './recommendation.view.js';
import { ScrutinyLists } from './scrutiny-lists.js';

class ResponseForm {
  @OneOf(RESPONSES, { missing: 'Choose your answer.', wrong: 'Choose your answer.' }) answer: string;
  @Text(10_000, { missing: 'Say in plain words what you will do, or why not.' }) words: string;
  @Text(10_000, { optional: true }) action?: string;
  @Day({ optional: true }) executiveDate?: string;
  @Text(200, { optional: true }) lead?: string;
}

/** What scrutiny recommends, what was answered, and what waits: the council answers here. */
@Controller('scrutiny/recommendations')
@Allow('anyone')
export class RecommendationPages {
  constructor(
    private readonly pages: Pages,
    private readonly queries: QueryBus,
    private readonly lists: ScrutinyLists,
    private readonly desk: ScrutinyDesk,
  ) {}

  @Get()
  async list(@Query() query: RecommendationListing, @Req() request: Asked, @Res() reply: FastifyReply): Promise<void> {
    const { after, authority, standing } = query;
    const { who } = request;
    const filter = { ...(authority && { authority }), ...insiderOf(who) };
    const [{ items, next }, counts, names] = await Promise.all([
      this.queries.execute(
        new ListRecommendations({ ...filter, limit: 30, ...(standing && { standing }), ...(after && { after }) }),
      ),
      this.queries.execute(new CountRecommendations(filter)),
      this.lists.names(),
    ]);
    const path = '/scrutiny/recommendations';
    const variables = {
      title: 'Recommendations',
      fields: [
        filterBy('authority', 'Council', authority, this.lists.councils()),
        filterBy('standing', 'Where it stands', standing, choices('standing', 'formal')),
      ],
      counts: STANDINGS.map((each) => ({
        text: say(`standing.${each}`, 'formal'),
        count: counts[each].toLocaleString('en-GB'),
        current: standing === each,
        href: listAddress(path, { authority, standing: each }, ''),
      })),
      items: items.map((row) => recommendationView(row, names)),
      csv: listAddress('/scrutiny/tracker.csv', { authority, standing }, ''),
      next: listAddress(path, { authority, standing }, next),
      first: after ? listAddress(path, { authority, standing }, '') : null,
    };
    this.pages.send(request, reply, 'pages/scrutiny/recommendations.njk', variables, {
      personal: who.kind === 'staff',
    });
  }

  @Get(':id')
  show(@Param('id', ParseUUIDPipe) id: string, @Req() request: Asked, @Res() reply: FastifyReply): Promise<void> {
    return this.one(request, reply, id);
  }

  @Post(':id/response')
  @Allow(ANSWERERS)
  async respond(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() raw: unknown,
    @Req() request: Asked,
    @Res() reply: FastifyReply,
    @Ctx() context: CommandContext,
  ): Promise<void> {
    const done = await submit(ResponseForm, raw, (form) =>
      this.desk.respond(context, request.who, { recommendation: id, byRole: context.actor.role, ...form }),
    );
    if ('problems' in done) return this.one(request, reply, id, done);
    void reply.redirect(`/scrutiny/recommendations/${id}?done=recorded`, 303);
  }

  private async one(request: Asked, reply: FastifyReply, id: string, returned?: Again) {
    const { who } = request;
    const row = await this.desk.recommendation(who, id);
    const [responses, names] = await Promise.all([this.queries.execute(new ListResponses([id])), this.lists.names()]);
    const today = this.desk.today();
    const thing = row.about && row.thing ? await this.desk.look(row.about, row.thing) : undefined;
    const mayAnswer = answers(who, row.authority);
    const variables = {
      title: names.words(row.what),
      view: oneRecommendation({ ...row, standing: standingOf(row, today) }, responses, thing, names, today),
      answers: mayAnswer ? choices('response', 'formal') : null,
      back: { href: '/scrutiny/recommendations', text: 'Recommendations' },
    };
    const options = { personal: who.kind === 'staff', ...(returned && { returned }) };
    this.pages.send(request, reply, 'pages/scrutiny/recommendation.njk', variables, options);
  }
}

/** Whoever answers for this council. Scrutiny does not answer itself. */
const answers = (who: Who, authority: string): boolean =>
  who.kind === 'staff' && ANSWERERS.includes(who.role) && belongsTo(who, authority);
