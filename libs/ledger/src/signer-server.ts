import { timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { nodeSha256 } from '#transparency-log/node-sha256';
import { VerificationError } from '#transparency-log/verification-error';
import { parseSignRequest } from './signer-messages.js';
import type { Signer } from './signer.js';

const MOST_BYTES = 4_000_000;

export interface SignerServer {
  readonly url: string;
  close(): Promise<void>;
}

/** On this machine only, and only for who has the token: whoever may ask can make the log say something. */
export const serveSigner = async (signer: Signer, options: { port: number; token: string }): Promise<SignerServer> => {
  const server = createServer((request, response) => {
    void answer(signer, options.token, request).then(
      ({ status, body }) => send(response, status, body),
      (error: unknown) =>
        error instanceof VerificationError
          ? send(response, 400, { message: error.message })
          : send(response, 500, { message: error instanceof Error ? error.message : 'unknown fault' }),
    );
  });
  await listen(server, options.port);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

const listen = (server: Server, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });

const answer = async (
  signer: Signer,
  token: string,
  request: IncomingMessage,
): Promise<{ status: number; body: unknown }> => {
  if (!isSame(request.headers.authorization ?? '', `Bearer ${token}`))
    return { status: 401, body: { message: 'The signer does not know this token.' } };
  if (request.method === 'GET' && request.url === '/log') return { status: 200, body: signer.log() };
  if (request.method !== 'POST' || request.url !== '/sign')
    return { status: 404, body: { message: 'The signer knows GET /log and POST /sign.' } };
  const signed = await signer.sign(parseSignRequest(await bodyOf(request)));
  return { status: 'refused' in signed ? 409 : 200, body: signed };
};

/** Both are hashed first: the comparison tells neither the bytes nor the length. */
const isSame = (given: string, wanted: string): boolean =>
  timingSafeEqual(nodeSha256(Buffer.from(given)), nodeSha256(Buffer.from(wanted)));

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > MOST_BYTES) throw new VerificationError('too-long', 'the request is too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
};

const send = (response: ServerResponse, status: number, body: unknown): void => {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
};
