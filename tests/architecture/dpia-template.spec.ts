import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dpiaTemplate } from '#engine/dpia-template';
import { Engine } from '#engine/engine';
import { everyStore } from '#erasure/every-store';

const path = join(import.meta.dirname, '../../docs/reference/dpia-template.md');

it('docs/reference/dpia-template.md names every sealed field and every store (npm run docs:dpia writes it)', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'dpia-'));
  const engine = Engine.open({ dataDir: join(folder, 'data') });
  const made = dpiaTemplate(everyStore(engine));
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
  if (process.env['WRITE_DOCS']) writeFileSync(path, made);
  expect(made).toContain('| ContributionReceived | `words` |');
  expect(made.match(/sealed/g)?.length).toBeGreaterThan(80);
  expect(readFileSync(path, 'utf8')).toBe(made);
});
