import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { sourceFiles } from './source-files.js';

/** What a secret looks like. Keys made for tests say so in their name or stand in a spec. */
const SECRETS: Readonly<Record<string, RegExp>> = {
  'a private key': /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  'a signed note key': /PRIVATE\+KEY\+[\w.-]+\+[0-9a-f]{8}\+[A-Za-z0-9+/=]{40,}/,
  'a token of ours': /\btl_[A-Za-z0-9_-]{43}\b/,
  'a cloud key': /\b(AKIA|ASIA)[0-9A-Z]{16}\b/,
  'a web token': /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/,
  // Documentation writes PASSWORD or `pass` where one belongs.
  'a password in an address': /\b[a-z]+:\/\/[^\s/:@'"`$<{]+:(?!PASSWORD@|pass(word)?@)[^\s/:@'"`$<{]{4,}@[a-z0-9]/,
  'a token of a code host or registry': /\b(ghp|gho|npm|xox[bp])_?[A-Za-z0-9-]{30,}\b/,
};

const secretsIn = (text: string): string[] =>
  Object.entries(SECRETS)
    .filter(([, pattern]) => pattern.test(text))
    .map(([name]) => name);

const COMMITTED_BUT_MADE_FOR_TESTS = /\.spec\.ts$|\/testing\/|^tests\/|^package-lock\.json$/;

describe('what is committed', () => {
  it('a planted secret of each kind is found', () => {
    const planted = [
      `-----BEGIN PRIVATE KEY-----`,
      `PRIVATE+KEY+example.org+${'0'.repeat(8)}+${'A'.repeat(44)}`,
      `tl_${'a'.repeat(43)}`,
      `AKIA${'A'.repeat(16)}`,
      `eyJ${'a'.repeat(12)}.eyJ${'b'.repeat(12)}.${'c'.repeat(12)}`,
      `postgres://me:hunter22@db.example`,
      `ghp_${'a'.repeat(36)}`,
    ];
    expect(planted.flatMap(secretsIn)).toEqual(Object.keys(SECRETS));
  });

  it('holds no secret', () => {
    const files = execFileSync('git', ['ls-files'], { encoding: 'utf8' }).trim().split('\n');
    const found = files
      .filter((path) => !COMMITTED_BUT_MADE_FOR_TESTS.test(path) && !/\.(png|svg)$/.test(path))
      .flatMap((path) => secretsIn(readFileSync(path, 'utf8')).map((name) => `${path}: ${name}`));
    console.log(JSON.stringify({ figure: 'security.secrets', files: files.length, found: found.length }));
    expect(files.length).toBeGreaterThan(500);
    expect(found).toEqual([]);
  });

  it.each<[string, RegExp, string[]]>([
    ['a cipher without authentication or with a derived IV', /\bcreate(Cipher|Decipher)\(/, []],
    [
      'a broken digest',
      /createHash\(\s*['"](md5|sha1)['"]|hash\(\s*['"](md5|sha1)['"]/i,
      ['libs/event-store/src/ids.ts'],
    ], // UUIDv5 is SHA-1 by definition (RFC 9562 §5.5) and guards nothing.
    // How long to wait before trying again: nothing is hidden behind it.
    [
      'chance that can be guessed',
      /Math\.random\(/,
      ['libs/event-store/src/eventstoredb/waiting.ts', 'libs/event-store/src/recorder.ts'],
    ],
    ['code made from text', /\beval\(|new Function\(|vm\.runIn/, []],
    ['a connection whose certificate is not checked', /rejectUnauthorized|TLS_REJECT|allowInsecure(?!Requests)/, []],
    ['a shell', /\bexecSync\(|\bspawnSync\(\s*['"](sh|bash)|shell:\s*true/, []],
  ])('uses %s nowhere but where it is harmless', (_, pattern, harmless) => {
    const found = sourceFiles().filter((path) => pattern.test(readFileSync(path, 'utf8')));
    expect(found.sort()).toEqual(harmless);
  });

  /** Names of tables and columns and conditions put together from literals; constants; lists of question marks; one of two literals. */
  const OWN_NAMES = [
    /^(table|index|way|where|order|values|exists|set|sql|name|names|column|columns|scope)(\.join\('[^']*'\)|\.join\(\))?$/,
    /^where\.length > 0 \? /,
    /^[A-Z][A-Z_]*(\[\w+\])?$/,
    /^[\w.]+\.map\(\(\) => '\?'\)\.join\(('[^']*')?\)$/,
    /^\w+ \? '[^']*' : '[^']*'$/,
  ];

  it('puts nothing into SQL but names of its own', () => {
    const put = sourceFiles().flatMap((path) =>
      [...readFileSync(path, 'utf8').matchAll(/`[^`]*?\b(?:SELECT|INSERT INTO|UPDATE|DELETE FROM)\b[^`]*`/g)].flatMap(
        ([sql]) => [...sql.matchAll(/\$\{([^}]*)\}/g)].map(([, what = '']) => `${path}: ${what}`),
      ),
    );
    expect(put.length).toBeGreaterThan(20);
    const own = (each: string): boolean =>
      OWN_NAMES.some((pattern) => pattern.test(each.slice(each.indexOf(': ') + 2)));
    expect([own('x.ts: request.query.sort'), own('x.ts: given'), own('x.ts: PAGE')]).toEqual([false, false, true]);
    expect(put.filter((each) => !own(each))).toEqual([]);
  });
});
