import type { SignerClient } from '../signer-client.js';
import { Signer } from '../signer.js';
import { SignerMemory } from '../signer-memory.js';

/** The real signer with the real memory, without a process of its own. */
export const ownSigner = async (folder: string, origin: string): Promise<SignerClient & { memory: SignerMemory }> => {
  const memory = new SignerMemory(folder);
  const signer = await Signer.open(memory, origin, new Date().toISOString());
  return {
    memory,
    log: async () => signer.log(),
    sign: (request) => signer.sign(request),
    close: async () => memory.close(),
  };
};
