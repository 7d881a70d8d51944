import {
  type CanActivate,
  type ExecutionContext,
  ForbiddenException,
  Injectable,
  UnauthorizedException,
  UnsupportedMediaTypeException,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { Authorities } from '#authorities/authorities';
import { councilOf, onlyReads, type Who } from '#identity/who';
import { ALLOW, type Permission } from './allow.js';
import { FormTokens, IS_SIGNED_BODY, TOKEN_FIELD, TOKEN_HEADER } from './form-tokens.js';
import { readMultipart, TAKES_FILES, type Uploaded } from './multipart.js';
import { FormNotOurs, isFromHere, refuseForeignForms } from './own-forms.js';
import { VirusScan } from './virus-scan.js';
import { WhoIsAsking } from './who-is-asking.js';
import { TooManyWrites, WriteLimit } from './write-limit.js';

export type Asked = FastifyRequest & {
  who: Who;
  /** A form with files, where the route takes some. */
  uploaded?: Uploaded;
};

/** The one guard: what is not declared is refused. */
@Injectable()
export class AllowGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly asking: WhoIsAsking,
    private readonly tokens: FormTokens,
    private readonly viruses: VirusScan,
    private readonly authorities: Authorities,
    private readonly writes: WriteLimit,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Asked>();
    const declared = <T>(name: string) =>
      this.reflector.getAllAndOverride<T | undefined>(name, [context.getHandler(), context.getClass()]);
    const allowed = declared<readonly Permission[]>(ALLOW);
    if (!allowed) throw new ForbiddenException();
    const isForm = !isReading(request) && request.headers.authorization === undefined;
    if (isForm) refuseForeignForms(request);
    const who = await this.asking.of(request);
    if (who === 'wrong') throw new UnauthorizedException('This token does not count. Ask for a new one.');
    request.who = who;
    mustBeAllowed(request, allowed);
    if (!allowed.includes('anyone') && !isReading(request)) this.mustStillBeThere(who);
    const isTooMany = !isReading(request) && !(await this.writes.allows(who, request));
    if (request.isMultipart()) {
      if (!declared<boolean>(TAKES_FILES)) throw new UnsupportedMediaTypeException('No files can be sent here.');
      request.uploaded = await readMultipart(request, (bytes) =>
        // What is not kept need not be looked at, which costs the most.
        isTooMany ? Promise.resolve('unchecked') : this.viruses.scan(bytes),
      );
      // Should it not be saved, what was typed is there to be sent again.
      request.body = { ...request.uploaded.fields };
    }
    if (isForm && !declared<boolean>(IS_SIGNED_BODY)) this.mustBeOurForm(request);
    // Only now: its words stand on the page that says so.
    if (isTooMany) throw new TooManyWrites();
    return true;
  }

  /** The token is taken out: it is no part of what somebody asks for. */
  private mustBeOurForm(request: Asked): void {
    const fields = (request.body ?? {}) as Record<string, unknown>;
    const given = [fields[TOKEN_FIELD], request.headers[TOKEN_HEADER]];
    delete fields[TOKEN_FIELD];
    if (!given.some((each) => this.tokens.counts(request, each))) throw new FormNotOurs(isFromHere(request));
  }

  /** Roles, sessions and tokens of a council that ended read on and write nothing: the new council gives its own. */
  private mustStillBeThere(who: Who): void {
    const council = councilOf(who);
    const after = council === undefined ? undefined : this.authorities.endedBy(council);
    if (after)
      throw new ForbiddenException(
        `Your council is no more. Ask for a role at ${after.map(({ name }) => name).join(' or ')}.`,
      );
  }
}

/** @throws UnauthorizedException, ForbiddenException */
const mustBeAllowed = (request: Asked, allowed: readonly Permission[]): void => {
  const { who } = request;
  if (allowed.includes('anyone')) return;
  if (who.kind === 'card' && allowed.includes('card')) {
    // In one place: a write that a card may make is not made with a card to look with, whatever its own rules ask.
    if (who.mayAct || isReading(request)) return;
    throw new ForbiddenException('With this card you can look. The person can do this with their own card.');
  }
  if (who.kind !== 'staff' && who.kind !== 'token') throw new UnauthorizedException('Sign in first.');
  if (!allowed.includes(who.role) || (onlyReads(who) && !isReading(request))) throw new ForbiddenException();
};

const isReading = ({ method }: FastifyRequest): boolean => method === 'GET' || method === 'HEAD';
