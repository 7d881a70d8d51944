import type { KEY_TYPES } from '../key.js';
import { utf8 } from '../bytes.js';
import { nodeSha256 } from '../node-sha256.js';
import { type NoteSigner, signerFromSeed } from '../signing-key.js';

/** A signer whose seed follows from its name, so that tests are the same every time. */
export const signerNamed = (
  name: string,
  type: typeof KEY_TYPES.ed25519 | typeof KEY_TYPES.cosignature,
): Promise<NoteSigner> => signerFromSeed(name, type, nodeSha256(utf8(`a test seed for ${name}`)), nodeSha256);
