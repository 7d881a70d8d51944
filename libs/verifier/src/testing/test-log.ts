import { canonicalJson } from '#event-store/canonical-json';
import { eventId, uuid5 } from '#event-store/ids';
import { commitmentOf } from '#vault/subject-keys';
import { sealField } from '#vault/sealing';
import { utf8 } from '#transparency-log/bytes';
import { nodeSha256 } from '#transparency-log/node-sha256';

/** A small log, written with the product's own sealing and ids, and with keys that follow from names. */
const SPACE = '8a8f1d7e-1b0e-5a64-8a0e-3f1b7c2d9e55';
export const idOf = (name: string): string => uuid5(SPACE, name);
export const streamOf = (category: string, name: string): string => `${category}-${idOf(name)}`;

type Data = Record<string, unknown>;
interface EventToWrite {
  readonly type: string;
  readonly data?: Data;
  /** Words by pointer; the place is left empty in `data` by whoever writes it. */
  readonly words?: Readonly<Record<string, string>>;
}

const AT = '2026-11-20T10:00:00.000Z';

export class TestLog {
  readonly leaves: Uint8Array[] = [];
  readonly ciphertexts = new Map<string, Uint8Array>();
  readonly keys = new Map<string, Uint8Array>();
  private readonly next = new Map<string, number>();
  private commands = 0;

  /** One append of one command: the stream's key goes first, where it needs one. @returns where it starts in the log */
  append(stream: string, events: readonly EventToWrite[], role = 'chair', more: Data = {}): number {
    const start = this.leaves.length;
    const kid = nodeSha256(utf8(`kid ${stream}`))
      .subarray(0, 16)
      .toString();
    const name = Buffer.from(nodeSha256(utf8(kid)).subarray(0, 16)).toString('base64url');
    const needsKey = events.some(({ words }) => words) && !this.keys.has(name);
    const key = this.keys.get(name) ?? nodeSha256(utf8(`key ${name}`));
    const all: EventToWrite[] = needsKey
      ? [{ type: 'subject-key-created.v1', data: { kid: name, commitment: commitmentOf(name, key) } }, ...events]
      : [...events];
    if (needsKey) this.keys.set(name, key);
    this.commands += 1;
    const command = uuid5(SPACE, `command ${this.commands}`);
    all.forEach(({ type, data = {}, words = {} }, index) => {
      const id = eventId(command, index);
      const sealed = Object.fromEntries(
        Object.entries(words).map(([pointer, value]) => {
          const { ciphertext, ...field } = sealField(key, { eventId: id, type, pointer, kid: name, value });
          this.ciphertexts.set(ciphertext.digest, ciphertext.bytes);
          return [pointer, field];
        }),
      );
      const rev = this.next.get(stream) ?? 0;
      this.next.set(stream, rev + 1);
      const leaf = { v: 1, id, stream, rev, type, occurredAt: AT, recordedAt: AT, actor: { role, ref: `ref-${role}` }, about: { authority: 'essex' }, cause: { command, correlation: command, events: [] }, data, sealed, ...more }; // prettier-ignore
      this.leaves.push(utf8(canonicalJson(leaf)));
    });
    return start;
  }
}

const decidedBy = [{ role: 'Chair', capacity: 'staff' }];

/** A meeting, a view, a decision, a promise that is kept and checked; `views` more of them fill the log. */
export const exampleLog = (views: number): { log: TestLog; about: string; cited: number[] } => {
  const log = new TestLog();
  const [promise, decision, view] = ['serviceChange', 'decision', 'contribution'].map((each) => streamOf(each, 'first')) as [string, string, string]; // prettier-ignore
  log.append(streamOf('log', 'log'), [{ type: 'log-created.v1', data: { leafFormat: 'v1', filterRule: 'all' } }]);
  const received = (words: string): EventToWrite => ({
    type: 'contribution-received.v1',
    data: { authority: 'essex', words: null, channel: 'meeting', capacity: 'uses-services', voice: 'own', attribution: 'group' }, // prettier-ignore
    words: { '/words': words },
  });
  log.append(view, [received('The bus stops too far from the day centre.')]);
  log.append(decision, [
    { type: 'decision-made.v1', data: { authority: 'essex', answer: 'yes', statement: null, alternatives: [], interests: [], decidedBy }, words: { '/statement': 'Move the stop.' } }, // prettier-ignore
    { type: 'decision-linked-to-contribution.v1', data: { contribution: idOf('first'), effect: 'changed' } },
  ]);
  const promised = log.append(promise, [
    { type: 'service-change-promised.v1', data: { authority: 'essex', decision: idOf('first'), what: null, owner: { person: idOf('owner'), name: null, role: 'Head of transport' }, due: '2027-03-01', proofWanted: 'A photo', checker: { role: 'Member' } }, words: { '/what': 'The stop moves to the gate.', '/owner/name': 'Jo Bloggs' } }, // prettier-ignore
  ]);
  for (let at = 0; at < views; at += 1) log.append(streamOf('contribution', `view ${at}`), [received(`View number ${at}`)]); // prettier-ignore
  const done = log.append(promise, [{ type: 'reported-done.v1', data: { byRole: 'Head of transport' } }]);
  log.append(promise, [{ type: 'done-confirmed.v1', data: { person: idOf('checker'), byRole: 'Member' } }], 'participant'); // prettier-ignore
  return { log, about: promise, cited: [promised, promised + 1, done, done + 1] };
};
