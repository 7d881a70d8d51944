import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Engine } from '#engine/engine';
import type { Who } from '#identity/who';
import type { Reader } from '#reads/personal-reads';
import { type Noticed, whileNoticing } from '#vault/noticing';
import type { Asked } from './guard.js';

/** More than any page shows; what is beyond would be the same few kinds again. */
const MOST = 20_000;

type Noticing = FastifyRequest & { opened?: Noticed[] };

/** Listens to what each request opens, and after the answer notes what of it counts as a read (ADR 37). */
export const noticeReads = (fastify: FastifyInstance, { reads, clock }: Pick<Engine, 'reads' | 'clock'>): void => {
  fastify.addHook('onRequest', (request, _reply, done) => {
    const opened: Noticed[] = [];
    (request as Noticing).opened = opened;
    whileNoticing((what) => {
      if (opened.length < MOST) opened.push(what);
    }, done);
  });
  fastify.addHook('onResponse', (request, _reply, done) => {
    const { opened = [] } = request as Noticing;
    const reader = opened.length > 0 ? readerOf((request as Partial<Asked>).who) : undefined;
    if (reader) reads.note(reader, clock.now().instant, `${request.method} ${request.routeOptions.url ?? ''}`, opened);
    done();
  });
};

/** Whoever reads what is not their own. The holder of a card reads their own; nobody else is shown anything private. */
const readerOf = (who: Who | undefined): Reader | undefined => {
  if (who?.kind === 'card')
    return who.holder === 'supporter' ? { role: 'supporter', ref: who.contribution } : undefined;
  if (who?.kind !== 'staff' && who?.kind !== 'token') return undefined;
  const { role, ref, authority } = who;
  return { role, ref, ...(authority && { authority }) };
};
