import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { authority, registerAuthority } from '#authorities/authority';
import { Engine } from '#engine/engine';
import { uuid5 } from '#event-store/ids';
import { ExampleLoader } from '#example/load-example';
import { ChildSigner } from '#ledger/child-signer';
import type { LogKeeper } from '#ledger/log-keeper';
import { type Config, readConfig } from '../../../server/src/config.js';
import { createApp } from '../../../server/src/configure-app.js';
import { openLog } from '../../../server/src/log/open-log.js';
import { withNeighbour } from './neighbour.js';

const NAMES = '3c1c7a52-6c0e-5b0b-9a52-0f0f6d1c4e77';
const PATIENCE_MS = 60_000;

interface Surroundings {
  /** The folder of the signer's memory, beside the data. */
  readonly signer: string;
  /** Whom to ask as witnesses; left out: nobody. */
  readonly policy?: string;
}

/** A record on the stage of the drill: a folder of data like any other, with the one signer that all copies ask. */
export class Stage {
  private readonly config: Config;

  /** Nothing of the machine's settings counts here, so that no real record can be meant. */
  constructor(
    private readonly folder: string,
    private readonly name: string,
    private readonly surroundings: Surroundings = { signer: 'signer' },
  ) {
    const { signer, policy } = surroundings;
    this.config = readConfig({
      DATA_DIR: join(folder, name),
      KEY_FILE: join(folder, 'keys', 'master.key'),
      SIGNER_DIR: join(folder, signer),
      WITNESS_POLICY: policy,
      LOG_ORIGIN: 'drill.example/log',
      LOG_LEVEL: 'silent',
    });
  }

  get dataDir(): string {
    return this.config.dataDir;
  }

  /** Opens the record for `work`, and puts it away again: a folder can only be copied when nobody writes in it. */
  async opened<T>(work: (engine: Engine) => Promise<T>): Promise<T> {
    const engine = Engine.open(this.config);
    try {
      return await work(engine);
    } finally {
      await engine.close();
    }
  }

  /** The worked example, told with the commands that people use. */
  async tellExample(): Promise<void> {
    const engine = Engine.open(this.config);
    engine.start();
    const app = await createApp(engine, this.config);
    try {
      await engine.whenSeeded();
      await engine.caughtUp(await app.get(ExampleLoader, { strict: false }).load());
    } finally {
      await app.close();
    }
  }

  /** The first entries of any record. */
  begin(): Promise<void> {
    return this.opened(async (engine) => {
      engine.start();
      await engine.whenSeeded();
    });
  }

  /** So many entries more, which no other copy has: `what` is part of each. */
  write(what: string, count: number): Promise<void> {
    return this.opened(async ({ recorder, clock }) => {
      for (let at = 0; at < count; at += 1) {
        const code = `${this.name}-${what}-${at}`;
        const context = {
          commandId: uuid5(NAMES, `command ${code}`),
          actor: { role: 'administrator', ref: 'drill' },
          now: clock.now(),
        } as const;
        await recorder.act(authority, uuid5(NAMES, code), context, (state) =>
          registerAuthority(state, { authority: code, name: `Council ${code} of the drill` }),
        );
      }
    });
  }

  /** Asks for the seal as the server does, with the real keeper and a signer in a process of its own. */
  sealed<T>(work: (keeper: LogKeeper, isSealed: boolean, engine: Engine) => Promise<T>): Promise<T> {
    return this.opened(async (engine) => {
      const { log } = this.config;
      const signer = new ChildSigner({ folder: log.signerDir, origin: log.originIfNew });
      const { keeper } = await openLog(engine, this.config, signer);
      try {
        return await work(keeper, await keeper.cutNow(PATIENCE_MS), engine);
      } finally {
        await keeper.stop();
        keeper.close();
      }
    });
  }

  /** Seals, and counts. @throws Error when it is refused: then the drill cannot begin. */
  seal(): Promise<{ readonly size: number; readonly note: string; readonly vkey: string }> {
    return this.sealed(async (keeper, isSealed) => {
      if (!isSealed || !keeper.published) throw new Error(notSealed(keeper));
      return keeper.published;
    });
  }

  /** Another folder with what is in this one now; both ask the one signer, whose memory is no part of the data. */
  copy(name: string): Stage {
    const copy = new Stage(this.folder, name, this.surroundings);
    cpSync(this.dataDir, copy.dataDir, { recursive: true });
    return copy;
  }

  /** With the memory of the signer, as a whole machine is copied: now there are two signers with one key. */
  copyWithSigner(name: string): Stage {
    const signer = `${name}-signer`;
    cpSync(join(this.folder, this.surroundings.signer), join(this.folder, signer), { recursive: true });
    const copy = new Stage(this.folder, name, { ...this.surroundings, signer });
    cpSync(this.dataDir, copy.dataDir, { recursive: true });
    return copy;
  }

  /** The same record, with somebody else's server as its witness while `work` runs. */
  async witnessed<T>(work: (stage: Stage) => Promise<T>): Promise<T> {
    const { vkey } = await this.seal();
    return withNeighbour(join(this.folder, 'neighbour'), vkey, (policy) =>
      work(new Stage(this.folder, this.name, { ...this.surroundings, policy })),
    );
  }
}

export const notSealed = (keeper: LogKeeper): string =>
  `The record of the drill could not be sealed. ${keeper.state().problem?.message ?? 'Nobody says why.'}`;
