import 'reflect-metadata';
import type { IncomingMessage } from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Engine } from '#engine/engine';
import { newSecret } from '#identity/secret';
import { Tokens } from '#identity/tokens';
import type { Clock } from '#kernel/aggregate';
import type { Role } from '#kernel/codes';
import type { SignerClient } from '#ledger/signer-client';
import { readConfig } from '../../apps/server/src/config.js';
import { createApp } from '../../apps/server/src/configure-app.js';
import { nameOf } from '../../apps/server/src/edge/cookies.js';
import { FORM_COOKIE, FormTokens, TOKEN_HEADER } from '../../apps/server/src/edge/form-tokens.js';

/** The whole product on a folder of its own; `url` answers on loopback. */
export interface TestServer {
  readonly app: NestFastifyApplication;
  readonly engine: Engine;
  readonly url: string;
  token(role: Role, authority?: string): Promise<string>;
  close(): Promise<void>;
}

export const startServer = async (
  env: NodeJS.ProcessEnv = {},
  /** Left out: nothing is sealed. */
  signerFor?: (folder: string) => Promise<SignerClient>,
  /** Left out: the present. */
  clock?: Clock,
  /** A form that a test writes by hand counts as if its page had been opened first. `false`: as it is for everyone. */
  asIfPagesWereOpen = true,
): Promise<TestServer> => {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-'));
  const config = readConfig({
    DATA_DIR: join(folder, 'data'),
    LOG_LEVEL: 'silent',
    PORT: '0',
    REMINDERS: 'off',
    // An attack sends more in a minute than anybody in a day; the limit has tests of its own.
    WRITE_LIMIT: '10000000',
    ...env,
  });
  const engine = Engine.open({ ...config, ...(clock && { clock }) });
  engine.start();
  const app = await createApp(engine, config, await signerFor?.(config.log.signerDir));
  if (asIfPagesWereOpen) openPages(app, config.baseUrl.startsWith('https:'));
  await app.listen(config.port, '127.0.0.1');
  await engine.whenSeeded();
  return {
    app,
    engine,
    url: await app.getUrl(),
    token: (role, authority) => new Tokens(engine.vault).create(role, authority, new Date().toISOString()),
    close: async () => {
      await app.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

/** Browsers name where a request comes from (Sec-Fetch-Site) and get nothing here: their forms carry what our pages gave them. */
const openPages = (app: NestFastifyApplication, isHttps: boolean): void => {
  const tokens = app.get(FormTokens, { strict: false });
  const cookie = `${nameOf(FORM_COOKIE, isHttps)}=`;
  const server = app.getHttpServer();
  server.prependListener('request', ({ method, headers }: IncomingMessage) => {
    if (method !== 'POST' || headers['sec-fetch-site'] !== undefined || headers.authorization !== undefined) return;
    const known = headers.cookie?.split('; ').find((each) => each.startsWith(cookie));
    const browser = known?.slice(cookie.length) ?? newSecret();
    headers.cookie = [headers.cookie, known ? '' : cookie + browser].filter(Boolean).join('; ');
    headers[TOKEN_HEADER] = tokens.tokenOf(browser);
  });
};
