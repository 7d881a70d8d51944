import { formatBundle } from '#transparency-log/entry-bundle';
import { readEnvelope } from './envelope.js';
import { Machine } from './machine.js';
import { FLAGS, ROW } from './row.js';
import { RowEntry } from './row-entry.js';
import { seededRandom } from './tamper-drill.js';
import { exampleLog } from './testing/test-log.js';

const TRIES = 100_000;
const ODD = Buffer.from('"\\{}[],:0-9.eEnuA/ \n\0é\u{1F600}=tf~');

const machine = new Machine();
/** A good entry follows, which must not be taken for a part of it. */
const scanned = (entry: Uint8Array, next: Uint8Array): RowEntry | undefined => {
  const bytes = formatBundle([entry, next]);
  machine.open(bytes);
  machine.scan(2);
  const [rows, extra] = [machine.rows(2), machine.extra()];
  if (rows[ROW + FLAGS] === 0) throw new Error('the entry after it was not read');
  const row = new RowEntry();
  row.open({ bytes, rows, extra });
  row.move(0, 7);
  return rows[FLAGS] === 0 ? undefined : row;
};
const FIELDS = ['index', 'id', 'stream', 'rev', 'type', 'occurredAt', 'recordedAt', 'isImported', 'command', 'causes', 'data', 'sealed'] as const; // prettier-ignore

describe('the reader of bytes', () => {
  it('takes nothing that the slower reader refuses, and reads nothing otherwise', () => {
    const { leaves } = exampleLog(10).log;
    const pick = seededRandom(8785);
    let [both, slower, none] = [0, 0, 0];
    for (let at = 0; at < TRIES; at += 1) {
      const entry = Buffer.from(leaves[pick(leaves.length)]!);
      const [place, byte] = [pick(entry.length), ODD[pick(ODD.length)]!];
      const how = pick(4);
      const spoilt =
        how === 0 ? entry : how === 1 ? Buffer.concat([entry.subarray(0, place), entry.subarray(place + 1)]) : Buffer.concat([entry.subarray(0, place), Buffer.from([byte]), entry.subarray(place + (how === 2 ? 0 : 1))]); // prettier-ignore
      const [row, read] = [scanned(spoilt, leaves[at % leaves.length]!), readEnvelope(7, spoilt)];
      const isRead = typeof read !== 'string' && !('foreign' in read);
      if (row && !isRead) throw new Error(`taken: ${spoilt.toString()}`);
      if (row && isRead)
        for (const field of FIELDS) if (JSON.stringify(row[field]) !== JSON.stringify(read[field])) throw new Error(`${field}: ${spoilt.toString()}`); // prettier-ignore
      if (row) both += 1;
      else if (isRead) slower += 1;
      else none += 1;
    }
    process.stdout.write(`${TRIES} entries: ${both} read alike by both, ${slower} left to the slower reader, ${none} refused by both, 0 taken wrongly\n`); // prettier-ignore
    expect(Math.min(both, none)).toBeGreaterThan(TRIES / 10);
  });
});
