import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { privateFile } from './private-folder.js';
import { Signer } from './signer.js';
import { SignerMemory } from './signer-memory.js';
import { serveSigner, type SignerServer } from './signer-server.js';

export interface SignerSettings {
  /** SIGNER_DIR: its own folder, in no backup of the data. */
  readonly folder: string;
  /** The log's name, if this is its very first start. */
  readonly origin: string;
  readonly port: number;
  /** Left out: the one in the folder, made on the first start. */
  readonly token?: string | undefined;
}

/** What `throughline signer` and the server's own child both run. */
export const runSigner = async (settings: SignerSettings): Promise<SignerServer> => {
  // Whatever this process writes is for its owner only.
  process.umask(0o077);
  const memory = new SignerMemory(settings.folder);
  const signer = await Signer.open(memory, settings.origin, new Date().toISOString());
  const server = await serveSigner(signer, {
    port: settings.port,
    token: settings.token ?? tokenIn(settings.folder),
  });
  return {
    url: server.url,
    close: async () => {
      await server.close();
      memory.close();
    },
  };
};

/** The word by which a server shows that it may ask. */
const tokenIn = (folder: string): string => {
  const path = privateFile(folder, 'token');
  if (readFileSync(path, 'utf8') === '') writeFileSync(path, `${randomBytes(32).toString('base64url')}\n`);
  return readFileSync(path, 'utf8').trim();
};
