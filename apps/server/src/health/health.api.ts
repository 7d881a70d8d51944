import { Controller, Get, HttpCode, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Engine } from '#engine/engine';
import { LogKeeper } from '#ledger/log-keeper';
import { Allow } from '../edge/allow.js';
import { metricsOf, sealOf } from './seal.js';

@Controller('health')
@Allow('anyone')
export class HealthApi {
  constructor(
    private readonly engine: Engine,
    private readonly log: LogKeeper,
  ) {}

  /** The process runs. */
  @Get('live')
  @HttpCode(200)
  live() {
    return { live: true };
  }

  /** The store answers, the first entries stand, and no read model has stopped. How the seal stands is said beside it. */
  @Get('ready')
  async ready(@Res({ passthrough: true }) reply: FastifyReply) {
    const readiness = await this.engine.readiness();
    if (!readiness.ready) void reply.status(503);
    return { ...readiness, log: sealOf(this.log.state()) };
  }

  /** Figures for monitoring, in Prometheus's text format; nothing personal. */
  @Get('metrics')
  metrics(@Res() reply: FastifyReply): void {
    void reply.type('text/plain; version=0.0.4; charset=utf-8').send(metricsOf(this.log.state()));
  }
}
