import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { STATUS_CODES } from 'node:http';

/** No inline script or style is allowed, so there is no nonce to guess (docs/adr/0026). Trusted Types: no text becomes code. */
const CSP = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "img-src 'self'",
  "media-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

/** For a file that somebody gave us: even opened by itself it can run nothing and load nothing. */
export const CSP_OF_A_FILE = "default-src 'none'; frame-ancestors 'none'; sandbox";

const CLOSED = ['camera', 'display-capture', 'geolocation', 'hid', 'microphone', 'midi', 'payment', 'serial', 'usb'];

/** What every answer carries, unless the page itself says something narrower. Nothing is kept by a cache unasked. */
export const headersOfEveryAnswer = (isHttps: boolean): Readonly<Record<string, string>> => ({
  'content-security-policy': isHttps ? `${CSP}; upgrade-insecure-requests` : CSP,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': CLOSED.map((feature) => `${feature}=()`).join(', '),
  'cache-control': 'no-store',
  ...(isHttps && { 'strict-transport-security': 'max-age=31536000; includeSubDomains' }),
});

const KNOWN_METHODS = ['GET', 'HEAD', 'POST'];

class Unanswerable extends Error {
  constructor(
    readonly statusCode: number,
    readonly detail: string,
  ) {
    super(detail);
  }
}

/**
 * Set on the raw answer before anything else looks at the request, so that redirects, errors, files and streams carry
 * them too, also where the framework's own hooks are not asked.
 */
export const useHeaders = (fastify: FastifyInstance, isHttps: boolean): void => {
  const headers = Object.entries(headersOfEveryAnswer(isHttps));
  const put = (_request: IncomingMessage, answer: ServerResponse): void => {
    for (const [name, value] of headers) answer.setHeader(name, value);
  };
  fastify.server.prependListener('request', put);
  fastify.server.on('checkExpectation', (request, answer) => {
    put(request, answer);
    answer.writeHead(417).end();
  });
  fastify.addHook('onRequest', (request, reply, done) => {
    if (request.raw.httpVersion === '1.1' && !request.headers.host)
      return done(new Unanswerable(400, 'The request names no host.'));
    if (KNOWN_METHODS.includes(request.method)) return done();
    void reply.header('allow', KNOWN_METHODS.join(', '));
    done(new Unanswerable(405, 'This cannot be done here.'));
  });
};

/** What is no HTTP: answered briefly, with the same headers, and the connection closed. Nothing of it is repeated. */
export const answerNoHttp =
  (isHttps: boolean) =>
  ({ code }: { code?: string }, socket: Socket): void => {
    if (code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
    const status = code === 'HPE_HEADER_OVERFLOW' ? 431 : code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400;
    const headers = Object.entries({ ...headersOfEveryAnswer(isHttps), connection: 'close', 'content-length': '0' });
    const lines = headers.map(([name, value]) => `${name}: ${value}`).join('\r\n');
    socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines}\r\n\r\n`);
  };
