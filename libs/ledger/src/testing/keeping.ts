import { join } from 'node:path';
import { openSqliteLeaves } from '#event-store/sqlite/sqlite-leaves';
import { LogKeeper, type KeeperSettings } from '../log-keeper.js';
import { NO_WITNESSES } from '../witness-policy.js';
import { type GrownOn, grownOn } from './grown-on.js';
import { ownSigner } from './own-signer.js';

export const ORIGIN = 'council.example/log';

/** A log with its signer, a clock that is set by hand, and keepers that are put away after each test. */
export class Keeping {
  at: GrownOn;
  clock: Date;
  told: string[];
  signer: Awaited<ReturnType<typeof ownSigner>>;
  readonly opened: { close(): unknown }[] = [];

  async begin(): Promise<void> {
    this.at = await grownOn('sqlite');
    this.clock = new Date('2026-05-01T12:00:00Z');
    this.told = [];
    this.signer = await ownSigner(join(this.at.folder, 'signer'), ORIGIN);
  }

  async end(): Promise<void> {
    for (const each of this.opened.splice(0)) await each.close();
    this.signer.memory.close();
    await this.at.close();
  }

  keeper(more: Partial<KeeperSettings> = {}, folder = this.at.folder): LogKeeper {
    const one = new LogKeeper({
      file: join(folder, 'ledger.db'), leaves: openSqliteLeaves(join(folder, 'events.db')), signer: this.signer, everySeconds: 60,
      policy: NO_WITNESSES, timeoutMs: 500, now: () => this.clock, tell: (line) => this.told.push(line), ...more,
    }); // prettier-ignore
    this.opened.push(one);
    return one;
  }
}
