import { cosign } from '#transparency-log/cosignature';
import { formatVerifierKey, KEY_TYPES, type VerifierKey } from '#transparency-log/key';
import { nodeSha256 } from '#transparency-log/node-sha256';
import { formatNote } from '#transparency-log/note';
import type { Policy } from '#transparency-log/policy';
import { addSignatures } from '#transparency-log/sign-note';
import { type NoteSigner, signerFromSeed } from '#transparency-log/signing-key';
import { treeHasher } from '#transparency-log/tree-hasher';
import {
  decideSubmission,
  isFork,
  readSubmission,
  type SignedSubmission,
  type WitnessAcceptance,
  type WitnessRefusal,
} from '#transparency-log/witness-decision';
import { formatCosignatures, monitorPath } from '#transparency-log/witness-messages';
import type { Conflict, WitnessMemory } from './witness-memory.js';

export interface WitnessReply {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

/** Watches the logs of others (C2SP tlog-witness): it sees size, root and proof of each, and nothing that is in them. */
export class Witness {
  private readonly logs = new Map<string, VerifierKey[]>();
  private readonly pages = new Map<string, string>();
  private readonly hasher = treeHasher(nodeSha256);

  private constructor(
    private readonly memory: WitnessMemory,
    private readonly signer: NoteSigner,
    policy: Policy,
    private readonly now: () => Date,
    private readonly tell: (line: string) => void,
  ) {
    for (const { key } of policy.logs) {
      this.logs.set(key.name, [...(this.logs.get(key.name) ?? []), key]);
      this.pages.set(monitorPath(key.name, nodeSha256), key.name);
    }
  }

  /** `name` counts on the first start only. */
  static async open(settings: {
    readonly memory: WitnessMemory;
    readonly name: string;
    readonly policy: Policy;
    readonly now: () => Date;
    readonly tell?: (line: string) => void;
  }): Promise<Witness> {
    const { memory, policy, now, tell = () => undefined } = settings;
    const { name, seed } = memory.key(settings.name);
    const signer = await signerFromSeed(name, KEY_TYPES.cosignature, seed, nodeSha256);
    return new Witness(memory, signer, policy, now, tell);
  }

  get key(): VerifierKey {
    return this.signer.key;
  }

  get vkey(): string {
    return formatVerifierKey(this.signer.key);
  }

  /** Logs that have told two stories, with both in full. */
  get conflicts(): Conflict[] {
    return this.memory.conflicts();
  }

  /** Origins that are watched. */
  get watched(): string[] {
    return [...this.logs.keys()];
  }

  /** The whole of `add-checkpoint`. What is answered with a signature was on disk before. */
  async add(body: Uint8Array): Promise<WitnessReply> {
    const submission = await readSubmission(body, (origin) => this.logs.get(origin));
    if (submission.isRefused) return submission;
    const decided = this.decide(submission);
    if (decided.isRefused) return decided;
    const { checkpoint, logSigned } = decided;
    const line = await cosign(logSigned.text, this.signer, BigInt(Math.floor(this.now().getTime() / 1_000)));
    this.memory.keepCosigned(checkpoint.origin, checkpoint.size, formatNote(addSignatures(logSigned, [line])));
    return { status: 200, contentType: 'text/plain; charset=utf-8', body: formatCosignatures([line]) };
  }

  /** `<sha256 of the origin>/checkpoint`; undefined for a log that is not watched or was never seen. */
  latest(path: string): string | undefined {
    const origin = this.pages.get(path);
    return origin === undefined ? undefined : this.memory.cosigned(origin);
  }

  close(): void {
    this.memory.close();
  }

  private decide(submission: SignedSubmission): WitnessAcceptance | WitnessRefusal {
    const { origin, size, root } = submission.checkpoint;
    return this.memory.decide<WitnessAcceptance | WitnessRefusal>(origin, (last) => {
      const signed = formatNote(submission.logSigned);
      if (last && isFork(submission, last)) {
        const seenAt = this.now().toISOString();
        this.memory.keepConflict({ origin, size: String(size), first: last.logSigned, second: signed, seenAt }, root);
        this.tell(`${origin} has signed two different records of ${size} entries. Both are kept; tell its operator and everyone who relies on it.`); // prettier-ignore
      }
      const decided = decideSubmission(this.hasher, submission, last);
      return decided.isRefused ? { answer: decided } : { answer: decided, next: { size, root, logSigned: signed } };
    });
  }
}
