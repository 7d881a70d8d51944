import { sameBytes } from '#transparency-log/bytes';
import { parseVerifierKey, type VerifierKey } from '#transparency-log/key';
import { nodeSha256 } from '#transparency-log/node-sha256';
import { formatNote, type NoteSignature, parseNote } from '#transparency-log/note';
import { type Policy, type PolicyWitness, policyWord } from '#transparency-log/policy';
import { judgeCheckpoint } from '#transparency-log/quorum';
import { addSignatures } from '#transparency-log/sign-note';
import type { Checkpoints, KeptCheckpoint } from './checkpoints.js';
import type { GrownTree } from './grown-tree.js';
import { type WitnessAnswer, WitnessClient } from './witness-client.js';
import type { WitnessContacts } from './witness-contacts.js';

export interface RoundSettings {
  readonly policy: Policy;
  /** Our own witness: it may stand in the policy for others, but vouches for nothing here. */
  readonly own?: VerifierKey | undefined;
  readonly timeoutMs: number;
  readonly now: () => Date;
  /** Told once when something is wrong that a person must look at, and once when it is over. */
  readonly tell?: (line: string) => void;
}

/** Who vouches for a checkpoint of ours. */
export interface Vouched {
  /** How many of those asked, which are never ourselves, have cosigned this very checkpoint. */
  readonly independent: number;
  readonly isQuorum: boolean;
  /** The time the newest cosignature vouches for, ISO 8601. */
  readonly newest: string | null;
}

type Contradiction = Extract<WitnessAnswer, { kind: 'contradicted' }>;

/** A cosignature is asked for again before an hour is over, so that a view that has been frozen can be told. */
const FRESH_MS = 50 * 60_000;

/** Asks every witness of the policy at once, and keeps what they answer. */
export class WitnessRound {
  private readonly asked: readonly {
    readonly name: string;
    readonly witness: PolicyWitness;
    readonly client: WitnessClient;
  }[];

  constructor(
    private readonly settings: RoundSettings,
    private readonly tree: GrownTree,
    private readonly checkpoints: Checkpoints,
    private readonly contacts: WitnessContacts,
  ) {
    const { policy, own, timeoutMs } = settings;
    this.asked = policy.witnesses
      .filter(({ url, key }) => url !== undefined && !(own && sameBytes(own.publicKey, key.publicKey)))
      .map((witness) => ({
        name: policyWord(witness.name),
        witness,
        client: new WitnessClient(witness, timeoutMs),
      }));
  } // prettier-ignore

  /** How many are asked: those that are not ourselves. */
  get count(): number {
    return this.asked.length;
  }

  /** What they show for this log now; for the signer, before it signs for the first time after a start. */
  async seen(origin: string): Promise<string[]> {
    const notes = await Promise.all(this.asked.map(({ client }) => client.latest(origin)));
    return notes.filter((note) => note !== undefined);
  }

  /** Whether somebody has still to be asked about it, or asked again. */
  async isDue(checkpoint: KeptCheckpoint): Promise<boolean> {
    if (this.asked.length === 0) return false;
    const times = await this.timesOn(checkpoint);
    const limit = (this.settings.now().getTime() - FRESH_MS) / 1000;
    return this.asked.some(({ witness }) => (times.get(witness.name) ?? 0) < limit);
  }

  /** The same checkpoint with the signatures that came; whoever failed is remembered with the reason. */
  async ask(checkpoint: KeptCheckpoint): Promise<KeptCheckpoint> {
    const { origin, size } = checkpoint;
    const lines = await Promise.all(
      this.asked.map(async ({ name, client }): Promise<readonly NoteSignature[]> => {
        const known = Math.min(size, this.contacts.sizeAt(origin, name));
        const answer = await client.ask(checkpoint, known, (from) => this.proof(from, size));
        if (answer.kind === 'cosigned') {
          this.contacts.cosigned(origin, name, size, new Date(answer.seconds * 1000).toISOString());
          return answer.lines;
        }
        const now = this.settings.now().toISOString();
        this.contacts.failed(origin, name, answer.problem, now);
        if (answer.kind === 'contradicted') this.contradicted(origin, name, answer, now);
        return [];
      }),
    );
    if (lines.flat().length === 0) return checkpoint;
    const cosigned = { ...checkpoint, note: formatNote(addSignatures(parseNote(checkpoint.note), lines.flat())) };
    this.checkpoints.save(cosigned);
    return cosigned;
  }

  /** The first time it is said aloud: this record, or what somebody shows as this record, has told two stories. */
  private contradicted(origin: string, name: string, answer: Contradiction, now: string): void {
    const { problem, sent, said } = answer;
    const isNew = this.contacts.contradicted(origin, name, { at: now, problem, sent, said });
    if (isNew)
      this.settings.tell?.(
        `The witness ${name} contradicts this record: ${problem} What it was sent and what it said is kept. Find out why before you go on.`,
      );
  }

  async vouched(checkpoint: KeptCheckpoint): Promise<Vouched> {
    const { isQuorum } = await this.judge(checkpoint);
    const times = await this.timesOn(checkpoint);
    const found = this.asked.flatMap(({ witness }) => times.get(witness.name) ?? []);
    return {
      independent: found.length,
      isQuorum,
      newest: found.length === 0 ? null : new Date(Math.max(...found) * 1000).toISOString(),
    };
  }

  private async judge(checkpoint: KeptCheckpoint) {
    const vkey = this.checkpoints.vkeyOf(checkpoint.origin) ?? '';
    return judgeCheckpoint(checkpoint.note, this.settings.policy, [parseVerifierKey(vkey, nodeSha256)]);
  }

  /** By the witness's name in the policy: the second its cosignature vouches for. */
  private async timesOn(checkpoint: KeptCheckpoint): Promise<Map<string, number>> {
    const { witnesses } = await this.judge(checkpoint);
    return new Map(witnesses.map(({ name, timestamp }) => [name, Number(timestamp ?? 0n)]));
  }

  /** Of a size that is none of ours nothing can be proven; the witness will say what it has. */
  private proof(from: number, size: number): Uint8Array[] {
    return from > size ? [] : this.tree.consistency(from, size);
  }
}
