import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const file = (path: string): string => JSON.stringify(join(root, path));

/** Threads need a program that Node can load by itself, so this runs beside the test. */
const SCRIPT = `
  import { formatBundle } from '#transparency-log/entry-bundle';
  import { nodeSha256 } from '#transparency-log/node-sha256';
  const { startHashThread } = await import(${file('apps/cli/src/bundle/hash-thread.ts')});
  const { hashEntries } = await import(${file('libs/verifier/src/hash-entries.ts')});
  const { Machine } = await import(${file('libs/verifier/src/machine.ts')});
  const here = hashEntries(nodeSha256, new Machine());
  const text = (hashed) => JSON.stringify([hashed.bytes, hashed.hashes, hashed.root].map((each) => each && Buffer.from(each).toString('hex')));
  const entries = (count, from) => Array.from({ length: count }, (_, at) => Buffer.from('entry ' + (from + at)));
  const files = [formatBundle(entries(256, 0)), formatBundle(entries(3, 256)), formatBundle(entries(256, 300)).subarray(0, 900), Buffer.alloc(0)];
  const expected = files.map((each) => text(here(each)));
  const beside = startHashThread();
  const got = (await Promise.all(files.map((each) => beside.hashEntries(each)))).map(text);
  const room = (bytes) => new Uint8Array(bytes.length + 100).fill(7, bytes.length).subarray(0, bytes.length);
  const inRooms = files.map((each) => { const own = room(each); own.set(each); return own; });
  const back = await Promise.all(inRooms.map((each) => beside.hashEntries(each, false, true)));
  const gone = [inRooms, files].map((each) => each.map(({ length }) => length));
  await beside.close();
  const after = await Promise.resolve(beside.hashEntries(files[2])).then(() => 'answered', (error) => error.message);
  console.log(JSON.stringify({ expected, got, back: back.map(text), gone, after }));
`;

describe('the thread that hashes', () => {
  it('gives what is hashed here, in order, also of half a file; takes along only memory that is nobody else’s; and says when it has ended', () => {
    const hooks = join(root, 'tests/faults/typescript.mjs');
    const { stdout, stderr } = spawnSync(process.execPath, ['--no-warnings', '--import', hooks, '-e', SCRIPT], { encoding: 'utf8', cwd: root }); // prettier-ignore
    expect(stderr).toBe('');
    const { expected, got, back, gone, after } = JSON.parse(stdout) as Record<string, string | string[]>;
    expect([got, back]).toEqual([expected, expected]);
    expect(gone).toEqual([
      [0, 0, 0, 0],
      [2706, 33, 900, 0],
    ]);
    expect(new Set(got).size).toBe(4);
    expect(after).toBe('the thread that hashes has ended');
  });
});
