import { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import { Controller, Get, HttpException, Inject, Param, ParseUUIDPipe, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import { FindCommitment } from '#commitments/commitments.queries';
import { Engine } from '#engine/engine';
import { missing } from '#kernel/refusal';
import { LogKeeper } from '#ledger/log-keeper';
import { Trace } from '#traceability/chain.queries';
import { nodeSha256 } from '#transparency-log/node-sha256';
import { makeBundle } from '#verifier/make-bundle';
import { zipOf } from '#verifier/zip-writer';
import type { Config } from '../../config.js';
import { Allow } from '../../edge/allow.js';
import type { Asked } from '../../edge/guard.js';
import { RateLimit } from '../../edge/rate-limit.js';
import { evidenceOf } from '../../log/evidence.js';
import { OPEN_LOG } from '../../log/log.api.js';
import type { OpenLog } from '../../log/open-log.js';
import { streamsOf } from '../../log/streams-of.js';
import { CONFIG } from '../../shell/pages.js';

const MINUTE = 60_000;

/** The evidence bundle of a promise or a decision: the whole record in one file, for whoever wants to check it alone. */
@Controller()
@Allow('anyone')
export class EvidencePages {
  // A bundle holds every entry of the log: as many as anyone needs, and not as many as a machine can ask for.
  private readonly limit = new RateLimit(6, MINUTE);

  constructor(
    private readonly engine: Engine,
    private readonly keeper: LogKeeper,
    private readonly queries: QueryBus,
    @Inject(OPEN_LOG) private readonly log: OpenLog,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get('service-changes/:id/evidence-bundle')
  promise(@Param('id', ParseUUIDPipe) id: string, @Req() request: Asked, @Res() reply: FastifyReply): Promise<void> {
    return this.chain(id, `serviceChange-${id}`, request, reply);
  }

  @Get('decisions/:id/evidence-bundle')
  decision(@Param('id', ParseUUIDPipe) id: string, @Req() request: Asked, @Res() reply: FastifyReply): Promise<void> {
    return this.chain(id, `decision-${id}`, request, reply);
  }

  @Get('commitments/:id/evidence-bundle')
  async commitment(
    @Param('id', ParseUUIDPipe) id: string,
    @Req() request: Asked,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (!(await this.queries.execute(new FindCommitment(id)))) throw missing('promise');
    const about = `commitment-${id}`;
    await this.send(id, { about, streams: [about] }, request, reply);
  }

  private async chain(id: string, about: string, request: Asked, reply: FastifyReply): Promise<void> {
    const chain = await this.queries.execute(new Trace(id, 'public'));
    const found = chain && streamsOf(chain);
    if (found?.about !== about) throw missing('promise or decision');
    await this.send(id, found, request, reply);
  }

  private async send(
    id: string,
    chain: ReturnType<typeof streamsOf>,
    request: Asked,
    reply: FastifyReply,
  ): Promise<void> {
    if (!this.limit.allow(request.ip)) throw new HttpException('That was too many at once. Please wait a minute.', 429);
    await this.keeper.cutNow();
    const log = { policy: this.log.policy, url: `${this.config.baseUrl}/log` };
    const source = await evidenceOf(this.engine, this.keeper, log, { ...chain, words: false });
    if (!source) throw new HttpException('This record is not sealed yet. Try again in a minute.', 503);
    void reply
      .header('cache-control', 'no-store')
      .header('content-disposition', `attachment; filename="evidence-${id.slice(0, 8)}.zip"`)
      .type('application/zip')
      .send(Readable.from(zipOf(makeBundle(source, nodeSha256), (bytes) => crc32(bytes))));
  }
}
