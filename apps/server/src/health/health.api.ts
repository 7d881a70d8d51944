import { Controller, Get, HttpCode, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Engine } from '#engine/engine';
import { Allow } from '../edge/allow.js';

@Controller('health')
@Allow('anyone')
export class HealthApi {
  constructor(private readonly engine: Engine) {}

  /** The process runs. */
  @Get('live')
  @HttpCode(200)
  live() {
    return { live: true };
  }

  /** The store answers, the first entries stand, and no read model has stopped. */
  @Get('ready')
  async ready(@Res({ passthrough: true }) reply: FastifyReply) {
    const readiness = await this.engine.readiness();
    if (!readiness.ready) void reply.status(503);
    return readiness;
  }
}
