import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ErasureLedger, type LedgerEntry } from './erasure-ledger.js';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'ledger-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const entry = (id: string): LedgerEntry => ({
  v: 1, id, person: 'p', kind: 'participant', authority: 'essex', targets: [{ subject: 'p', stream: '' }], views: [], kids: ['k'], streams: [],
  basis: 'objection', authorisedBy: 'data-protection-officer', on: '2027-01-01', at: '2027-01-01T00:00:00.000Z',
}); // prettier-ignore
const file = (): string => join(folder, 'in', 'erasures.jsonl');

it('keeps each erasure once, for its owner only, in a folder that it makes', () => {
  const ledger = new ErasureLedger(join(folder, 'in'));
  expect(ledger.all()).toEqual([]);
  for (const id of ['a', 'b', 'a']) ledger.append(entry(id));
  expect(new ErasureLedger(join(folder, 'in')).all()).toEqual([entry('a'), entry('b')]);
  expect([statSync(file()).mode & 0o777, statSync(join(folder, 'in')).mode & 0o777]).toEqual([0o600, 0o700]);
});

it('takes off a last line that was cut, because that erasure had not begun, and goes on after it', () => {
  const ledger = new ErasureLedger(join(folder, 'in'));
  ledger.append(entry('a'));
  const whole = readFileSync(file(), 'utf8');
  appendFileSync(file(), '{"v":1,"id":"b","pers');
  expect(ledger.all()).toEqual([entry('a')]);
  // Somebody else may be writing the rest of it.
  expect(readFileSync(file(), 'utf8')).toBe(`${whole}{"v":1,"id":"b","pers`);
  ledger.append(entry('c'));
  expect(ledger.all().map(({ id }) => id)).toEqual(['a', 'c']);
  expect(readFileSync(file(), 'utf8')).toBe(`${whole}${JSON.stringify(entry('c'))}\n`);
});

it('does not touch a list that is whole: another process may be adding to it', () => {
  const ledger = new ErasureLedger(join(folder, 'in', 'deep'));
  ledger.append(entry('a'));
  const path = join(folder, 'in', 'deep', 'erasures.jsonl');
  utimesSync(path, 1_000, 1_000);
  expect(ledger.all()).toEqual([entry('a')]);
  expect(statSync(path).mtimeMs).toBe(1_000_000);
});

it.each(['nonsense', '{"v":2,"targets":[],"kids":[]}', '{"v":1,"kids":[]}', '{"v":1,"targets":[]}'])(
  'does not go on without an erasure that it cannot read: %s',
  (line) => {
    const ledger = new ErasureLedger(join(folder, 'in'));
    ledger.append(entry('a'));
    appendFileSync(file(), `${line}\n`);
    expect(() => ledger.all()).toThrow('line 2');
    expect(() => ledger.append(entry('b'))).toThrow('put the right file back');
  },
);
