// Compiles the server and the command line with one TypeScript project, and copies what tsc leaves behind.
// `--if-stale` skips the work when nothing is newer than the last build, so that `npm start` is quick the second time.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const stamp = 'dist/.built';
const quiet = process.argv.includes('--quiet');
const newest = (dir) =>
  readdirSync(dir, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .reduce((latest, entry) => Math.max(latest, statSync(join(entry.parentPath, entry.name)).mtimeMs), 0);

if (process.argv.includes('--if-stale') && existsSync(stamp)) {
  const latest = Math.max(newest('apps'), newest('libs'), statSync('package-lock.json').mtimeMs);
  if (latest < statSync(stamp).mtimeMs) process.exit(0);
}
if (!quiet) console.log('Building …');
execFileSync(process.execPath, ['node_modules/@nestjs/cli/bin/nest.js', 'build', 'server'], {
  stdio: quiet ? 'pipe' : 'inherit',
});
const isAsset = (path) => !path.endsWith('.ts') || statSync(path).isDirectory();
await import('./styles.mjs');
execFileSync(process.execPath, ['scripts/verifier.mjs'], { stdio: quiet ? 'pipe' : 'inherit' });
for (const part of ['apps', 'libs']) cpSync(part, join('dist', part), { recursive: true, filter: isAsset });
writeFileSync(stamp, new Date().toISOString());
