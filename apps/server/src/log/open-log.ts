import { join } from 'node:path';
import type { Engine } from '#engine/engine';
import { ChildSigner } from '#ledger/child-signer';
import { LogKeeper } from '#ledger/log-keeper';
import { HttpSigner, type SignerClient } from '#ledger/signer-client';
import { Witness } from '#ledger/witness';
import { WitnessMemory } from '#ledger/witness-memory';
import { NO_WITNESSES, readWitnessPolicy } from '#ledger/witness-policy';
import type { Policy } from '#transparency-log/policy';
import type { Config } from '../config.js';
import { openLeaves } from './open-leaves.js';

export interface OpenLog {
  readonly keeper: LogKeeper;
  /** Only where a policy says whom to watch. */
  readonly witness: Witness | undefined;
  readonly policy: Policy;
}

/** How long one witness may take to answer. */
const WITNESS_TIMEOUT_MS = 1_500;

/** On one machine the server's own child; elsewhere whoever answers at SIGNER_URL. */
export const signerOf = ({ log }: Pick<Config, 'log'>): SignerClient =>
  log.signerUrl === ''
    ? new ChildSigner({ folder: log.signerDir, origin: log.originIfNew })
    : new HttpSigner(log.signerUrl, log.signerToken);

/** @throws Error that says what to do, for a policy that cannot be read or a folder that others can read. */
export const openLog = async (
  engine: Engine,
  { log, dataDir, logLevel }: Pick<Config, 'log' | 'dataDir' | 'logLevel'>,
  signer: SignerClient | undefined,
): Promise<OpenLog> => {
  const policy = log.witnessPolicy === '' ? NO_WITNESSES : readWitnessPolicy(log.witnessPolicy);
  const now = (): Date => new Date();
  const tell = (line: string): void => {
    if (logLevel !== 'silent' && logLevel !== 'fatal') console.error(line);
  };
  const witness =
    log.witnessPolicy === ''
      ? undefined
      : await Witness.open({
          memory: new WitnessMemory(log.witnessDir),
          name: log.witnessNameIfNew,
          policy,
          now,
          tell,
        });
  const keeper = new LogKeeper({
    file: join(dataDir, 'ledger.db'),
    leaves: openLeaves(engine),
    signer,
    origin: log.origin,
    everySeconds: log.checkpointSeconds,
    policy,
    own: witness?.key,
    timeoutMs: WITNESS_TIMEOUT_MS,
    now,
    tell,
  });
  return { keeper, witness, policy };
};
