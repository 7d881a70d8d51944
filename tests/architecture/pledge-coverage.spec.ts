import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { everyEvent } from '#engine/every-event';
import { pledgeCoverage } from '#evidence/coverage';
import { everyMeasure } from '#evidence/every-measure';
import { ASKED_FOR } from '#evidence/pledge-map';
import { PLEDGE_ROWS } from '#evidence/pledge-rows';
import { ELSEWHERE, pageOf } from '#evidence/recorded-elsewhere';
import { elsewhereFor, kindsFor } from '#evidence/recorded-for';

const root = join(import.meta.dirname, '../..');
const path = join(root, 'docs/reference/pledge-coverage.md');

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

  it('names a page for everything that the mission asks for, in all 34 lines, and for all that is counted', () => {
    const lines = Object.keys(PLEDGE_ROWS).filter((code) => !code.startsWith('O'));
    expect(Object.keys(ASKED_FOR).toSorted()).toEqual(lines.toSorted());
    expect(lines).toHaveLength(34);
    const asked = new Set([...Object.values(ASKED_FOR).flat(), ...everyMeasure.flatMap(({ from }) => from)]);
    const names = new Set(everyEvent.flatMap((map) => Object.keys(map)));
    expect([...asked].filter((event) => !names.has(event))).toEqual([]);
    expect([...asked].filter((event) => pageOf(event) === undefined)).toEqual([]);
    for (const line of Object.keys(PLEDGE_ROWS))
      expect([line, kindsFor(line).length + elsewhereFor(line).length > 0]).toEqual([line, true]);
  });

  it('names only pages that there are', () => {
    const pages = readdirSync(join(root, 'apps/server/src/pages'), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.pages.ts'))
      .map((file) => readFileSync(join(root, 'apps/server/src/pages', file), 'utf8'));
    const routes = new Set(
      pages.flatMap((text) => {
        const [, at = ''] = /@Controller\('?([^')]*)'?\)/.exec(text) ?? [];
        return [...text.matchAll(/@(?:Get|Post)\('?([^')]*)'?\)/g)].map(([, to = '']) => `/${[at, to].filter(Boolean).join('/')}`);
      }),
    );
    // Steps of promises are served for both kinds by one controller, which names them in a list.
    routes.add('/service-changes/:id/:step');
    expect(ELSEWHERE.map(({ page }) => page).filter((page) => !routes.has(page))).toEqual([]);
    expect([routes.has('/record/:kind'), routes.has('/record/:kind/:id/:step')]).toEqual([true, true]);
  }); // prettier-ignore
});
