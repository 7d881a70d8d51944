import { Body, Controller, Get, Inject, Param, Post, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Allow } from '../edge/allow.js';
import { SignedBody } from '../edge/form-tokens.js';
import { OPEN_LOG } from './log.api.js';
import type { OpenLog } from './open-log.js';

const TEXT = 'text/plain; charset=utf-8';
const NOBODY = 'This server watches no logs. Set WITNESS_POLICY.\n';

/** The witness for the logs of others (C2SP tlog-witness). Who may ask is who can sign for a log that is watched. */
@ApiExcludeController()
@Controller('witness')
@Allow('anyone')
export class WitnessApi {
  constructor(@Inject(OPEN_LOG) private readonly log: OpenLog) {}

  @Post('add-checkpoint')
  @SignedBody()
  async add(@Body() body: unknown, @Res() reply: FastifyReply): Promise<void> {
    const { witness } = this.log;
    if (!witness) return void reply.status(404).type(TEXT).send(NOBODY);
    const answer = await witness.add(Buffer.isBuffer(body) ? body : Buffer.alloc(0));
    void reply.status(answer.status).header('cache-control', 'no-store').type(answer.contentType).send(answer.body);
  }

  @Get(':hash/checkpoint')
  latest(@Param('hash') hash: string, @Res() reply: FastifyReply): void {
    const note = this.log.witness?.latest(`${hash}/checkpoint`);
    void reply
      .status(note === undefined ? 404 : 200)
      .headers({ 'cache-control': 'public, max-age=5', 'access-control-allow-origin': '*' })
      .type(TEXT)
      .send(note ?? 'This witness has seen no checkpoint of that log.\n');
  }

  /** For the policies of others. */
  @Get('key')
  key(@Res() reply: FastifyReply): void {
    const { witness } = this.log;
    void reply
      .status(witness ? 200 : 404)
      .type(TEXT)
      .send(witness ? `${witness.vkey}\n` : NOBODY);
  }
}
