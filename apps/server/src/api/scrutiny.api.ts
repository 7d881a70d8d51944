import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { CommandContext } from '#event-store/recorder';
import { ANSWERERS, belongsTo, SCRUTINEERS, type Who } from '#identity/who';
import { FindSample, ListAudits } from '#scrutiny/audits.queries';
import { ListRecommendations, ListResponses, standingOf } from '#scrutiny/recommendations.queries';
import { readable } from '#vault/readable';
import { Vault } from '#vault/vault';
import { Allow } from '../edge/allow.js';
import { Asking, Ctx } from '../edge/command-context.js';
import { insiderOf } from '../scrutiny/insider.js';
import { ScrutinyDesk } from '../scrutiny/scrutiny-desk.js';
import { wholeAudit } from '../scrutiny/whole-audit.js';
import { Listing } from './paging.js';
import { AuditBody, ClosingBody, FindingBody, PublicationBody, RecommendationBody, ResponseBody, SampleBody } from './scrutiny.bodies.js'; // prettier-ignore
import { auditItem, findingItem, recommendationItem, responseItem, sampleItem } from './scrutiny.json.js';
import { RecommendationListing } from './scrutiny.query.js';

const AnId = () => Param('id', ParseUUIDPipe);

/** Audits, samples, findings and recommendations: written by scrutiny officers, answered by the council, read by anyone. */
@ApiTags('scrutiny')
@Controller('api/v1')
@Allow(SCRUTINEERS)
export class ScrutinyApi {
  constructor(
    private readonly queries: QueryBus,
    private readonly vault: Vault,
    private readonly desk: ScrutinyDesk,
  ) {}

  @Post('audits')
  async open(@Body() body: AuditBody, @Ctx() context: CommandContext, @Asking() who: Who) {
    return { id: await this.desk.open(context, who, body) };
  }

  @Get('audits')
  @Allow('anyone')
  async list(@Query() { limit, after, authority }: Listing) {
    const filter = { limit, ...(after && { after }), ...(authority && { authority }) };
    const { items, next } = await this.queries.execute(new ListAudits(filter));
    return { items: items.map((row) => auditItem(row, readable(this.vault))), next };
  }

  @Get('audits/:id')
  @Allow('anyone')
  async show(@AnId() id: string, @Asking() who: Who) {
    const { row, samples, findings, recommendations } = await wholeAudit(this.queries, id, who);
    const open = readable(this.vault);
    return {
      ...auditItem(row, open),
      samples: samples.map(sampleItem),
      findings: findings.map((each) => findingItem(each, belongsTo(who, each.authority), open)),
      recommendations: recommendations.map((each) => recommendationItem(each, open)),
    };
  }

  @Post('audits/:id/samples')
  async draw(@AnId() audit: string, @Body() body: SampleBody, @Ctx() context: CommandContext, @Asking() who: Who) {
    const id = await this.desk.draw(context, who, { audit }, { ...body, filter: { ...body.filter } });
    const row = await this.queries.execute(new FindSample(id));
    return { id, ...(row && { ...sampleItem(row), ids: JSON.parse(row.ids) as string[] }) };
  }

  @Post('audits/:id/findings')
  async find(@AnId() audit: string, @Body() body: FindingBody, @Ctx() context: CommandContext, @Asking() who: Who) {
    const { about, thing, ...given } = body;
    const { finding } = await this.desk.find(context, who, { audit }, { about, thing }, given);
    return { id: finding };
  }

  @Post('findings/:id/publication')
  async publish(@AnId() id: string, @Body() { decidedBy }: PublicationBody, @Ctx() context: CommandContext, @Asking() who: Who) {
    return { id, audit: await this.desk.publish(context, who, id, decidedBy) };
  } // prettier-ignore

  @Post('audits/:id/recommendations')
  async recommend(@AnId() audit: string, @Body() body: RecommendationBody, @Ctx() context: CommandContext, @Asking() who: Who) {
    return { id: await this.desk.recommend(context, who, audit, body) };
  } // prettier-ignore

  @Post('audits/:id/closing')
  async close(@AnId() id: string, @Body() { words = '' }: ClosingBody, @Ctx() context: CommandContext, @Asking() who: Who) {
    await this.desk.close(context, who, id, words);
    return { id };
  } // prettier-ignore

  @Get('recommendations')
  @Allow('anyone')
  async recommendations(@Query() { limit, after, authority, standing }: RecommendationListing, @Asking() who: Who) {
    const filter = { limit, ...(after && { after }), ...(authority && { authority }), ...(standing && { standing }) };
    const { items, next } = await this.queries.execute(new ListRecommendations({ ...filter, ...insiderOf(who) }));
    return { items: items.map((row) => recommendationItem(row, readable(this.vault))), next };
  }

  @Get('recommendations/:id')
  @Allow('anyone')
  async recommendation(@AnId() id: string, @Asking() who: Who) {
    const row = await this.desk.recommendation(who, id);
    const responses = await this.queries.execute(new ListResponses([id]));
    const open = readable(this.vault);
    const standing = standingOf(row, this.desk.today());
    return { ...recommendationItem({ ...row, standing }, open), responses: responses.map((each) => responseItem(each, open)) }; // prettier-ignore
  }

  @Post('recommendations/:id/responses')
  @Allow(ANSWERERS)
  async respond(@AnId() id: string, @Body() body: ResponseBody, @Ctx() context: CommandContext, @Asking() who: Who) {
    await this.desk.respond(context, who, { recommendation: id, byRole: context.actor.role, ...body });
    return { id };
  }
}
