import { existsSync, readFileSync } from 'node:fs';
import { sourceFiles } from './source-files.js';

const page = readFileSync('docs/reference/cryptography.md', 'utf8');
const USES = /from 'node:crypto'|\.subtle\b|\bwebcrypto\b/;
/** Its own SHA-256, for pages. */
const OWN = ['libs/transparency-log/src/pure-sha256.ts'];

/** As a source names an algorithm, and as the page does. */
const NAMES: Readonly<Record<string, string>> = {
  'aes-256-gcm': 'AES-256-GCM', 'AES-GCM': 'AES-GCM', sha256: 'SHA-256', 'SHA-256': 'SHA-256', sha512: 'SHA-512', sha1: 'SHA-1', Ed25519: 'Ed25519', 'ML-DSA-44': 'ML-DSA-44',
}; // prettier-ignore
const ALGORITHM = /(?:create(?:Hash|Hmac|Cipheriv|Decipheriv)|\bhash|hkdfSync)\(\s*'([^']+)'|name: '([A-Z][\w-]+)'|importKey\('raw', [^,]+, '([^']+)'|algorithm: '([^']+)' \| '([^']+)'/g; // prettier-ignore

const algorithmsIn = (text: string): string[] =>
  [...text.matchAll(ALGORITHM)].flatMap((found) => found.slice(1).filter((name) => name !== undefined));
const notOn = (text: string, names: readonly string[]): string[] => names.filter((name) => !text.includes(name));

describe('the page about cryptography', () => {
  const sources = sourceFiles().map((path) => ({ path, text: readFileSync(path, 'utf8') }));
  const using = sources.filter(({ text }) => USES.test(text));

  it('names every source that uses any, and none that does not', () => {
    const files = [...using.map(({ path }) => path), ...OWN];
    expect(files.length).toBeGreaterThan(30);
    expect(notOn('', files)).toEqual(files);
    expect(notOn(page, files)).toEqual([]);
    const named = [...page.matchAll(/`((?:libs|apps)\/[^`]+\.ts)`/g)].map(([, path = '']) => path);
    expect(named.filter((path) => !existsSync(path) || !files.includes(path))).toEqual([]);
    console.log(JSON.stringify({ figure: 'security.cryptography', sources: files.length, named: new Set(named).size }));
  });

  it('names every algorithm, and every purpose that a key is derived for', () => {
    const algorithms = [...new Set(using.flatMap(({ text }) => algorithmsIn(text)))].sort();
    expect(algorithmsIn("createCipheriv('des-ede3', k)")).toEqual(['des-ede3']);
    expect(algorithms.filter((name) => !(name in NAMES))).toEqual([]);
    expect(
      notOn(
        page,
        algorithms.map((name) => NAMES[name] ?? name),
      ),
    ).toEqual([]);
    const purposes = sources.flatMap(({ text }) => [...text.matchAll(/\.derive\('([^']+)'\)/g)].map(([, name = '']) => name)); // prettier-ignore
    console.log(JSON.stringify({ figure: 'security.cryptography-names', algorithms, purposes: purposes.length }));
    expect(algorithms.length).toBeGreaterThan(5);
    expect(purposes.length).toBeGreaterThan(10);
    expect(
      notOn(
        page,
        purposes.map((purpose) => `\`${purpose}\``),
      ),
    ).toEqual([]);
  });
});
