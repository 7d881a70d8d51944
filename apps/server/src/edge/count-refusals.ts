import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Counted } from './counted.js';
import type { Asked } from './guard.js';

/** The kind and the route: never an address as it was asked for, nor anything that was sent. */
export const refusalOf = (status: number, request: FastifyRequest): string =>
  `Refused ${status} at ${request.method} ${request.routeOptions?.url ?? 'unknown route'}`;

/** Counts what was refused to whom, codes of cards that were wrong too: a page that comes back with what is wrong is none of the errors. */
export const countRefusals = (fastify: FastifyInstance, counted: () => Counted): void => {
  fastify.addHook('onSend', (request, { statusCode }, payload, done) => {
    // Whoever is not signed in yet is not refused anything.
    if (statusCode >= 400 && statusCode < 500 && statusCode !== 401)
      counted().add(`${refusalOf(statusCode, request)} to ${kindOf(request)}`, 'hour');
    done(null, payload);
  });
};

const kindOf = (request: FastifyRequest): string => {
  const who = (request as Partial<Asked>).who;
  return who && 'role' in who ? who.role : (who?.kind ?? 'anyone');
};
