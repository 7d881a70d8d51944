import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Engine } from '#engine/engine';
import { StoreUnavailable } from '#event-store/event-store';

/** After a restore nobody is shown anything before it is known what must not be shown. */
@Injectable()
export class LookAgainGuard implements CanActivate {
  constructor(private readonly engine: Engine) {}

  canActivate(context: ExecutionContext): boolean {
    const { url } = context.switchToHttp().getRequest<FastifyRequest>().routeOptions;
    if (this.engine.looksAgain && !url?.startsWith('/health/'))
      throw new StoreUnavailable('what was put back is being looked through');
    return true;
  }
}
