import { createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

type Claims = Record<string, unknown>;
/** How the next answer of the provider is wrong. */
export interface Lie {
  readonly claims?: (honest: Claims) => Claims;
  readonly token?: (honest: string, claims: Claims) => string | undefined;
  readonly discovery?: Claims;
}

export const CLIENT = 'throughline-test';
export const SECRET = 'a-secret-of-a-test-only';
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
export const jwt = (alg: string, claims: Claims, signed: (text: string) => Buffer): string => {
  const text = `${part({ alg, kid: 'k', typ: 'JWT' })}.${part(claims)}`;
  return `${text}.${signed(text).toString('base64url')}`;
};
export const rs256 = (key: KeyObject) => (text: string) => sign('sha256', Buffer.from(text), key);
export const hs256 = (key: string) => (text: string) => createHmac('sha256', key).update(text).digest();

/** An OpenID provider of a few lines whose every answer a test may turn into a lie. */
export const smallProvider = async () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const now = { lie: {} as Lie, nonce: '' };
  let issuer = '';
  const server = createServer((request, response) => {
    const answer = (body: unknown) =>
      void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (request.url?.includes('openid-configuration'))
      return answer({
        issuer, authorization_endpoint: `${issuer}/auth`, token_endpoint: `${issuer}/token`, jwks_uri: `${issuer}/jwks`,
        response_types_supported: ['code'], subject_types_supported: ['public'], id_token_signing_alg_values_supported: ['RS256'],
        ...now.lie.discovery,
      }); // prettier-ignore
    if (request.url === '/jwks')
      return answer({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'k', alg: 'RS256', use: 'sig' }] });
    const at = Math.floor(Date.now() / 1000);
    const honest = {
      iss: issuer, aud: CLIENT, sub: 'somebody', nonce: now.nonce, iat: at, exp: at + 300, name: 'Sam Ley', roles: ['Chair'],
    }; // prettier-ignore
    const claims = now.lie.claims?.(honest) ?? honest;
    const token = jwt('RS256', claims, rs256(privateKey));
    const given = now.lie.token ? now.lie.token(token, claims) : token;
    answer({
      access_token: 'a',
      token_type: 'Bearer',
      expires_in: 60,
      ...(given !== undefined && { id_token: given }),
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    issuer,
    now,
    publicPem: publicKey.export({ format: 'pem', type: 'spki' }),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};
