import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '#kernel/aggregate';
import { nowAt } from '#kernel/time';
import { useBankHolidays } from '#kernel/working-days';
import type { Codec } from '#event-store/codec';
import type { EventStore, Position } from '#event-store/event-store';
import { openEventStoreDb } from '#event-store/eventstoredb/eventstoredb';
import { Recorder } from '#event-store/recorder';
import { openSqliteEventStore } from '#event-store/sqlite/sqlite-event-store';
import type { Opener } from '#projections/projection';
import { openReadDatabase } from '#projections/read-database';
import type { Rows } from '#projections/rows';
import { ProjectionRunner } from '#projections/runner';
import { Eraser } from '#erasure/eraser';
import { everyStore } from '#erasure/every-store';
import type { PersonalStore } from '#erasure/personal-store';
import { Restrictor } from '#erasure/restrictor';
import { PersonalReads } from '#reads/personal-reads';
import { Erased } from '#search/erased';
import { ErasureLedger } from '#vault/erasure-ledger';
import { Vault } from '#vault/vault';
import { openCodec } from './every-event.js';
import { everyProjection, searchProjections } from './every-projection.js';
import { LookingAgain } from './looking-again.js';
import { refuseWhileRestoring } from './restoring.js';
import { seed } from './seed.js';

export interface EngineSettings {
  readonly dataDir: string;
  /** Default: `<dataDir>-keys/master.key`, beside the data and never inside. */
  readonly keyFile?: string;
  /** The folder of the erasure ledger, in no backup. Default: `<dataDir>-erasures`. */
  readonly erasures?: string;
  /** Empty: embedded SQLite. `esdb://…`: EventStoreDB / KurrentDB. */
  readonly eventStoreUrl?: string;
  readonly clock?: Clock;
  /** Bank holidays in the place of the shipped ones; left out or empty: those that are shipped. */
  readonly bankHolidays?: readonly string[];
}

/** Beside the data like the keys, and in no backup: what was erased once stays so when an older copy is put back. */
const erasuresOf = ({ dataDir, erasures }: EngineSettings): string =>
  erasures ?? `${dataDir.replace(/(?<![\\/])[\\/]+$/, '')}-erasures`;

const SEED_RETRY_MS = 1_000;

/** Everything below the screens: the server and the command line open the same one. */
export class Engine {
  readonly codec: Codec;
  readonly recorder: Recorder;
  readonly runner: ProjectionRunner;
  readonly searchRunner: ProjectionRunner;
  readonly opener: Opener;
  readonly eraser: Eraser;
  readonly restrictor: Restrictor;
  readonly reads: PersonalReads;
  /** Every place that may hold something about a person. */
  readonly personalStores: readonly PersonalStore[];
  private seeded = false;
  private stopping = false;
  private seeding: Promise<void> = Promise.resolve();

  private constructor(
    readonly settings: EngineSettings,
    readonly clock: Clock,
    readonly store: EventStore,
    readonly vault: Vault,
    readonly rows: Rows,
    readonly searchRows: Rows,
    private readonly lookingAgain: LookingAgain,
  ) {
    this.codec = openCodec();
    this.recorder = new Recorder(store, this.codec, vault);
    this.personalStores = everyStore({ vault, store, searchRows, beside: { dataDir: settings.dataDir, erasures: erasuresOf(settings) } }); // prettier-ignore
    this.reads = new PersonalReads(vault, rows);
    const ledger = new ErasureLedger(erasuresOf(settings));
    this.eraser = new Eraser({ store, recorder: this.recorder, vault, ledger, stores: this.personalStores, clock });
    this.restrictor = new Restrictor(this.eraser, this.recorder, vault, new Erased(searchRows, vault));
    this.opener = (ref) => {
      const opened = vault.open<never>(ref);
      return opened.state === 'readable' ? opened.value : undefined;
    };
    this.runner = new ProjectionRunner(store, this.codec, rows, everyProjection, this.opener);
    this.searchRunner = new ProjectionRunner(store, this.codec, searchRows, searchProjections, this.opener);
  }

  /** @throws Error that says what to do, for a wrong key, a newer format or a folder that cannot be written. */
  static open(settings: EngineSettings): Engine {
    refuseWhileRestoring(settings.dataDir);
    mkdirSync(settings.dataDir, { recursive: true, mode: 0o700 });
    if (settings.bankHolidays?.length) useBankHolidays(settings.bankHolidays);
    const file = (name: string): string => join(settings.dataDir, name);
    const keyFile = settings.keyFile ?? join(`${settings.dataDir.replace(/(?<![\\/])[\\/]+$/, '')}-keys`, 'master.key');
    const erasures = erasuresOf(settings);
    const isPutBack = existsSync(file('vault.db')) && !existsSync(file('read.db'));
    const vault = new Vault({ vault: file('vault.db'), sealed: file('sealed.db'), keyFile, erasures });
    try {
      // Once more: from here on a restore sees that the data is in use.
      refuseWhileRestoring(settings.dataDir);
    } catch (error) {
      vault.close();
      throw error;
    }
    const store = settings.eventStoreUrl
      ? openEventStoreDb(settings.eventStoreUrl, {})
      : openSqliteEventStore(file('events.db'));
    const clock = settings.clock ?? { now: () => nowAt(new Date()) };
    return new Engine(
      settings,
      clock,
      store,
      vault,
      openReadDatabase(file('read.db')),
      inMemoryOnly(openReadDatabase(file('search.db'))),
      new LookingAgain(vault, isPutBack),
    );
  }

  /**
   * Starts following the log. Returns at once: a store that is away is waited for, and readiness says so.
   * @param batch see {@link ProjectionRunner.start}; for where nobody is served meanwhile.
   */
  start(batch?: number): void {
    this.runner.start(batch);
    this.searchRunner.start(batch);
    this.seeding = this.seedWhenReachable();
  }

  /** Resolves when the fresh log has its first entries. */
  async whenSeeded(): Promise<void> {
    await this.seeding;
  }

  async caughtUp(position: Position | null, timeoutMs?: number): Promise<boolean> {
    const both = await Promise.all([
      this.runner.caughtUp(position, timeoutMs),
      this.searchRunner.caughtUp(position, timeoutMs),
    ]);
    return both.every(Boolean);
  }

  /** Whether requests can be served, and if not, why. */
  async readiness(): Promise<{ ready: boolean; store: string; projections: ReturnType<ProjectionRunner['status']> }> {
    const store = await this.store.status();
    const projections = [...this.runner.status(), ...this.searchRunner.status()];
    return {
      ready: store.reachable && !this.vault.isBroken && this.seeded && projections.every(({ stalled }) => !stalled),
      store: store.detail,
      projections,
    };
  }

  /** True while a vault that was put back may open words that the record says are restricted. */
  get looksAgain(): boolean {
    return !this.seeded && this.lookingAgain.isUnderWay;
  }

  /** True when a disk failed while writing: only a new process may write again. */
  async isBroken(): Promise<boolean> {
    return this.vault.isBroken || (await this.store.status()).broken === true;
  }

  async close(): Promise<void> {
    this.stopping = true;
    await this.seeding;
    await this.runner.stop();
    await this.searchRunner.stop();
    await this.reads.flush().catch(() => undefined);
    await this.store.close();
    this.vault.close();
    for (const { db } of [this.rows, this.searchRows]) if (db.isOpen) db.close();
  }

  /** An older vault that was put back knows less of restrictions than the record. */
  private async closeAgain(): Promise<void> {
    const open = this.rows.all<{ person: string }>(
      "SELECT person FROM data_subject_step WHERE kind = 'restriction' AND ended_at IS NULL",
    );
    const ids = open.map(({ person }) => person);
    await this.restrictor.closeAgain(ids, this.clock.now().instant);
  }

  private async seedWhenReachable(): Promise<void> {
    while (!this.stopping && !this.seeded) {
      try {
        // Before anything is ready: an erasure that was cut off, or undone by a restore, is finished.
        await this.eraser.resume();
        await seed(this.recorder, this.clock);
        if (!(await this.caughtUp(await this.store.head(), SEED_RETRY_MS))) continue;
        await this.closeAgain();
        this.lookingAgain.end();
        this.seeded = true;
      } catch {
        await new Promise((resolve) => setTimeout(resolve, SEED_RETRY_MS));
      }
    }
  }
}

/** The one file that holds words in clear: what SQLite needs aside while it works must not reach a disk elsewhere. */
const inMemoryOnly = (rows: Rows): Rows => {
  rows.db.exec('PRAGMA temp_store = MEMORY');
  return rows;
};
