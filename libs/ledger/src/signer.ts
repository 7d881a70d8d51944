import { formatCheckpointText } from '#transparency-log/checkpoint';
import { formatVerifierKey, KEY_TYPES, type VerifierKey } from '#transparency-log/key';
import { sameBytes } from '#transparency-log/bytes';
import { nodeSha256 } from '#transparency-log/node-sha256';
import { openCheckpoint } from '#transparency-log/open-checkpoint';
import { signNote } from '#transparency-log/sign-note';
import { type NoteSigner, signerFromSeed } from '#transparency-log/signing-key';
import { treeHasher } from '#transparency-log/tree-hasher';
import { VerificationError } from '#transparency-log/verification-error';
import { verifyConsistency } from '#transparency-log/verify-tree';
import type { LastSigned, SignerMemory } from './signer-memory.js';
import { type SignerLog, type SignerRefusal, type SignRequest, wordsOf } from './signer-words.js';

const hasher = treeHasher(nodeSha256);
type Verdict = { readonly next?: LastSigned; readonly answer: SignerRefusal | undefined };

/**
 * Puts the log's name under a tree, and is its own first witness: it believes no database, only what it remembers and
 * what is proven to it. What it will sign is on its disk before it is signed, so that whatever is killed whenever, two
 * notes that contradict each other can never come from it.
 */
export class Signer {
  private constructor(
    private readonly memory: SignerMemory,
    private readonly origin: string,
    private readonly key: NoteSigner,
  ) {}

  /** `originIfNew` counts only on the very first start; afterwards the log keeps its name. */
  static async open(memory: SignerMemory, originIfNew: string, now: string): Promise<Signer> {
    const { origin, seed } = memory.log(originIfNew, now);
    return new Signer(memory, origin, await signerFromSeed(origin, KEY_TYPES.ed25519, seed, nodeSha256));
  }

  /**
   * Closes the log and opens the next. The last tree of the closed one is signed once more, which gives the note that it
   * had: nothing new is said, and it cannot get lost with what was put back.
   */
  static async openNext(memory: SignerMemory, now: string): Promise<{ closed: string; opened: string; note?: string }> {
    const { closed, opened } = memory.openNext(now);
    const names = { closed: closed.origin, opened: opened.origin };
    if (!closed.last) return names;
    const key = await signerFromSeed(closed.origin, KEY_TYPES.ed25519, closed.seed, nodeSha256);
    const note = await signNote(formatCheckpointText({ origin: closed.origin, ...closed.last }), [key]);
    memory.keepClosing(closed.origin, note);
    return { ...names, note };
  }

  get verifierKey(): VerifierKey {
    return this.key.key;
  }

  log(): SignerLog {
    const last = this.memory.advance(this.origin, (known) => ({ answer: known }));
    const predecessor = this.memory.closingNote();
    return {
      origin: this.origin,
      vkey: formatVerifierKey(this.key.key),
      size: last?.size ?? 0,
      ...(predecessor !== undefined && { predecessor }),
    };
  }

  /** The note, or why not. The same tree may be asked for again and gets the same note. */
  async sign(request: SignRequest): Promise<{ note: string } | SignerRefusal> {
    const seen = await this.ownNotes(request.seen);
    const refusal = this.memory.advance(this.origin, (last) => decide(request, last, seen));
    if (refusal) return refusal;
    const text = formatCheckpointText({ origin: this.origin, size: request.size, root: request.root });
    return { note: await signNote(text, [this.key]) };
  }

  /** Of what others have seen, what this key has really signed: a memory put back from a copy learns from it. */
  private async ownNotes(notes: readonly string[]): Promise<LastSigned[]> {
    const own: LastSigned[] = [];
    for (const note of notes) {
      try {
        const { checkpoint } = await openCheckpoint(note, { log: [this.key.key], witnesses: [] });
        own.push({ size: Number(checkpoint.size), root: checkpoint.root });
      } catch (error) {
        // Somebody else's note says nothing about what was signed here.
        if (!(error instanceof VerificationError)) throw error;
      }
    }
    return own;
  }
}

/** Pure: what to remember, and what to answer. Runs inside the transaction that reads `last`. */
const decide = (request: SignRequest, remembered: LastSigned | undefined, seen: readonly LastSigned[]): Verdict => {
  let last = remembered;
  for (const note of seen) {
    if (last && note.size === last.size && !sameBytes(note.root, last.root))
      return { answer: refusal('two-notes', request, last) };
    if (!last || note.size > last.size) last = note;
  }
  const raised = last === remembered || !last ? {} : { next: last };
  const no = (code: SignerRefusal['code'], known: LastSigned): Verdict => ({
    ...raised,
    answer: refusal(code, request, known),
  });
  if (!last) return { next: request, answer: undefined };
  if (request.size < last.size) return no('rollback', last);
  if (request.size === last.size)
    return sameBytes(request.root, last.root) ? { ...raised, answer: undefined } : no('fork', last);
  if (request.from !== last.size) return no('not-my-last', last);
  return follows(request, last) ? { next: request, answer: undefined } : no('fork', last);
};

const follows = ({ size, root, proof }: SignRequest, last: LastSigned): boolean => {
  try {
    verifyConsistency(hasher, { oldSize: last.size, oldRoot: last.root, size, root, path: proof });
    return true;
  } catch (error) {
    if (error instanceof VerificationError) return false;
    throw error;
  }
};

const refusal = (code: SignerRefusal['code'], { size }: SignRequest, last: LastSigned): SignerRefusal => ({
  refused: true,
  code,
  size: last.size,
  message: wordsOf(code, size, last.size),
});
