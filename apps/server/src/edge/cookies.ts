import type { FastifyReply, FastifyRequest } from 'fastify';

/** Over https a cookie is bound to this very host; over http browsers refuse that name, so there it has none. */
export const nameOf = (cookie: string, isHttps: boolean): string => (isHttps ? `__Host-${cookie}` : cookie);

export const cookieOf = (
  { cookies }: Pick<FastifyRequest, 'cookies'>,
  cookie: string,
  isHttps: boolean,
): string | undefined => (cookies as FastifyRequest['cookies'] | undefined)?.[nameOf(cookie, isHttps)];

/** `strict`: sent only from pages of our own. `lax`: also when somebody follows a link to us. */
export const setCookie = (
  reply: FastifyReply,
  cookie: string,
  value: string,
  sameSite: 'lax' | 'strict',
  isHttps: boolean,
  /** Seconds; left out: until the browser closes. */
  maxAge?: number,
): void =>
  void reply.setCookie(nameOf(cookie, isHttps), value, {
    path: '/',
    httpOnly: true,
    sameSite,
    secure: isHttps,
    ...(maxAge !== undefined && { maxAge }),
  });

export const clearCookie = (reply: FastifyReply, cookie: string, isHttps: boolean): void =>
  void reply.clearCookie(nameOf(cookie, isHttps), { path: '/', secure: isHttps });
