import { writeSync } from 'node:fs';
import { ErasureLedger } from '#vault/erasure-ledger';

/** Writes one long line into a list of erasures, and says whether it is there for good: `erasures-writer.ts <folder>`. */
const [folder = ''] = process.argv.slice(2);
const kids = Array.from({ length: 1_000 }, (_, n) => `key-${n}`);
try {
  new ErasureLedger(folder).append({
    v: 1, id: 'e', person: 'p', kind: 'participant', authority: 'essex', targets: [], views: [], kids, streams: [],
    basis: 'objection', authorisedBy: 'data-protection-officer', on: '2027-01-01', at: '2027-01-01T00:00:00.000Z',
  }); // prettier-ignore
  writeSync(1, 'durable\n');
} catch (error) {
  writeSync(1, `${(error as { code?: string }).code ?? String(error)}\n`);
}
