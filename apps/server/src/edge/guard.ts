import {
  type CanActivate,
  type ExecutionContext,
  ForbiddenException,
  Injectable,
  UnauthorizedException,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { Authorities } from '#authorities/authorities';
import { onlyReads, type Who } from '#identity/who';
import { ALLOW, type Permission } from './allow.js';
import { WhoIsAsking } from './who-is-asking.js';

export type Asked = FastifyRequest & { who: Who };

/** The one guard: what is not declared is refused. */
@Injectable()
export class AllowGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly asking: WhoIsAsking,
    private readonly authorities: Authorities,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Asked>();
    const allowed = this.reflector.getAllAndOverride<readonly Permission[] | undefined>(ALLOW, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (!allowed) throw new ForbiddenException();
    refuseForeignForms(request);
    const who = await this.asking.of(request);
    if (who === 'wrong') throw new UnauthorizedException('This token does not count. Ask for a new one.');
    request.who = who;
    if (allowed.includes('anyone') || (who.kind === 'card' && allowed.includes('card'))) return true;
    if (who.kind === 'staff' || who.kind === 'token') {
      if (!allowed.includes(who.role) || (onlyReads(who) && !isReading(request))) throw new ForbiddenException();
      if (!isReading(request)) this.mustStillBeThere(who.authority);
      return true;
    }
    throw new UnauthorizedException('Sign in first.');
  }

  /** Roles, sessions and tokens of a council that ended read on and write nothing: the new council gives its own. */
  private mustStillBeThere(council: string | undefined): void {
    const after = council && this.authorities.endedBy(council);
    if (after)
      throw new ForbiddenException(
        `Your council is no more. Ask for a role at ${after.map(({ name }) => name).join(' or ')}.`,
      );
  }
}

const isReading = ({ method }: FastifyRequest): boolean => method === 'GET' || method === 'HEAD';

/** A form of another site must not act for someone who is signed in here (Fetch Metadata, W3C; Origin, RFC 6454). */
const refuseForeignForms = (request: FastifyRequest): void => {
  if (request.method === 'GET' || request.method === 'HEAD' || request.headers.authorization !== undefined) return;
  const site = request.headers['sec-fetch-site'];
  const origin = request.headers.origin;
  const foreign =
    site === undefined
      ? origin !== undefined && !sameHost(origin, request.headers.host)
      : site !== 'same-origin' && site !== 'none';
  if (foreign) throw new ForbiddenException('This form came from another website. Open the page here and try again.');
};

const sameHost = (origin: string, host: string | undefined): boolean =>
  URL.canParse(origin) && new URL(origin).host === host;
