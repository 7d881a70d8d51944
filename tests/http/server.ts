import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Engine } from '#engine/engine';
import { Tokens } from '#identity/tokens';
import type { Role } from '#kernel/codes';
import type { SignerClient } from '#ledger/signer-client';
import { readConfig } from '../../apps/server/src/config.js';
import { createApp } from '../../apps/server/src/configure-app.js';

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
): Promise<TestServer> => {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-'));
  const config = readConfig({ DATA_DIR: join(folder, 'data'), LOG_LEVEL: 'silent', PORT: '0', ...env });
  const engine = Engine.open(config);
  engine.start();
  const app = await createApp(engine, config, await signerFor?.(config.log.signerDir));
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
