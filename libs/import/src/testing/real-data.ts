import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = process.env['THROUGHLINE_DATA'] ?? '../shared/data';

export const dataPath = (...parts: readonly string[]): string => join(root, ...parts);

/** Tests on data that is not in this repository: they run where it is, and say in their name when it is not. */
export const describeWithData = (folder: string, name: string, tests: () => void): void => {
  if (existsSync(join(root, folder))) describe(name, tests);
  else describe.skip(`${name} — SKIPPED: ${folder} is not in THROUGHLINE_DATA (${root})`, tests);
};

export const shippedMapping = (name: string): unknown =>
  JSON.parse(readFileSync(`libs/import/mappings/${name}.json`, 'utf8')) as unknown;
