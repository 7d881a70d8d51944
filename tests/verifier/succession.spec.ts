import 'reflect-metadata';
import { eventId, randomId } from '#event-store/ids';
import { decodeLeaf, encodeLeaf, type Leaf } from '#event-store/leaf';
import type { BundleFile } from '#verifier/bundle-files';
import { memoryFiles } from '#verifier/bundle-files';
import { bundleOf } from '#verifier/testing/test-bundle';
import type { TestLog } from '#verifier/testing/test-log';
import { verdictLines } from '#verifier/verdict';
import { verifyBundle } from '#verifier/verify-bundle';
import { Region } from '../succession/region.js';
import { bundleOfEngine } from './engine-bundle.js';

const found = async ({ files, trust }: { files: readonly BundleFile[]; trust: Parameters<typeof verifyBundle>[1] }) =>
  verdictLines(await verifyBundle(memoryFiles(files), trust)).filter((line) => line.startsWith('Found'));

/** The whole log is signed anew after it was spoilt: only the rules can tell. */
describe('a record in which councils merged and split', () => {
  const region = new Region();
  const leaves: Leaf[] = [];
  let promise = '';
  let teamwork = '';

  beforeAll(async () => {
    await region.open();
    for (const code of ['north-essex', 'mid-essex', 'all-essex']) await region.council(code, '2028-04-01');
    const team = await region.team('essex');
    promise = await region.promise('commitment', 'essex');
    teamwork = await region.promise('serviceChange', 'essex', team);
    await region.view('essex', team);
    await region.order({
      from: ['essex'], on: '2028-04-01', reason: 'The Essex Order 2027',
      to: [{ authority: 'north-essex', things: [promise] }, { authority: 'mid-essex', teams: [team] }, { authority: 'all-essex', otherwise: true }],
    }); // prettier-ignore
    region.day = '2028-04-01';
    await region.carryOut();
    for await (const { leaf } of region.engine.store.readAll()) leaves.push(decodeLeaf(leaf));
  }, 60_000);
  afterAll(() => region.close());

  const judged = async (all: readonly Leaf[]) =>
    found(await bundleOf({ leaves: all.map((leaf) => new Uint8Array(encodeLeaf(leaf))), ciphertexts: new Map(), keys: new Map() } as unknown as TestLog, `serviceChange-${teamwork}`, [])); // prettier-ignore
  const passing = (id: string) => leaves.find(({ stream, type }) => stream.endsWith(id) && type.includes('transferred')) as Leaf; // prettier-ignore
  const changed = (which: Leaf, data: object) =>
    leaves.map((leaf) => (leaf === which ? { ...leaf, data: { ...leaf.data, ...data } } : leaf));
  /** One more entry after the last of a stream, by a command of its own. */
  const more = (like: Leaf, data: object): Leaf[] => {
    const command = randomId();
    const rev = leaves.filter(({ stream }) => stream === like.stream).length;
    return [...leaves, { ...like, rev, id: eventId(command, 0), cause: { ...like.cause, command }, data: { ...(like.data), ...data } }]; // prettier-ignore
  };

  it('is good: every promise passed once, as its order says', async () => {
    expect(await found(await bundleOfEngine(region.engine))).toEqual([]);
    expect([passing(promise).data, passing(teamwork).data]).toMatchObject([{ to: 'north-essex' }, { to: 'mid-essex' }]);
  });

  it.each<[string, () => Leaf[], string]>([
    ['a promise that passes to two councils', () => more(passing(promise), { to: 'mid-essex' }), 'passes on what north-essex has, in the name of essex'],
    ['a promise that passes to the same council twice', () => more(passing(promise), {}), 'passes on what north-essex has, in the name of essex'],
    ['a promise that goes to another of the new councils', () => changed(passing(promise), { to: 'all-essex' }), 'gives a promise to all-essex that its order gives to north-essex'],
    ['a promise of a team that does not go with it', () => changed(passing(teamwork), { to: 'all-essex' }), 'gives a promise to all-essex that its order gives to mid-essex'],
    ['a promise that goes to a council that no order names', () => changed(passing(promise), { to: 'luton' }), 'passes something on otherwise than its order says'],
    ['a promise that passes on another day', () => changed(passing(promise), { on: '2028-03-01' }), 'passes something on otherwise than its order says'],
    ['a promise that passes by no order', () => changed(passing(promise), { succession: randomId() }), 'passes something on by an order that there was not'],
    ['an order that comes back to the council that ends', () => changed(leaves.find(({ type }) => type === 'succession-ordered.v1') as Leaf, { to: ['north-essex', 'mid-essex', 'all-essex', 'essex'] }), 'names a council that comes after itself'],
    ['a thing that is given to two councils', () => changed(leaves.filter(({ type }) => type === 'succession-assigned.v1')[1] as Leaf, { things: [promise] }), 'gives something to two councils'],
  ])('with %s is not', async (_, forged, says) => {
    expect((await judged(forged())).join('\n')).toContain(says);
  }); // prettier-ignore
});
