import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = process.env['THROUGHLINE_VECTORS'] ?? '../shared/vectors';

/** Public vectors of other implementations, read where they lie: they run where they are, and say aloud when not. */
export const describeWithVectors = <T>(file: string, name: string, tests: (vectors: T) => void): void => {
  const path = join(root, file);
  if (existsSync(path)) {
    const vectors = JSON.parse(readFileSync(path, 'utf8')) as T;
    return void describe(name, () => tests(vectors));
  }
  const skipped = `${name}: SKIPPED, because ${file} is not in ${root} (THROUGHLINE_VECTORS)`;
  // The test runner does not name what it skips when that is a whole file.
  process.stderr.write(`\n${skipped}\n`);
  describe.skip(skipped, () => it('needs the vectors', () => undefined));
};
