import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contribution, giveContribution } from '#contributions/contribution';
import { Engine } from '#engine/engine';
import { BOUNDARIES } from '#erasure/eraser';
import { randomId } from '#event-store/ids';
import { decodeLeaf } from '#event-store/leaf';
import { nowAt } from '#kernel/time';
import { participant, registerParticipant } from '#participants/participant';
import { People } from '#participants/people';
import { Vault } from '#vault/vault';
import { VaultRecords } from '#vault/vault-records';
import { start } from './processes.js';

/** `npm run soak:erasure` kills fifty times at each of the four boundaries; every run of the tests once. */
const KILLS = Number(process.env['ERASURE_KILLS'] ?? 1);

let folder: string;
const dataDir = (): string => join(folder, 'data');
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'eraser-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const context = () => ({ commandId: randomId(), actor: { role: 'chair', ref: 'tests' }, now: nowAt(new Date()) });
const open = async (): Promise<Engine> => {
  const engine = Engine.open({ dataDir: dataDir() });
  engine.start();
  await engine.whenSeeded();
  return engine;
};
const somebody = async (engine: Engine): Promise<{ person: string; words: string }> => {
  const [person, view] = [randomId(), randomId()];
  await engine.recorder.act(participant, person, context(), (state) => registerParticipant(state, { authority: 'essex' })); // prettier-ignore
  await new People(engine.vault).put(person, { authority: 'essex', name: 'Ann', contact: null, format: null });
  await engine.recorder.act(contribution, view, context(), (state) =>
    giveContribution(state, view, { authority: 'essex', participant: person, words: 'Keep the bus', channel: 'online', capacity: 'uses-services', voice: 'own', attribution: 'name' }),
  ); // prettier-ignore
  await engine.caughtUp(await engine.store.head());
  const { words } = engine.rows.get<{ words: string }>('SELECT words FROM contribution WHERE id = ?', view) ?? { words: '' }; // prettier-ignore
  return { person, words };
};
/** As a server that starts would see it, before anything is carried on. */
const readable = ({ person, words }: { person: string; words: string }): number => {
  const vault = new Vault({ vault: join(dataDir(), 'vault.db'), sealed: join(dataDir(), 'sealed.db'), keyFile: join(folder, 'data-keys/master.key') }); // prettier-ignore
  const found = [vault.open(words).state === 'readable', new VaultRecords(vault.database, 'person').get(person) !== undefined]; // prettier-ignore
  vault.close();
  return found.filter(Boolean).length;
};

it(
  `an erasure that is killed ${KILLS} times at each of ${BOUNDARIES.length} boundaries is always finished, and nothing is shown meanwhile`,
  async () => {
    let [kills, readableMeanwhile, unfinished] = [0, 0, 0];
    let engine = await open();
    const people = [];
    for (let n = 0; n < KILLS * BOUNDARIES.length; n++) people.push(await somebody(engine));
    await engine.close();
    for (const [n, each] of people.entries()) {
      const boundary = BOUNDARIES[n % BOUNDARIES.length] ?? 'closed';
      const delay = n < BOUNDARIES.length ? 0 : Math.floor(Math.random() * 25);
      const child = start('eraser-process.ts', [dataDir(), each.person, randomId(), boundary, String(delay)]);
      const { signal, errors } = await child.ended;
      expect([child.lines[0], signal, errors]).toEqual([`at ${boundary}`, 'SIGKILL', '']);
      kills++;
      readableMeanwhile += readable(each);
      engine = await open();
      const said: string[] = [];
      for await (const { leaf } of engine.store.read(`dataSubject-${each.person}`)) said.push(decodeLeaf(leaf).type);
      const found = await engine.eraser.find(each.person);
      const left = found ? await Promise.all(engine.personalStores.map((store) => store.left(found))) : [0];
      if (engine.vault.forgetting.underWay().length > 0 || said.at(-1) !== 'subject-erased.v1' || left.some((count) => count > 0)) unfinished++; // prettier-ignore
      await engine.close();
      readableMeanwhile += readable(each);
    }
    expect([kills, readableMeanwhile, unfinished]).toEqual([KILLS * BOUNDARIES.length, 0, 0]);
    console.log(JSON.stringify({ figure: 'erasure.kills', boundaries: BOUNDARIES.length, kills, readableMeanwhile, unfinished })); // prettier-ignore
  },
  60_000 + KILLS * 40_000,
);
