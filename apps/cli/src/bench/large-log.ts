import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { EventStore } from '#event-store/event-store';
import type { Leaves } from '#event-store/leaves';
import { openSqliteEventStore } from '#event-store/sqlite/sqlite-event-store';
import { openSqliteLeaves } from '#event-store/sqlite/sqlite-leaves';
import { Checkpoints } from '#ledger/checkpoints';
import { Cutter } from '#ledger/cutter';
import { GrownTree } from '#ledger/grown-tree';
import { openLedgerDatabase } from '#ledger/ledger-database';
import { Signer } from '#ledger/signer';
import { SignerMemory } from '#ledger/signer-memory';
import { nodeSha256 } from '#transparency-log/node-sha256';
import { formatVerifierKey } from '#transparency-log/key';
import { makeBundle } from '#verifier/make-bundle';
import { writeFolder } from '../bundle/write-bundle.js';
import { runTool } from './children.js';
import { copiesOf, type MadeEvent, readTemplates } from './templates.js';

const ORIGIN = 'bench.example/log';
/** Appends that are handed over in one turn, and so committed together. */
const AT_ONCE = 500;
/** Entries of the evidence bundle that have a proof of their own. */
const CITED = 20;

/** A log of any size: the worked example, and copies of it, through the store, the tree, the signer and the writer of bundles that people use. */
export class LargeLog {
  private constructor(
    readonly folder: string,
    private readonly store: EventStore,
    readonly leaves: Leaves,
    private readonly db: ReturnType<typeof openLedgerDatabase>,
    readonly tree: GrownTree,
    private readonly memory: SignerMemory,
    private readonly signer: Signer,
    readonly commands: Generator<MadeEvent[]>,
  ) {}

  static async open(folder: string): Promise<LargeLog> {
    await mkdir(folder, { recursive: true });
    await runTool(['example'], folder);
    const leaves = openSqliteLeaves(join(folder, 'events.db'));
    const db = openLedgerDatabase(join(folder, 'ledger.db'));
    const memory = new SignerMemory(join(folder, 'bench-signer'));
    const signer = await Signer.open(memory, ORIGIN, new Date().toISOString());
    const store = openSqliteEventStore(join(folder, 'events.db'));
    return new LargeLog(folder, store, leaves, db, new GrownTree(db, leaves), memory, signer, commandsOf(copiesOf(readTemplates(leaves))));
  } // prettier-ignore

  get key(): string {
    return formatVerifierKey(this.signer.verifierKey);
  }

  async grow(wanted: number, progress: (text: string) => void): Promise<void> {
    for (let count = this.leaves.count(); count < wanted; count = this.leaves.count()) {
      progress(`${count} of ${wanted} events`);
      await Promise.all(
        Array.from({ length: AT_ONCE }, () => {
          const events = this.commands.next().value as MadeEvent[];
          return this.store.append(events[0]?.stream ?? '', events, 'any');
        }),
      );
    }
  }

  /** Signs what there is. @returns the note. */
  async seal(): Promise<string> {
    const { signer, memory } = this;
    const client = { log: async () => signer.log(), sign: signer.sign.bind(signer), close: async () => memory.close() };
    const cutter = new Cutter(this.tree, new Checkpoints(this.db), client, ORIGIN, () => new Date());
    const checkpoint = await cutter.cut(async () => []);
    if (!checkpoint) throw new Error('nothing was signed');
    return checkpoint.note;
  }

  /** An evidence bundle over all there is, as a folder: every envelope, and proofs of some entries. */
  async bundle(folder: string, note: string): Promise<void> {
    const { leaves, tree } = this;
    const size = leaves.count();
    const cited = Array.from({ length: CITED }, (_, at) => Math.floor((size * at) / CITED));
    await writeFolder(
      folder,
      makeBundle(
        {
          note,
          leaves: () => everyLeaf(leaves),
          inclusionProof: (leaf) => tree.inclusion(leaf, size),
          scope: { streams: [], keys: false, cited },
          ciphertext: () => undefined,
          key: () => undefined,
        },
        nodeSha256,
      ),
    );
  }

  async close(): Promise<void> {
    await this.store.close();
    this.leaves.close();
    this.memory.close();
    if (this.db.isOpen) this.db.close();
  }
}

/** One command after another, each with its events. */
function* commandsOf(source: Generator<MadeEvent>): Generator<MadeEvent[]> {
  let together: MadeEvent[] = [];
  for (const event of source) {
    const [first] = together;
    if (first && (first.stream !== event.stream || first.command !== event.command)) {
      yield together;
      together = [];
    }
    together.push(event);
  }
}

const PAGE = 1_000;

function* everyLeaf(leaves: Leaves): Generator<Uint8Array> {
  for (let at = 0; ;) {
    const page = leaves.entries(at, PAGE);
    if (page.length === 0) return;
    yield* page.map(({ leaf }) => leaf);
    at += page.length;
  }
}
