import { nodeSha256 } from '#transparency-log/node-sha256';
import type { NoteSignature } from '#transparency-log/note';
import { parseNote } from '#transparency-log/note';
import { type PolicyWitness, policyWord } from '#transparency-log/policy';
import { formatAddCheckpoint, monitorPath, parseSizeBody, readCosignatures } from '#transparency-log/witness-messages';
import { VerificationError } from '#transparency-log/verification-error';
import type { KeptCheckpoint } from './checkpoints.js';

/** What asking one witness came to. */
export type WitnessAnswer =
  | { readonly kind: 'cosigned'; readonly lines: readonly NoteSignature[]; readonly seconds: number }
  /** It does not answer, does not know us, or answers nonsense. */
  | { readonly kind: 'failed'; readonly problem: string }
  /** It has seen another history of this log, or a longer one: `sent` and `said` are evidence. */
  | { readonly kind: 'contradicted'; readonly problem: string; readonly sent: string; readonly said: string };

const MOST_BYTES = 1_000_000;

/** Speaks C2SP tlog-witness to one witness. Never throws: a witness that fails is an answer too. */
export class WitnessClient {
  private readonly url: string;

  constructor(
    private readonly witness: PolicyWitness,
    private readonly timeoutMs: number,
  ) {
    this.url = policyWord(witness.url ?? '').replace(/(?<!\/)\/+$/, '');
  }

  async ask(
    checkpoint: KeptCheckpoint,
    oldSize: number,
    proof: (from: number) => readonly Uint8Array[],
  ): Promise<WitnessAnswer> {
    try {
      return await this.submit(checkpoint, oldSize, proof, true);
    } catch (error) {
      return { kind: 'failed', problem: error instanceof VerificationError ? error.message : 'It does not answer.' };
    }
  }

  /** The checkpoint it shows for a log; undefined when it has none or does not answer. */
  async latest(origin: string): Promise<string | undefined> {
    try {
      const response = await this.fetch(monitorPath(origin, nodeSha256));
      return response.status === 200 ? await textOf(response) : undefined;
    } catch {
      return undefined;
    }
  }

  private async submit(
    checkpoint: KeptCheckpoint,
    oldSize: number,
    proof: (from: number) => readonly Uint8Array[],
    mayAskAgain: boolean,
  ): Promise<WitnessAnswer> {
    const sent = formatAddCheckpoint({ oldSize, proof: proof(oldSize), note: checkpoint.note });
    const response = await this.fetch('add-checkpoint', sent);
    const said = await textOf(response);
    const contradicted = (problem: string): WitnessAnswer => ({ kind: 'contradicted', problem, sent, said });
    if (response.status === 200) {
      const { text } = parseNote(checkpoint.note);
      const verified = await readCosignatures(said, text, [this.witness.key]);
      const lines = verified.map(({ name, id, signature }) => ({ name, id, signature }));
      return { kind: 'cosigned', lines, seconds: Number(verified[0]?.timestamp ?? 0n) };
    }
    if (response.status === 409) {
      const size = Number(parseSizeBody(said));
      if (size > checkpoint.size)
        return contradicted(`It has seen ${size} entries, but this record shows only ${checkpoint.size}.`);
      if (mayAskAgain) return this.submit(checkpoint, size, proof, false);
    }
    if (response.status === 422) return contradicted('It has seen another history of this record.');
    return { kind: 'failed', problem: WHY[response.status] ?? `It answers with status ${response.status}.` };
  }

  private fetch(path: string, body?: string): Promise<Response> {
    return fetch(`${this.url}/${path}`, {
      ...(body !== undefined && { method: 'POST', body, headers: { 'content-type': 'text/plain; charset=utf-8' } }),
      redirect: 'error',
      signal: AbortSignal.timeout(this.timeoutMs),
    });
  }
}

const WHY: Readonly<Record<number, string>> = {
  403: 'It does not accept our signature: it may know another key of ours.',
  404: 'It does not know this log yet. Ask its operator to add our key.',
  409: 'It was asked by somebody else at the same time.',
};

const textOf = async (response: Response): Promise<string> => {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    length += chunk.length;
    if (length > MOST_BYTES) throw new VerificationError('too-long', 'It answers with more than it should.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
};
