import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** `npm run soak:erasure` plants 25 of each; every run of the tests a few. */
const OF_EACH = Number(process.env['CANARIES'] ?? 2);
const root = join(import.meta.dirname, '../..');

interface Planted {
  readonly person: string;
  readonly views: readonly string[];
  readonly canaries: readonly { readonly kind: string; readonly canary: string }[];
}

let folder: string;
let child: ChildProcess;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'heap-'));
  // Or long strings would be cut short in what is written down.
  const execArgv = [
    '--no-warnings',
    '--heap-snapshot-string-limit=100000000',
    '--import',
    join(root, 'tests/faults/typescript.mjs'),
  ];
  child = fork(join(root, 'tests/log/serving.ts'), [join(folder, 'data')], { execArgv, env: { PATH: process.env['PATH'] } }); // prettier-ignore
  await once(child, 'message');
}, 120_000);
afterEach(async () => {
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
  rmSync(folder, { recursive: true, force: true });
});

const tell = async <T>(order: string, given?: string): Promise<T> => {
  child.send([order, given]);
  const [{ answer, error }] = (await once(child, 'message')) as [{ answer: T; error?: string }];
  if (error) throw new Error(error);
  return answer;
};

/** What a canary is made of, eight letters or more in a row: no program has such words. */
const RUN = /[bcdfghjklmnpqrstvwxz]{8,}/gi;
const OVERLAP = 200;

/** Kinds of canaries, or of eight letters of one, that stand in any string of the heap. */
const foundIn = async (path: string, { canaries }: Planted): Promise<string[]> => {
  const kinds = new Map(canaries.flatMap(({ kind, canary }) => [0, 4, 8].map((at) => [canary.slice(at, at + 8), kind]))); // prettier-ignore
  const found = new Set<string>();
  let tail = '';
  for await (const chunk of createReadStream(path, { encoding: 'latin1', highWaterMark: 4_194_304 })) {
    const text = tail + String(chunk);
    for (const [run] of text.matchAll(RUN))
      for (let at = 0; at + 8 <= run.length; at++) {
        const kind = kinds.get(run.slice(at, at + 8).toLowerCase());
        if (kind) found.add(kind);
      }
    tail = text.slice(-OVERLAP);
  }
  return [...found].sort();
};

it('nothing that an erased person said is in the memory of the server that served it', async () => {
  const planted = await tell<Planted>('plant', String(OF_EACH));
  const { person, views, canaries } = planted;
  const kinds = [...new Set(canaries.map(({ kind }) => kind))].sort();
  const url = await tell<string>('url');
  const headers = { authorization: `Bearer ${await tell<string>('token', 'chair')}` };
  const words = canaries.find(({ kind }) => kind === 'words')?.canary ?? '';
  const open = (path: string): Promise<string> => fetch(`${url}${path}`, { headers }).then((answer) => answer.text());
  // They were read, searched for and shown.
  const shown = [await open(`/search?q=${words}`), await open(`/api/v1/search?q=${words}`)];
  for (const view of views) shown.push(await open(`/views/${view}`), await open(`/api/v1/contributions/${view}`));
  expect(shown.filter((text) => text.includes(words)).length).toBeGreaterThan(1);
  expect(await tell<number>('read', person)).toBeGreaterThan(1_000);

  // Held on purpose, they are found: what finds them works.
  await tell('keep', person);
  const before = await tell<string>('snapshot', join(folder, 'before.heapsnapshot'));
  const held = await foundIn(before, planted);
  expect(held).toEqual(expect.arrayContaining(['words', 'helper', 'reply', 'letter', 'name']));
  rmSync(before);
  await tell('release');

  expect(await tell<number>('erase', person)).toBeGreaterThan(OF_EACH);
  const after = await tell<string>('snapshot', join(folder, 'after.heapsnapshot'));
  const megabytes = Math.round(statSync(after).size / 1_048_576);
  const left = await foundIn(after, planted);
  expect(left).toEqual([]);
  console.log(JSON.stringify({ figure: 'erasure.heap', kinds: kinds.length, canaries: canaries.length, snapshotMegabytes: megabytes, kindsFoundWhileHeld: held.length, found: left.length })); // prettier-ignore
}, 600_000);
