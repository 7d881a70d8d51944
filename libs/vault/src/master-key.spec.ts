import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EpochBook, EpochKey, MasterKey } from './master-key.js';

const WORDS = Buffer.from('words');

describe('the file of a master key', () => {
  let folder: string;
  const file = (): string => join(folder, 'keys', 'master.key');
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'master-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it('holds the key for its owner alone, and is never written over', () => {
    const key = EpochKey.fresh();
    key.writeTo(file());
    expect(EpochKey.at(file()).unwrap(key.wrap(WORDS, 'here'), 'here')).toEqual(WORDS);
    expect([statSync(file()).mode & 0o777, statSync(join(folder, 'keys')).mode & 0o777]).toEqual([0o600, 0o700]);
    const before = readFileSync(file());
    EpochKey.fresh().writeTo(file());
    expect(readFileSync(file())).toEqual(before);
  });

  it('is not made up where it is missing, and does not count when others can read it or it holds something else', () => {
    expect(() => EpochKey.at(file())).toThrow('is missing, but there is sealed data');
    expect(existsSync(file())).toBe(false);
    EpochKey.fresh().writeTo(file());
    for (const mode of [0o640, 0o604, 0o601]) {
      chmodSync(file(), mode);
      expect(() => EpochKey.at(file())).toThrow('can be read by others');
    }
    chmodSync(file(), 0o600);
    for (const bytes of [0, 31, 33]) {
      writeFileSync(file(), Buffer.alloc(bytes, 7).toString('base64'));
      expect(() => EpochKey.at(file())).toThrow('does not hold a master key');
    }
  });
});

describe('the master key through rotations', () => {
  const KEYS = [EpochKey.fresh(), EpochKey.fresh(), EpochKey.fresh()] as const;
  let epoch: number;
  let loaded: number;
  const kept = new Map<string, Uint8Array>();
  const book: EpochBook = {
    epoch: () => epoch,
    load: () => (loaded++, KEYS[epoch - 1] as EpochKey),
    derived: (purpose, make) => kept.get(purpose) ?? kept.set(purpose, make()).get(purpose)!,
  };
  beforeEach(() => ([epoch, loaded] = [1, 0]));

  it('opens what was read a moment before a rotation, and not what is two rotations old', () => {
    const master = new MasterKey(book);
    const old = master.wrap(WORDS, 'here');
    epoch = 2;
    const newer = master.wrap(WORDS, 'here');
    for (let times = 0; times < 3; times++)
      expect([master.unwrap(old, 'here'), master.unwrap(newer, 'here')]).toEqual([WORDS, WORDS]);
    expect(KEYS[1].unwrap(newer, 'here')).toEqual(WORDS);
    epoch = 3;
    expect(master.unwrap(newer, 'here')).toEqual(WORDS);
    expect(() => master.unwrap(old, 'here')).toThrow('another master key');
  });

  it('is read from its file once for each epoch', () => {
    const master = new MasterKey(book);
    for (let times = 0; times < 5; times++) master.unwrap(master.wrap(WORDS, 'here'), 'here');
    expect(loaded).toBe(1);
    epoch = 2;
    for (let times = 0; times < 5; times++) master.unwrap(master.wrap(WORDS, 'here'), 'here');
    expect(loaded).toBe(2);
  });

  it('opens nothing in another place, under another key, or changed', () => {
    const master = new MasterKey(book);
    const wrapped = master.wrap(WORDS, 'here');
    expect(() => master.unwrap(wrapped, 'there')).toThrow();
    expect(() => master.unwrap(EpochKey.fresh().wrap(WORDS, 'here'), 'here')).toThrow();
    const changed = Buffer.from(wrapped);
    changed[13]! ^= 1;
    expect(() => master.unwrap(changed, 'here')).toThrow();
  });

  it('gives one key to each purpose, and the same after every rotation', () => {
    const master = new MasterKey(book);
    const [people, cards] = [master.derive('people'), master.derive('cards')];
    expect([people.length, cards.equals(people)]).toEqual([32, false]);
    expect([master.derive('people'), new MasterKey(book).derive('people')]).toEqual([people, people]);
    epoch = 2;
    expect(master.derive('people')).toEqual(people);
  });
});
