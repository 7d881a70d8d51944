import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Who } from '#identity/who';
import type { Asked } from './guard.js';
import { refusalOf } from './count-refusals.js';
import { type Problem, problemOf } from './problem.js';

/** Every error becomes an answer a person can act on. Logs name the fault and the route, never what was sent. */
@Catch()
export class ErrorsFilter implements ExceptionFilter {
  private readonly log = new Logger('Errors');
  private readonly security = new Logger('Security');

  constructor(
    private readonly page: (
      problem: Problem,
      said: string,
      request: FastifyRequest,
      reply: FastifyReply,
    ) => string | undefined,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    this.answer(
      error,
      host.switchToHttp().getRequest<FastifyRequest>(),
      host.switchToHttp().getResponse<FastifyReply>(),
    );
  }

  answer(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const problem = problemOf(error);
    if (problem.status >= 500)
      this.log.error(
        `${nameOf(error)} at ${request.method} ${request.routeOptions?.url ?? 'unknown route'}${traceOf(error)}`,
      );
    if (isToldAtOnce(problem.status, (request as Partial<Asked>).who))
      this.security.warn(`${refusalOf(problem.status, request)} to ${askedBy(request)}`);
    const wait = RETRY_AFTER[problem.status];
    if (wait) void reply.header('retry-after', wait);
    const html = wantsPage(request) ? this.page(problem, saidOf(problem), request, reply) : undefined;
    void reply
      .status(problem.status)
      .type(html === undefined ? 'application/problem+json; charset=utf-8' : 'text/html; charset=utf-8')
      .send(html ?? JSON.stringify(problem));
  }
}

/** What somebody was not let do, and what somebody tried too often. Whoever is not signed in yet is not an attack. */
const REFUSALS: readonly number[] = [403, 429];
const BAD_INPUT: readonly number[] = [400, 413, 415, 422];

/** What is refused to a participant is told in numbers only, by the hour ({@link countRefusals}). */
const isToldAtOnce = (status: number, who: Who | undefined): boolean =>
  who && 'ref' in who
    ? [...REFUSALS, ...BAD_INPUT].includes(status)
    : who?.kind !== 'card' && REFUSALS.includes(status);

/** Seconds. */
const RETRY_AFTER: Readonly<Record<number, string>> = { 429: '60', 503: '5' };

/** A role and an id without a name. */
const askedBy = (request: FastifyRequest): string => {
  const who = (request as Partial<Asked>).who;
  return who && 'ref' in who ? `${who.role} ${who.ref}` : (who?.kind ?? 'anyone');
};

/** On a page there are no pointers to look at: what is wrong is said itself. */
const saidOf = ({ detail, errors }: Problem): string =>
  errors.length > 0 ? [...new Set(errors.map((each) => each.detail))].join(' ') : detail;

const wantsPage = (request: FastifyRequest): boolean =>
  !request.url.startsWith('/api/') && !request.url.startsWith('/health/');

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : typeof error);

/** Where, not what: messages may quote what a person wrote. */
const traceOf = (error: unknown): string =>
  error instanceof Error
    ? `\n${(error.stack ?? '')
        .split('\n')
        .filter((line) => /^\s+at /.test(line))
        .slice(0, 6)
        .join('\n')}`
    : '';
