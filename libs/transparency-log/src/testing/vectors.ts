import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = process.env['THROUGHLINE_VECTORS'] ?? '../shared/vectors';

/** Public vectors of other implementations, read where they lie: they run where they are, and say aloud when not. */
export const describeAtVectors = (place: string, name: string, tests: (at: string) => void): void => {
  const path = join(root, place);
  if (existsSync(path)) return void describe(name, () => tests(path));
  const skipped = `${name}: SKIPPED, because ${place} is not in ${root} (THROUGHLINE_VECTORS)`;
  // The test runner does not name what it skips when that is a whole file.
  process.stderr.write(`\n${skipped}\n`);
  describe.skip(skipped, () => it('needs the vectors', () => undefined));
};

/** One file of them, which is JSON. */
export const describeWithVectors = <T>(file: string, name: string, tests: (vectors: T) => void): void =>
  describeAtVectors(file, name, (at) => tests(JSON.parse(readFileSync(at, 'utf8')) as T));
