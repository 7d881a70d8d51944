import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Every source file that runs for users: no tests, no test harness, no measurements. */
export const sourceFiles = (): string[] =>
  ['apps', 'libs'].flatMap((root) =>
    readdirSync(root, { recursive: true, encoding: 'utf8' })
      .map((path) => join(root, path))
      .filter((path) => path.endsWith('.ts') && !/\.spec\.ts$|\/testing\/|\/bench\//.test(path)),
  );
