import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contribution, giveContribution } from '#contributions/contribution';
import { Engine } from '#engine/engine';
import { BOUNDARIES, Eraser } from '#erasure/eraser';
import { everyStore } from '#erasure/every-store';
import { randomId } from '#event-store/ids';
import { nowAt } from '#kernel/time';
import { participant, registerParticipant } from '#participants/participant';
import { People } from '#participants/people';
import { besideOf, rebuild } from '#projections/rebuild';
import type { ProjectionRunner } from '#projections/runner';
import { searchProjection } from '#search/search.projection';
import { ErasureLedger } from '#vault/erasure-ledger';
import { Vault } from '#vault/vault';
import { VaultRecords } from '#vault/vault-records';
import { memoryFiles } from '#verifier/bundle-files';
import { isWrong, verdictLines } from '#verifier/verdict';
import { verifyBundle } from '#verifier/verify-bundle';
import { bundleOfEngine } from '../verifier/engine-bundle.js';
import { undeclaredIn } from './undeclared.js';

/** Told apart from every other word, and from each other. */
const canary = (n: number): string => `Canaryword${String.fromCharCode(97 + n).repeat(6)} says keep the bus`;
const FIELDS = ['words', 'media', 'helper', 'translation', 'name', 'contact', 'draft'];
const BASIS = { basis: 'no-longer-needed' } as const;

let folder: string;
let engine: Engine;
let [person, view] = ['', ''];
const dataDir = (): string => join(folder, 'data');
const context = () => ({
  commandId: randomId(),
  actor: { role: 'data-protection-officer', ref: 'tests' },
  now: nowAt(new Date()),
});
const open = async (): Promise<void> => {
  engine = Engine.open({ dataDir: dataDir() });
  engine.start();
  await engine.whenSeeded();
};
const partsOf = ({ store, recorder, vault, clock, searchRows }: Engine) => ({
  store, recorder, vault, clock, settleMs: 1, ledger: new ErasureLedger(`${dataDir()}-erasures`),
  stores: everyStore({ vault, store, searchRows }),
}); // prettier-ignore

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'erase-'));
  await open();
  [person, view] = [randomId(), randomId()];
  const { recorder } = engine;
  await recorder.act(participant, person, context(), (state) => registerParticipant(state, { authority: 'essex' }));
  const { position } = await recorder.act(contribution, view, context(), (state) =>
    giveContribution(state, view, {
      authority: 'essex', participant: person, words: canary(0), channel: 'online', capacity: 'uses-services',
      media: [{ kind: 'photo', description: canary(1) }], voice: 'helped', helper: canary(2), agreed: true,
      translation: { words: canary(3), by: 'a translator' }, attribution: 'name', language: 'pl',
    }),
  ); // prettier-ignore
  await new People(engine.vault).put(person, { authority: 'essex', name: canary(4), contact: canary(5), format: null });
  const draft = { people: [{ id: person, note: canary(6) }], title: 'Monday' };
  await new VaultRecords(engine.vault.database, 'draft').put('d', draft);
  await engine.caughtUp(position);
});
afterEach(async () => {
  await engine.close().catch(() => undefined);
  rmSync(folder, { recursive: true, force: true });
});

const files = (): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((each) => each.isFile())
    .map((each) => join(each.parentPath, each.name));
/** In every file, write-ahead logs too, as it may stand there. */
const found = (): number => {
  const bytes = files().map((path) => readFileSync(path).toString('latin1'));
  const forms = FIELDS.flatMap((_, n) => {
    const word = canary(n).slice(0, 16);
    const as = (text: string, code: BufferEncoding): string => Buffer.from(text, code).toString('latin1');
    return [word, word.toLowerCase(), as(word, 'utf16le'), Buffer.from(word).toString('base64').slice(0, 20)];
  });
  return forms.filter((form) => bytes.some((each) => each.includes(form))).length;
};
const readable = (): number => {
  const rows = engine.rows.all<{ words: string }>('SELECT words FROM contribution WHERE id = ?', view);
  const words = rows.filter((row) => engine.vault.open(row.words).state === 'readable').length;
  return words + (new People(engine.vault).get(person) ? 1 : 0);
};
const leaves = async (): Promise<string[]> => {
  const all: string[] = [];
  for await (const { leaf } of engine.store.readAll()) all.push(Buffer.from(leaf).toString('base64'));
  return all;
};

it('leaves nothing readable in any file, and the record as it was; a bundle says that it was lawful', async () => {
  expect(readable()).toBe(2);
  expect(found()).toBeGreaterThan(0); // the search index holds public words in clear
  const before = await leaves();
  const erased = await engine.eraser.erase(person, context(), BASIS);
  expect(readable()).toBe(0);
  expect(found()).toBe(0);
  expect((await leaves()).slice(0, before.length)).toEqual(before);
  const { files: bundle, trust } = await bundleOfEngine(engine, 'contribution-received.v1');
  const verdict = await verifyBundle(memoryFiles(bundle), trust);
  expect(verdictLines(verdict).filter((line) => line.startsWith('Found'))).toEqual([]);
  expect(isWrong(verdict)).toBe(false);
  expect(verdict.levels.find(({ id }) => id === 'sealed')?.says).toMatch(/[1-9]\d* lawfully erased; 0 missing/);
  const counts = new Map(erased.stores.map(({ store, purged }) => [store, purged]));
  for (const store of ['keys', 'sealed-words', 'search-index', 'drafts', 'names'])
    expect([store, (counts.get(store) ?? 0) > 0]).toEqual([store, true]);
  console.log(JSON.stringify({ figure: 'erasure.scan', fields: FIELDS.length, formsFound: 0, unchangedLeaves: before.length, stores: erased.stores })); // prettier-ignore
});

it('nothing is said to be done while one store keeps something, and it is done when that is mended', async () => {
  const parts = partsOf(engine);
  const skipped = parts.stores.map((each) => (each.name === 'search-index' ? { ...each, name: each.name, purge: async () => 0, left: (whose: never) => each.left(whose) } : each)); // prettier-ignore
  await expect(new Eraser({ ...parts, stores: skipped }).erase(person, context(), BASIS)).rejects.toThrow('search-index'); // prettier-ignore
  expect([found() > 0, readable()]).toEqual([true, 0]);
  expect(await engine.eraser.resume()).toBe(1);
  expect(found()).toBe(0);
});

it('an older copy of the files brings nobody back', async () => {
  await engine.close();
  cpSync(dataDir(), join(folder, 'copy'), { recursive: true });
  await open();
  await engine.eraser.erase(person, context(), BASIS);
  await engine.close();
  rmSync(dataDir(), { recursive: true });
  cpSync(join(folder, 'copy'), dataDir(), { recursive: true });
  rmSync(join(folder, 'copy'), { recursive: true });
  engine = Engine.open({ dataDir: dataDir() });
  expect(engine.vault.replayed).toHaveLength(1);
  expect(new People(engine.vault).get(person)).toBeUndefined();
  engine.start();
  await engine.whenSeeded();
  expect([readable(), found()]).toEqual([0, 0]);
  await expect(engine.eraser.erase(person, context(), BASIS)).rejects.toMatchObject({ code: 'erased' });
});

it.each(BOUNDARIES)('cut off after "%s", the next start finishes it', async (at) => {
  const cut = new Eraser({ ...partsOf(engine), reached: (boundary) => { if (boundary === at) throw new Error('cut'); } }); // prettier-ignore
  await expect(cut.erase(person, context(), BASIS)).rejects.toThrow('cut');
  expect(readable()).toBe(0);
  await engine.close();
  await open();
  expect([readable(), found(), engine.vault.forgetting.underWay().length]).toEqual([0, 0, 0]);
});

/** What `rebuild search` does, held still between reading the log and swapping the new rows in. */
const rebuildAround = async (meanwhile: () => Promise<unknown>): Promise<unknown> => {
  const { store, codec, searchRows: live, opener } = engine;
  const runner = { alone: (work: () => Promise<void>) => meanwhile().then(work) } as unknown as ProjectionRunner;
  return rebuild({ store, codec, live, opener, runner }, searchProjection, besideOf(dataDir(), 'search'));
};

it('an index that is built anew meanwhile brings no words back', async () => {
  const rebuilt = rebuildAround(() => engine.eraser.erase(person, context(), BASIS)).catch((error: unknown) =>
    String(error),
  );
  const said = await rebuilt;
  expect(found()).toBe(0);
  expect(said).toMatch(/erased meanwhile/);
  await rebuildAround(async () => undefined);
  expect(found()).toBe(0);
});

it('what a rebuild left behind when it was cut off goes too', async () => {
  await engine.close();
  cpSync(join(dataDir(), 'search.db'), besideOf(dataDir(), 'search'));
  await open();
  await engine.eraser.erase(person, context(), BASIS);
  expect(found()).toBe(0);
});

it.each(['data-before-20270101T000000000Z', 'data-restored-17', 'data-drill-Ab3/data'])(
  'an older copy that lies beside the data keeps nothing: %s',
  async (name) => {
    await engine.close();
    cpSync(dataDir(), join(folder, name), { recursive: true });
    await open();
    const erased = await engine.eraser.erase(person, context(), BASIS);
    expect(erased.stores.find(({ store }) => store === 'older-copies')?.purged).toBe(1);
    expect(found()).toBe(0);
    const paths = { vault: join(folder, name, 'vault.db'), sealed: join(folder, name, 'sealed.db'), keyFile: join(folder, 'data-keys/master.key') }; // prettier-ignore
    const copy = new Vault(paths);
    expect(new People(copy).get(person)).toBeUndefined();
    expect(copy.forgetting.keysOf([{ subject: person, stream: '' }])).toEqual([]);
    copy.close();
  },
);

it('a legal hold comes first, until it is lifted', async () => {
  const hold = await engine.eraser.hold(person, context(), 'court');
  await expect(engine.eraser.erase(person, context(), BASIS)).rejects.toMatchObject({ code: 'legal-hold' });
  expect(readable()).toBe(2);
  await engine.eraser.lift(person, context(), hold);
  await engine.eraser.erase(person, context(), BASIS);
  expect(readable()).toBe(0);
});

it('every table and every kind of record is declared, and one that is not is found', () => {
  const undeclared = (): string[] => undeclaredIn(dataDir(), engine.personalStores);
  expect(undeclared()).toEqual([]);
  engine.vault.database.db.exec('CREATE TABLE forgotten_notes (words TEXT)');
  expect(undeclared()).toEqual(['vault.db/forgotten_notes']);
});
