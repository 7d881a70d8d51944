import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventsReference } from '#engine/events-reference';

const path = join(import.meta.dirname, '../../docs/reference/events.md');

it('docs/reference/events.md says what the code does (npm run docs:events writes it)', () => {
  if (process.env['WRITE_DOCS']) writeFileSync(path, eventsReference());
  expect(readFileSync(path, 'utf8')).toBe(eventsReference());
});
