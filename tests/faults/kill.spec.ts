import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Ack, inspect, start, whole } from './processes.js';

/** `npm run faults:kill` does a thousand; every run of the tests does a few. */
const CYCLES = Number(process.env['FAULT_CYCLES'] ?? 30);

it(
  `keeps every acknowledged command through ${CYCLES} kills at any moment, and its words`,
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kill-'));
    const acks: Ack[] = [];
    let events = 0;
    for (let cycle = 1; cycle <= CYCLES; cycle++) {
      const writer = start('writer.ts', [folder, '64']);
      await writer.firstAck;
      setTimeout(() => writer.process.kill('SIGKILL'), Math.random() * 30);
      expect(await writer.ended).toMatchObject({ signal: 'SIGKILL', errors: '' });
      acks.push(...writer.acks);
      if (cycle % Math.ceil(CYCLES / 10) === 0 || cycle === CYCLES) {
        const found = await inspect(folder, acks);
        expect(found).toMatchObject(whole);
        ({ events } = found);
      }
    }
    expect(acks.length).toBeGreaterThan(CYCLES);
    console.log(JSON.stringify({ figure: 'faults.kill', cycles: CYCLES, acknowledged: acks.length, lost: 0, events }));
    rmSync(folder, { recursive: true });
  },
  CYCLES * 5_000,
);
