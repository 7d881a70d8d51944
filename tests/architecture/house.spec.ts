import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';

/** The dependency rules of the house, read from the imports themselves. See docs/adr/0001-the-house.md. */
const root = join(import.meta.dirname, '../..');

interface Source {
  readonly path: string;
  readonly lib: string | undefined;
  readonly lines: number;
  readonly imports: readonly { readonly from: string; readonly typesOnly: boolean }[];
}

const filesIn = (dir: string): string[] =>
  readdirSync(join(root, dir), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));

const read = (path: string): Source => {
  const text = readFileSync(join(root, path), 'utf8');
  const imports = [...text.matchAll(/^(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?'([^']+)';/gm)].map(
    ([whole, type, from]) => ({
      from: from ?? '',
      typesOnly: type !== undefined || /^import \{(\s*type [^,}]+,?)+\s*\}/.test(whole),
    }),
  );
  return { path, lib: /^libs\/([^/]+)\//.exec(path)?.[1], lines: text.split('\n').length - 1, imports };
};

const all = [...filesIn('libs'), ...filesIn('apps')].map(read);
const product = all.filter(({ path }) => !/\.spec\.ts$|\/testing\//.test(path));
const breaches = (
  sources: readonly Source[],
  isBreach: (from: string, typesOnly: boolean, source: Source) => boolean,
): string[] =>
  sources.flatMap((source) =>
    source.imports
      .filter(({ from, typesOnly }) => isBreach(from, typesOnly, source))
      .map(({ from }) => `${source.path} imports ${from}`),
  );

const FLOOR = ['kernel', 'event-store', 'projections', 'vault', 'identity', 'engine', 'ledger'];
/** What a browser runs as well as the server: the verifier, and all of the transparency log but Node's own SHA-256. */
const isForBrowsers = ({ path, lib }: Source): boolean =>
  lib === 'verifier' || (lib === 'transparency-log' && basename(path) !== 'node-sha256.ts');
/** What the verifier takes from other libs: pure files, and none that needs Node. */
const isFitForVerifier = (from: string): boolean =>
  from === '#event-store/canonical-json' || /^#transparency-log\/(?!node-sha256)/.test(from);
/** Pure by name: what decides, what is stored, what projects, what a page shows. */
const isPure = (source: Source): boolean => isForBrowsers(source) || isPureByName(source);
const isPureByName = ({ path, lib }: Source): boolean =>
  lib === 'kernel' ||
  /\.(events|projection|view)\.ts$/.test(path) ||
  (lib !== undefined && !FLOOR.includes(lib) && basename(path, '.ts') === lib.replace(/ies$/, 'y').replace(/s$/, ''));

describe('the house', () => {
  it('has sources to judge', () => expect(product.length).toBeGreaterThan(50));

  it('kernel imports nothing but itself', () =>
    expect(
      breaches(
        product.filter(({ lib }) => lib === 'kernel'),
        (from) => !from.startsWith('./') && !from.startsWith('#kernel/'),
      ),
    ).toEqual([]));

  it('what decides, is stored, projects or is shown knows no framework, no node, no driver', () =>
    expect(
      breaches(
        product.filter(isPure),
        (from, typesOnly) => !typesOnly && /^(node:|@nestjs|@eventstore|rxjs|fastify|nunjucks)/.test(from),
      ),
    ).toEqual([]));

  it('pure files read no clock, no chance and no environment', () =>
    expect(
      product
        .filter(isPure)
        .flatMap(({ path }) =>
          /\bDate\.now\(|new Date\(\)|Math\.random\(|process\.env/.test(readFileSync(join(root, path), 'utf8'))
            ? [path]
            : [],
        ),
    ).toEqual([]));

  it('what a browser runs knows nothing but itself', () => {
    const forBrowsers = product.filter(isForBrowsers);
    expect(forBrowsers.length).toBeGreaterThan(5);
    const isAllowed = (from: string, lib: string | undefined): boolean =>
      from.startsWith('./') || (lib === 'verifier' && isFitForVerifier(from));
    expect(breaches(forBrowsers, (from, _, { lib }) => !isAllowed(from, lib))).toEqual([]);
    expect(
      forBrowsers.flatMap(({ path }) =>
        /\bBuffer\b|\bprocess\.|\brequire\(/.test(readFileSync(join(root, path), 'utf8')) ? [path] : [],
      ),
    ).toEqual([]);
  });

  it('only the adapters know their drivers', () =>
    expect(
      breaches(
        product,
        (from, typesOnly, { path }) =>
          (from.startsWith('@eventstore/') && !path.startsWith('libs/event-store/src/eventstoredb/')) ||
          (from === 'node:sqlite' &&
            !typesOnly &&
            !/^libs\/(event-store\/src\/sqlite|projections\/src|import\/src)\//.test(path)),
      ),
    ).toEqual([]));

  // A benchmark fills a log that nobody reads; everything that people read was decided first.
  it('only the recorder appends', () =>
    expect(
      product
        .filter(({ path }) => !path.startsWith('apps/cli/src/bench/'))
        .flatMap(({ path }) => (/\bstore\.append\(/.test(readFileSync(join(root, path), 'utf8')) ? [path] : [])),
    ).toEqual(['libs/event-store/src/recorder.ts']));

  it('libs never import apps', () =>
    expect(
      breaches(
        product.filter(({ lib }) => lib),
        (from) => from.includes('apps/'),
      ),
    ).toEqual([]));

  it('files inside a lib are reached by relative paths only from that lib', () =>
    expect(
      breaches(
        product.filter(({ lib }) => lib),
        (from) => from.startsWith('../../'),
      ),
    ).toEqual([]));

  // The description of the API knows a body by the name of its class: of two with one name it would show the wrong one.
  it('has no two bodies of one name', () => {
    const names = product.flatMap(({ path }) =>
      [...readFileSync(join(root, path), 'utf8').matchAll(/^(?:export )?class (\w+Body)\b/gm)].map(([, name]) => name),
    );
    expect(names.length).toBeGreaterThan(30);
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  });

  it('has no drawers', () =>
    expect(
      all.flatMap(({ path }) => (/\/(utils?|helpers?|common|misc|shared)(\/|\.ts)/.test(path) ? [path] : [])),
    ).toEqual([]));

  it('has no file above 250 lines', () =>
    expect(all.flatMap(({ path, lines }) => (lines > 250 ? [`${path}: ${lines}`] : []))).toEqual([]));

  it('has no cycles between libs, types apart', () => {
    const edges = new Map<string, Set<string>>();
    for (const { lib, imports } of product)
      for (const { from, typesOnly } of imports) {
        const to = /^#([a-z-]+)\//.exec(from)?.[1];
        if (lib && to && to !== lib && !typesOnly) edges.set(lib, (edges.get(lib) ?? new Set()).add(to));
      }
    const cycles: string[] = [];
    const walk = (at: string, trail: readonly string[]): void => {
      if (trail.includes(at)) return void cycles.push([...trail.slice(trail.indexOf(at)), at].join(' → '));
      for (const to of edges.get(at) ?? []) walk(to, [...trail, at]);
    };
    for (const lib of edges.keys()) walk(lib, []);
    expect([...new Set(cycles)]).toEqual([]);
  });
});
