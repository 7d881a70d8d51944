import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { everyEvent } from '#engine/every-event';
import { pledgeCoverage } from '#evidence/coverage';
import { everyMeasure } from '#evidence/every-measure';
import { PLEDGE_ROWS } from '#evidence/pledge-rows';

const path = join(import.meta.dirname, '../../docs/reference/pledge-coverage.md');

describe('docs/reference/pledge-coverage.md', () => {
  it('says what the code does (npm run docs:coverage writes it)', () => {
    if (process.env['WRITE_DOCS']) writeFileSync(path, pledgeCoverage());
    expect(readFileSync(path, 'utf8')).toBe(pledgeCoverage());
  });

  it('names only events that can be recorded, and lines that are in the pledge', () => {
    const names = new Set(everyEvent.flatMap((map) => Object.keys(map)));
    expect(everyMeasure.flatMap(({ from }) => from).filter((each) => !names.has(each))).toEqual([]);
    const rows = everyMeasure.flatMap((each) => each.rows).filter((row) => row !== '*');
    expect(rows.filter((row) => !Object.hasOwn(PLEDGE_ROWS, row))).toEqual([]);
    expect(new Set(everyMeasure.map(({ code }) => code)).size).toBe(everyMeasure.length);
  });
});
