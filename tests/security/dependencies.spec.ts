import { readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

interface Entry {
  readonly version: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly hasInstallScript?: boolean;
}
const json = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));
const lock = json('package-lock.json') as { packages: Record<string, Entry> };
const entries = Object.entries(lock.packages).filter(([path]) => path !== '');
const floors = json('security/version-floors.json') as Record<string, { atLeast: string; because: string }>;

const LICENCES = [
  'MIT', 'ISC', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'BlueOak-1.0.0', 'MIT-0', 'Unlicense', 'CC0-1.0',
  'Python-2.0', '(BSD-3-Clause AND Apache-2.0)', '(MIT OR CC0-1.0)', '(MIT AND BSD-3-Clause)', '(BSD-2-Clause OR MIT OR Apache-2.0)',
]; // prettier-ignore

const isBelow = (version: string, floor: string): boolean => {
  const [have, want] = [version, floor].map((each) => each.split('-')[0]!.split('.').map(Number));
  const at = want!.findIndex((part, index) => part !== have![index]);
  return at >= 0 && (have![at] ?? 0) < want![at]!;
};

describe('what is installed', () => {
  it('a version is compared by its numbers', () =>
    expect([isBelow('5.9.0', '5.12.2'), isBelow('5.12.2', '5.12.2'), isBelow('6.0.0', '5.12.2')]).toEqual([
      true,
      false,
      false,
    ]));

  it('is nowhere below a version known to be bad', () => {
    const below = Object.entries(floors).flatMap(([name, { atLeast, because }]) =>
      entries
        .filter(([path, { version }]) => path.endsWith(`node_modules/${name}`) && isBelow(version, atLeast))
        .map(([path, { version }]) => `${path}@${version}: ${because}`),
    );
    expect(Object.keys(floors).filter((name) => !lock.packages[`node_modules/${name}`])).toEqual([]);
    expect(below).toEqual([]);
  });

  it('is the very bytes that were chosen: every package has a digest, and none comes from elsewhere', () => {
    expect(entries.length).toBeGreaterThan(300);
    expect(entries.filter(([, { integrity }]) => !integrity?.startsWith('sha512-')).map(([path]) => path)).toEqual([]);
    const elsewhere = entries.filter(
      ([, { resolved }]) => resolved !== undefined && !resolved.startsWith('https://registry.npmjs.org/'),
    );
    expect(elsewhere.map(([path]) => path)).toEqual([]);
  });

  it('runs no script of its own when installed', () => {
    const readme = readFileSync('README.md', 'utf8');
    const ci = readFileSync('.ci/run', 'utf8');
    expect(ci).toContain('npm ci --ignore-scripts');
    expect(readme).toContain('npm ci');
    // Each of these works without its script; a new one must be looked at first.
    expect(
      entries
        .filter(([, entry]) => entry.hasInstallScript)
        .map(([path]) => path.replace(/^.*node_modules\//, ''))
        .sort(),
    ).toEqual(['@parcel/watcher', '@scarf/scarf', '@swc/core', 'protobufjs']);
  });

  it('stays few, and under licences that councils can live with', () => {
    const shipped = entries.filter(([, { dev }]) => !dev);
    console.log(JSON.stringify({ figure: 'security.packages', shipped: shipped.length, most: 250 }));
    expect(shipped.length).toBeLessThanOrEqual(250);
    expect(
      shipped
        .filter(([, { license, optional }]) => !optional && !LICENCES.includes(license ?? ''))
        .map(([path, { license }]) => `${path}: ${license}`),
    ).toEqual([]);
  });

  it('holds an SQLite that is new enough', () => {
    const db = new DatabaseSync(':memory:');
    const { version } = db.prepare('SELECT sqlite_version() AS version').get() as { version: string };
    db.close();
    expect(isBelow(version, '3.51.3')).toBe(false);
  });
});
