import { formatCheckpointText } from './checkpoint.js';
import type { Count } from './count.js';
import { KEY_TYPES } from './key.js';
import { formatNote, type NoteSignature } from './note.js';
import { signLine } from './sign-note.js';
import { byteLeaves, grown, hasher } from './testing/grown-tree.js';
import { signerNamed } from './testing/signers.js';
import { consistencyProof } from './tree-proofs.js';
import {
  decideSubmission,
  isFork,
  type LastCosigned,
  readSubmission,
  type SignedSubmission,
} from './witness-decision.js';
import { formatAddCheckpoint } from './witness-messages.js';

const ORIGIN = 'log.example';
const log = await signerNamed(ORIGIN, KEY_TYPES.ed25519);
const stranger = await signerNamed('stranger.example', KEY_TYPES.ed25519);
const { nodes, roots } = grown(byteLeaves(20));
const proofOf = (old: number, size: number) =>
  old === 0 || old >= size ? [] : consistencyProof(hasher, nodes, old, size);
const at = (size: number): LastCosigned => ({ size: BigInt(size), root: roots[size]! });
const spoilt = (line: NoteSignature) => ({
  ...line,
  signature: line.signature.map((byte, i) => (i === 5 ? byte ^ 1 : byte)),
});
const keysOf = (origin: string) => (origin === ORIGIN ? [log.key] : undefined);

const write = async (
  old: Count,
  size: number,
  change: {
    root?: Uint8Array;
    proof?: Uint8Array[];
    origin?: string;
    extensions?: string[];
    sign?: (text: string) => Promise<NoteSignature[]>;
  } = {},
) => {
  const { root = roots[size]!, origin = ORIGIN, extensions = [] } = change;
  const text = formatCheckpointText({ origin, size, root, extensions });
  const signatures = await (change.sign ?? (async (what) => [await signLine(what, log)]))(text);
  const proof = change.proof ?? proofOf(Number(old), size);
  return formatAddCheckpoint({ oldSize: old, proof, note: formatNote({ text, signatures }) });
};
const answer = async (body: string, last: LastCosigned | undefined) => {
  const submission = await readSubmission(body, keysOf);
  const decision = submission.isRefused ? submission : decideSubmission(hasher, submission, last);
  return decision.isRefused
    ? `${decision.status} ${decision.why}`
    : `200 ${decision.replaces} to ${decision.checkpoint.size}`;
};

describe('a witness', () => {
  it('cosigns everything that grows from what it cosigned last', async () => {
    for (let size = 0; size <= 20; size += 1)
      for (let old = 0; old <= size; old += 1)
        expect(await answer(await write(old, size), old === 0 ? undefined : at(old))).toBe(`200 ${old} to ${size}`);
  });

  it('keeps the signatures of the log and no others', async () => {
    const sign = async (text: string) => [await signLine(text, stranger), await signLine(text, log)];
    const submission = await readSubmission(await write(0, 5, { sign }), keysOf);
    expect(submission.isRefused ? [] : submission.logSigned.signatures.map(({ name }) => name)).toEqual([ORIGIN]);
  });

  it('tells who is behind where it stands', async () => {
    const submission = (await readSubmission(await write(3, 9), keysOf)) as SignedSubmission;
    expect(decideSubmission(hasher, submission, at(5))).toMatchObject({
      status: 409,
      body: '5\n',
      contentType: 'text/x.tlog.size',
    });
    expect(decideSubmission(hasher, submission, undefined)).toMatchObject({ status: 409, body: '0\n' });
  });

  const other = new Uint8Array(32).fill(1);
  const bySpoilt = async (text: string) => [spoilt(await signLine(text, log))];
  const byStranger = async (text: string) => [await signLine(text, stranger)];
  const byBoth = async (text: string) => [await signLine(text, log), spoilt(await signLine(text, log))];
  it.each<[string, Promise<string>, LastCosigned | undefined, string]>([
    ['what it cannot read', write(3, 9).then((body) => `${body}x`), at(3), '400 malformed'],
    ['an empty request', Promise.resolve(''), at(3), '400 malformed'],
    ['extension lines', write(3, 9, { extensions: ['x'] }), at(3), '400 malformed'],
    ['a log it does not know', write(3, 9, { origin: 'x' }), at(3), '404 unknown-log'],
    [
      'an unknown log before a missing signature',
      write(9, 3, { origin: 'x', sign: byStranger }),
      at(3),
      '404 unknown-log',
    ],
    ['a checkpoint signed by others', write(3, 9, { sign: byStranger }), at(3), '403 not-signed'],
    ['a bad signature', write(3, 9, { sign: bySpoilt }), at(3), '403 not-signed'],
    ['a bad signature beside a good one', write(3, 9, { sign: byBoth }), at(3), '403 not-signed'],
    ['a bad signature before a bad size', write(9, 3, { sign: bySpoilt }), at(3), '403 not-signed'],
    ['an old size beyond the new', write(9, 3), at(9), '400 old-beyond-new'],
    ['an old size beyond the new, before asking its memory', write(9, 3), at(5), '400 old-beyond-new'],
    ['an old size that is not its last', write(3, 9), at(5), '409 not-my-last'],
    ['its memory before the proof', write(3, 9, { proof: [other] }), at(5), '409 not-my-last'],
    ['its memory before an empty root', write(0, 0, { root: other }), at(5), '409 not-my-last'],
    ['an empty log with another root', write(0, 0, { root: other }), undefined, '422 wrong-empty-root'],
    ['an empty root before a proof', write(0, 0, { root: other, proof: [other] }), undefined, '422 wrong-empty-root'],
    ['a proof from nothing', write(0, 9, { proof: [other] }), undefined, '422 proof-from-nothing'],
    ['a proof from nothing to nothing', write(0, 0, { proof: [other] }), undefined, '422 proof-from-nothing'],
    ['no proof', write(3, 9, { proof: [] }), at(3), '422 not-consistent'],
    ['a wrong proof', write(3, 9, { proof: proofOf(3, 10) }), at(3), '422 not-consistent'],
    ['another root than the proof leads to', write(3, 9, { root: other }), at(3), '422 not-consistent'],
    ['growth from another root than its last', write(3, 9), { size: 3n, root: other }, '422 not-consistent'],
    ['a proof for the same size', write(9, 9, { proof: [other] }), at(9), '422 not-consistent'],
    ['two roots at one size', write(9, 9, { root: other }), at(9), '422 two-roots'],
  ])('refuses %s', async (_, body, last, expected) => expect(await answer(await body, last)).toBe(expected));

  it('cosigns the same again, and an empty log', async () => {
    expect(await answer(await write(9, 9), at(9))).toBe('200 9 to 9');
    expect(await answer(await write(0, 0), at(0))).toBe('200 0 to 0');
  });

  it('knows two roots at one size for a fork, whatever old size was named', async () => {
    const fork = (await readSubmission(await write(3, 9, { root: other }), keysOf)) as SignedSubmission;
    const same = (await readSubmission(await write(3, 9), keysOf)) as SignedSubmission;
    expect([isFork(fork, at(9)), isFork(same, at(9)), isFork(fork, at(8)), isFork(fork, undefined)]).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });

  it('does not take its own lack of means for a bad signature', async () => {
    const body = await write(0, 5);
    await expect(readSubmission(body, () => [log.key, log.key])).rejects.toMatchObject({ code: 'ambiguous-key' });
  });

  it('never rolls back when two requests race: the second finds the new size', async () => {
    const [longer, shorter] = await Promise.all([write(3, 9), write(3, 5)]);
    expect(await answer(longer, at(3))).toBe('200 3 to 9');
    expect(await answer(shorter, at(9))).toBe('409 not-my-last');
  });
});
