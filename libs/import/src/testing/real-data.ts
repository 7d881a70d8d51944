import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = process.env['THROUGHLINE_DATA'] ?? '../shared/data';

export const dataPath = (...parts: readonly string[]): string => join(root, ...parts);

/** Tests on data that is not in this repository: they run where it is, and say aloud when it is not. */
export const describeWithData = (folder: string, name: string, tests: () => void): void => {
  if (existsSync(join(root, folder))) return void describe(name, tests);
  const skipped = `${name}: SKIPPED, because ${folder} is not in ${root} (THROUGHLINE_DATA)`;
  // The test runner does not name what it skips when that is a whole file.
  process.stderr.write(`\n${skipped}\n`);
  describe.skip(skipped, tests);
};

export const shippedMapping = (name: string): unknown =>
  JSON.parse(readFileSync(`libs/import/mappings/${name}.json`, 'utf8')) as unknown;
