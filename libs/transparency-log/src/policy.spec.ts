import fc from 'fast-check';
import { concat, utf8 } from './bytes.js';
import { formatVerifierKey, KEY_TYPES, verifierKey } from './key.js';
import { nodeSha256 } from './node-sha256.js';
import { parsePolicy, policyWord } from './policy.js';
import { hasQuorum } from './quorum.js';
import { refusalOf } from './testing/refusal.js';

const vkey = (name: string, type: number, fill: number) =>
  formatVerifierKey(
    verifierKey(name, type as 1, new Uint8Array(type === KEY_TYPES.mlDsa44 ? 1312 : 32).fill(fill), nodeSha256),
  );
const parse = (text: string | Uint8Array) => parsePolicy(text, nodeSha256);
const log = `log ${vkey('log.example', 1, 1)}\n`;
const w = (n: number) => `witness w${n} ${vkey(`w${n}.example`, 4, 10 + n)}\n`;
const three = w(1) + w(2) + w(3);

describe('a policy', () => {
  it('says who signs, who witnesses and how many it takes', () => {
    const policy = parse(
      `# ours\n\n \t# too\n${log.trim()} https://log.example/\n${three}\tgroup  peers\t2 w1 w2   w3 \nquorum peers\n`,
    );
    expect(policy.logs.map(({ key, url }) => [key.name, url])).toEqual([['log.example', 'https://log.example/']]);
    expect(policy.witnesses.map(({ name, key, url }) => [name, key.name, url])).toEqual([
      ['w1', 'w1.example', undefined],
      ['w2', 'w2.example', undefined],
      ['w3', 'w3.example', undefined],
    ]);
    expect(policy.groups).toEqual([{ name: 'peers', threshold: 2, members: ['w1', 'w2', 'w3'] }]);
    expect(policy.quorum).toBe('peers');
  });

  it.each([
    ['no witnesses at all', 'quorum none\n'],
    ['a single witness', `${log}${w(1)}quorum w1\n`],
    ['a quorum before the rest', `quorum none\n${log}`],
    ['a member that is the quorum too', `${three}group g all w1 w2\nquorum w1\n`],
    ['groups of groups', `${three}group a any w1 w2\ngroup b all a w3\nquorum b\n`],
    ['ML-DSA-44 keys', `log ${vkey('l', 6, 1)}\nwitness a ${vkey('a', 6, 2)}\nquorum a\n`],
    ['one key for a log and for a witness', `log ${vkey('l', 1, 1)}\nwitness a ${vkey('a', 4, 1)}\nquorum a\n`],
    ['a name with a plus and a hash', `witness a+#b ${vkey('a', 4, 1)}\nquorum a+#b\n`],
    ['a number as a name', `witness 1 ${vkey('a', 4, 1)}\ngroup 2 1 1\nquorum 2\n`],
    ['33 witnesses', `${Array.from({ length: 33 }, (_, n) => w(n)).join('')}quorum w0\n`],
  ])('may have %s', (_, text) => expect(refusalOf(() => parse(text))).toBe('accepted'));

  it.each([
    ['nothing', ''],
    ['no quorum', log],
    ['two quorums', 'quorum none\nquorum none\n'],
    ['a quorum of nobody', 'quorum\n'],
    ['a quorum of two', `${three}quorum w1 w2\n`],
    ['an unknown quorum', 'quorum w1\n'],
    ['a quorum defined later', `quorum w1\n${w(1)}`],
    ['a member defined later', `group g any w1\n${w(1)}quorum g\n`],
    ['a group in itself', `${w(1)}group g any g w1\nquorum g\n`],
    ['a member twice in a group', `${w(1)}group g any w1 w1\nquorum g\n`],
    ['a member in two groups', `${three}group a any w1\ngroup b any w1\nquorum b\n`],
    ['an empty group', `${w(1)}group g all\nquorum g\n`],
    ['a threshold of none', `${three}group g 0 w1 w2\nquorum g\n`],
    ['a threshold of too many', `${three}group g 3 w1 w2\nquorum g\n`],
    ['a signed threshold', `${three}group g +1 w1 w2\nquorum g\n`],
    ['a threshold with a zero before', `${three}group g 01 w1 w2\nquorum g\n`],
    ['a threshold in words', `${three}group g two w1 w2\nquorum g\n`],
    ['the member none', `${three}group g any none\nquorum g\n`],
    ...['none', 'all', 'any', 'log', 'witness', 'group', 'quorum'].map((word): [string, string] => [
      `a witness named ${word}`,
      `witness ${word} ${vkey('a', 4, 1)}\nquorum none\n`,
    ]),
    ['a group named none', `${w(1)}group none any w1\nquorum none\n`],
    ['a name twice', `${w(1)}witness w1 ${vkey('a', 4, 1)}\nquorum w1\n`],
    ['a group named like a witness', `${w(1)}group w1 any w1\nquorum w1\n`],
    ['a log twice', `${log}${log}quorum none\n`],
    ["a log's key under two names", `${log}log ${vkey('other', 1, 1)}\nquorum none\n`],
    ["a witness's key under two names", `${w(1)}witness b ${vkey('b', 4, 11)}\nquorum none\n`],
    ['a plain key for a witness', `witness a ${vkey('a', 1, 1)}\nquorum a\n`],
    ['a cosigning key for a log', `log ${vkey('a', 4, 1)}\nquorum none\n`],
    ['a key with a wrong id', log.replace('log.example', 'lag.example') + 'quorum none\n'],
    ['a word too many', `${log.trim()} https://a b\nquorum none\n`],
    ['a witness without a key', 'witness a\nquorum none\n'],
    ['a line that means nothing', 'logs\nquorum none\n'],
    ['a keyword in capitals', 'QUORUM none\n'],
    ['a comment after a line', 'quorum none # ours\n'],
    [
      'more groups than anyone needs',
      `${w(1)}group g0 any w1\n${Array.from({ length: 256 }, (_, n) => `group g${n + 1} any g${n}\n`).join('')}quorum g0\n`,
    ],
    ['no final newline', 'quorum none'],
    ['Windows newlines', 'quorum none\r\n'],
    ['a form feed', '\fquorum none\n'],
    ['a zero byte', '#\0\nquorum none\n'],
    ['a delete character', '#\u007f\nquorum none\n'],
  ])('does not have %s', (_, text) => expect(refusalOf(() => parse(text))).not.toBe('accepted'));

  it('keeps names apart byte by byte, whatever they spell', () => {
    const named = (name: Uint8Array, n: number) => concat(utf8('witness '), name, utf8(` ${vkey(`k${n}`, 4, n)}\n`));
    const kelvin = utf8('\u212a');
    const bytes = Uint8Array.of(0xe9);
    const policy = parse(
      concat(
        utf8('# \u00a0\n'),
        named(kelvin, 1),
        named(utf8('K'), 2),
        named(bytes, 3),
        named(utf8('\u00e9'), 4),
        utf8('quorum K\n'),
      ),
    );
    expect(policy.witnesses.map(({ name }) => policyWord(name))).toEqual(['\u212a', 'K', '\u00e9', '\u00e9']);
    expect(new Set(policy.witnesses.map(({ name }) => name)).size).toBe(4);
    expect(hasQuorum(policy, new Set(['K']))).toBe(true);
    // A no-break space is a letter of a name here, not white space.
    expect(refusalOf(() => parse('quorum\u00a0none\n'))).toBe('bad-policy');
  });

  it('is refused or read, whatever the bytes', () =>
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.constantFrom(
              ...[log, w(1), w(2), 'group g any w1\n', 'quorum g\n', 'quorum none\n', '# é\n', ' ', '\n', 'x'],
            ),
            fc.string({ maxLength: 3 }),
          ),
        ),
        (parts) => {
          const code = refusalOf(() => parse(utf8(parts.join('').toWellFormed())));
          if (code === 'accepted') expect(parts.join('')).toContain('quorum ');
        },
      ),
      { numRuns: 3_000 },
    ));
});

describe('a quorum', () => {
  const policy = parse(
    `${three}${w(4)}${w(5)}group x 2 w1 w2 w3\ngroup y any w4 w5\ngroup both all x y\nquorum both\n`,
  );
  it.each([
    [['w1', 'w2', 'w4'], true],
    [['w1', 'w3', 'w5'], true],
    [['w1', 'w2', 'w3'], false],
    [['w1', 'w4', 'w5'], false],
    [['x', 'y', 'both'], false],
    [[], false],
  ])('of %j is %s', (names, expected) => expect(hasQuorum(policy, new Set(names))).toBe(expected));
  it('is always there when none is asked for', () => expect(hasQuorum(parse('quorum none\n'), new Set())).toBe(true));
});
