import type { Leaves } from '#event-store/leaves';
import { Checkpoints, type KeptCheckpoint } from './checkpoints.js';
import { Cutter } from './cutter.js';
import { GrownTree } from './grown-tree.js';
import { openLedgerDatabase } from './ledger-database.js';
import { type LogState, stateOf } from './log-state.js';
import type { SignerClient } from './signer-client.js';
import { WitnessContacts } from './witness-contacts.js';
import { type RoundSettings, type Vouched, WitnessRound } from './witness-round.js';

export interface KeeperSettings extends RoundSettings {
  /** `ledger.db`. */
  readonly file: string;
  readonly leaves: Leaves;
  /** Undefined: nothing is signed here, and it is said. */
  readonly signer?: SignerClient | undefined;
  readonly origin?: string | undefined;
  readonly everySeconds: number;
}

export interface Problem {
  readonly message: string;
  readonly since: string;
}

/** How long a decision or an export waits for its seal. It comes anyway; only the answer does not wait longer. */
const PATIENCE_MS = 2_000;
/** How long too few witnesses are a hiccup; afterwards a person must look. */
const UNWITNESSED_MS = 3_600_000;

/** Keeps the transparency log: cuts checkpoints in time and when asked, has them witnessed, and knows how things stand. */
export class LogKeeper {
  readonly tree: GrownTree;
  private readonly checkpoints: Checkpoints;
  private readonly contacts: WitnessContacts;
  private readonly round: WitnessRound;
  private readonly cutter: Cutter | undefined;
  private readonly db;
  private timer: NodeJS.Timeout | undefined;
  private turn: Promise<void> | undefined;
  private following: Promise<void> | undefined;
  private last: KeptCheckpoint | undefined;
  private vouched: Vouched | undefined;
  private problem: Problem | undefined;
  private unwitnessed: { readonly since: Date; isTold: boolean } | undefined;
  private seenAtStart = false;
  private stopped = false;

  constructor(private readonly settings: KeeperSettings) {
    this.db = openLedgerDatabase(settings.file);
    this.tree = new GrownTree(this.db, settings.leaves);
    this.checkpoints = new Checkpoints(this.db);
    this.contacts = new WitnessContacts(this.db);
    this.round = new WitnessRound(settings, this.tree, this.checkpoints, this.contacts);
    const { signer, origin, now } = settings;
    this.cutter = signer && new Cutter(this.tree, this.checkpoints, signer, origin, now);
    // What was published before stays published, also while the signer is away.
    const current = this.checkpoints.current();
    this.last = current && this.checkpoints.last(current.origin);
  }

  start(): void {
    if (this.stopped) return;
    this.timer = setInterval(() => void this.cut(), this.settings.everySeconds * 1_000).unref();
    void this.cut();
  }

  /** The newest checkpoint with every signature there is. Nothing beyond its size is public. */
  get published(): (KeptCheckpoint & { readonly vkey: string }) | undefined {
    return this.last && { ...this.last, vkey: this.checkpoints.vkeyOf(this.last.origin) ?? '' };
  }

  /**
   * Seals what has been recorded up to now. True when it is sealed; false when that takes longer than `patienceMs` or
   * does not work just now: it is then sealed later. Never rejects.
   */
  async cutNow(patienceMs = PATIENCE_MS): Promise<boolean> {
    if (!this.cutter || this.stopped) return false;
    const over = new AbortController();
    const patience = new Promise<false>((resolve) => {
      const timer = setTimeout(() => resolve(false), patienceMs);
      over.signal.addEventListener('abort', () => clearTimeout(timer));
    });
    const sealed = await Promise.race([this.cut().then(() => this.problem === undefined), patience]);
    over.abort();
    return sealed;
  }

  state(): LogState {
    const { last, vouched, problem, contacts, settings } = this;
    return stateOf({
      entries: this.countOrNull(),
      last,
      predecessor: last ? this.checkpoints.predecessorOf(last.origin) : null,
      asked: this.round.count,
      vouched,
      problem,
      isSigned: this.cutter !== undefined,
      contacts: last ? contacts.all(last.origin) : [],
      now: settings.now(),
    });
  }

  /** Waits for what is under way; afterwards nothing is signed any more. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    await this.following;
    await this.turn;
    await this.settings.signer?.close();
  }

  close(): void {
    if (this.db.isOpen) this.db.close();
    this.settings.leaves.close();
  }

  /** One at a time. Who comes while one is under way needs the next: this one may have looked too early. */
  private cut(): Promise<void> {
    if (!this.turn) {
      this.turn = this.takeTurn().finally(() => (this.turn = undefined));
      return this.turn;
    }
    this.following ??= this.turn.then(() => {
      this.following = undefined;
      return this.cut();
    });
    return this.following;
  }

  private async takeTurn(): Promise<void> {
    if (!this.cutter || this.stopped) return;
    try {
      const cut = await this.cutter.cut((origin) => this.seenElsewhere(origin));
      if (!cut) return;
      const isNew = cut.size !== this.last?.size || cut.origin !== this.last.origin;
      const cosigned = isNew || (await this.round.isDue(cut)) ? await this.round.ask(cut) : cut;
      this.vouched = await this.round.vouched(cosigned);
      this.last = cosigned;
      this.watchQuorum(this.vouched.isQuorum);
      this.settle(undefined);
    } catch (error) {
      this.settle(error instanceof Error ? error.message : 'unknown fault');
    }
  }

  /** Once after each start; from then on whoever saw more says so when asked to cosign. */
  private async seenElsewhere(origin: string): Promise<readonly string[]> {
    if (this.seenAtStart) return [];
    const notes = await this.round.seen(origin);
    this.seenAtStart = true;
    return notes;
  }

  private watchQuorum(isQuorum: boolean): void {
    const { tell, now } = this.settings;
    if (isQuorum) {
      if (this.unwitnessed?.isTold) tell?.('Enough witnesses cosign again.');
      this.unwitnessed = undefined;
      return;
    }
    this.unwitnessed ??= { since: now(), isTold: false };
    if (this.unwitnessed.isTold || now().getTime() - this.unwitnessed.since.getTime() < UNWITNESSED_MS) return;
    this.unwitnessed.isTold = true;
    tell?.('For an hour too few witnesses have cosigned this record. GET /log/state says which, and why.');
  }

  private settle(message: string | undefined): void {
    if (message === this.problem?.message) return;
    const { tell, now } = this.settings;
    this.problem = message === undefined ? undefined : { message, since: now().toISOString() };
    tell?.(message === undefined ? 'The record is sealed again.' : `The record cannot be sealed now. ${message}`);
  }

  private countOrNull(): number | null {
    try {
      return this.settings.leaves.count();
    } catch {
      return null;
    }
  }
}
