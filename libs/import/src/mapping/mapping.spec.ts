import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { MappingError, type MappingIssue } from './part.js';
import { parseMapping, readMapping } from './read-mapping.js';
import { parseTemplate } from './template.js';

const contribution = {
  concept: 'contribution',
  id: '{nr}',
  occurredAt: 'date',
  fields: {
    words: 'text',
    channel: { constant: 'survey' },
    capacity: { constant: 'other' },
    voice: { constant: 'own' },
    attribution: { constant: 'group' },
  },
};
const good = { source: 'survey', public: true, files: [{ yields: [contribution] }] };
type Json = Record<string, unknown>;
const withYield = (more: Json, base: Json = contribution): Json => ({
  ...good,
  files: [{ yields: [{ ...base, ...more }] }],
});
const withField = (name: string, value: unknown): Json =>
  withYield({ fields: { ...contribution.fields, [name]: value } });
const withFile = (more: Json): Json => ({ ...good, files: [{ yields: [contribution], ...more }] });

const issuesOf = (json: unknown): readonly MappingIssue[] => {
  try {
    readMapping(json);
  } catch (error) {
    if (error instanceof MappingError) return error.issues;
    throw error;
  }
  return [];
};

describe('a mapping', () => {
  it('that is right has no issues', () => {
    expect(issuesOf(good)).toEqual([]);
  });

  it.each<[string, unknown, string, RegExp]>([
    ['is not an object', [], '', /must be an object/],
    ['has a mistyped key', { ...good, sorce: 'x' }, '/sorce', /Did you mean “source”/],
    ['lacks what it must say', { files: [] }, '', /“public” is missing/],
    ['has a source that is no code', { ...good, source: 'My Survey' }, '/source', /small letters/],
    ['has an unknown zone', { ...good, dates: { zone: 'London' } }, '/dates/zone', /Europe\/London/],
    ['has an unknown date format', { ...good, dates: { formats: ['DD.QQ.YYYY'] } }, '/dates/formats', /“Q”.*not known/],
    ['has an unknown language', { ...good, language: 'english!' }, '/language', /not a language/],
    ['has a bad zone offset', { ...good, dates: { zones: { WIB: '7' } } }, '/dates/zones/WIB', /\+07:00/],
    [
      'has an unknown concept',
      withYield({ concept: 'descision' }),
      '/files/0/yields/0/concept',
      /Did you mean “decision”/,
    ],
    ['has an unknown field', withField('word', 'text'), '/files/0/yields/0/fields/word', /Did you mean “words”/],
    [
      'lacks a required field',
      withYield({ fields: { words: 'text' } }),
      '/files/0/yields/0/fields',
      /“channel”.*Codes: meeting/,
    ],
    ['has an id that is the same for all', withYield({ id: 'nr' }), '/files/0/yields/0/id', /"\{nr\}"/],
    ['has braces in a column', withField('words', '{text}'), '/files/0/yields/0/fields/words', /"template"/],
    [
      'has a code that is not ours',
      withField('channel', { constant: 'fax' }),
      '/files/0/yields/0/fields/channel/constant',
      /“phone”/,
    ],
    [
      'maps to a code that is not ours',
      withField('channel', { from: 'c', map: { x: 'Online' } }),
      '/files/0/yields/0/fields/channel/map/x',
      /Did you mean “online”/,
    ],
    [
      'has two origins',
      withField('words', { from: 'a', constant: 'b' }),
      '/files/0/yields/0/fields/words',
      /exactly one of/,
    ],
    [
      'has date keys on a text',
      withField('words', { from: 'a', formats: ['ISO'] }),
      '/files/0/yields/0/fields/words/formats',
      /only for dates/,
    ],
    [
      'has a pattern with look-ahead',
      withField('words', { from: 'a', pattern: '(?=x)' }),
      '/files/0/yields/0/fields/words/pattern',
      /linear time/,
    ],
    [
      'has an unknown cleaning step',
      withField('words', { from: 'a', clean: ['stripHtml'] }),
      '/files/0/yields/0/fields/words/clean/0',
      /html-to-text/,
    ],
    ['names something unknown after @', withField('words', '@itm.text'), '/files/0/yields/0/fields/words', /@itm/],
    [
      'uses @item without each',
      withField('words', '@item.text'),
      '/files/0/yields/0/fields/words',
      /Known: @row, @file/,
    ],
    [
      'has an unknown test',
      withYield({ when: { from: 'a', equals: 'x' } }),
      '/files/0/yields/0/when/equals',
      /not known here/,
    ],
    ['has an empty test', withYield({ when: { from: 'a' } }), '/files/0/yields/0/when', /exactly one of/],
    [
      'has a link to the wrong concept',
      withYield({ links: [{ as: 'adds-to', to: { concept: 'decision', id: '{x}' } }] }),
      '/files/0/yields/0/links/0/to/concept',
      /“contribution”/,
    ],
    [
      'has a link that its concept cannot have',
      withYield({ links: [{ as: 'answers', to: { concept: 'contribution', id: '{x}' } }] }),
      '/files/0/yields/0/links/0/as',
      /adds-to/,
    ],
    [
      'has progress about nothing',
      withYield({ fields: {} }, { concept: 'progress', id: '{n}', occurredAt: 'd' }),
      '/files/0/yields/0',
      /needs a link “about”/,
    ],
    ['has an unknown encoding', withFile({ encoding: 'latin1' }), '/files/0/encoding', /iso-8859-1/],
    ['has a delimiter of two characters', withFile({ delimiter: '||' }), '/files/0/delimiter', /one character/],
    [
      'has two files without names',
      { ...good, files: [{ yields: [] }, { yields: [] }] },
      '/files/1',
      /each needs its name/,
    ],
    [
      'joins a file it does not have',
      withFile({ file: 'a.csv', joins: { b: { file: 'b.csv', key: 'k', on: 'k' } } }),
      '/files/0/joins/b/file',
      /“a.csv”/,
    ],
    ['gives a reserved name', withFile({ let: { item: 'x' } }), '/files/0/let/item', /taken/],
    [
      'ignores without a reason',
      withFile({ ignore: [{ when: { from: 'a', is: 'x' } }] }),
      '/files/0/ignore/0',
      /“because” is missing/,
    ],
  ])('that %s is refused, and told where and why', (_, json, pointer, reason) => {
    expect(issuesOf(json)).toContainEqual({ pointer, reason: expect.stringMatching(reason) });
  });

  it('tells everything that is wrong at once', () => {
    expect(issuesOf({ source: '', public: 'yes', files: [{ yield: [] }], x: 1 }).map(({ pointer }) => pointer)).toEqual(
      expect.arrayContaining(['/source', '/x', '/files/0/yield']),
    );
  });

  it('that is not JSON says so', () => {
    expect(() => parseMapping('{ "source": ')).toThrow(/not JSON/);
  });

  it('never fails in any other way', () => {
    const keys = fc.constantFrom(
      'source',
      'public',
      'files',
      'yields',
      'fields',
      'concept',
      'id',
      'links',
      'to',
      'as',
      'each',
      'when',
      'from',
      'map',
      'x',
    );
    const { json } = fc.letrec((tie) => ({
      json: fc.oneof(
        { maxDepth: 6, withCrossShrink: true },
        fc.constantFrom(null, true, 1, '', 'contribution', 'decision', 'link', '{x}', 'words', '@item'),
        fc.array(tie('json'), { maxLength: 3 }),
        fc.dictionary(keys, tie('json'), { maxKeys: 6 }),
      ),
    }));
    fc.assert(
      fc.property(json, (value) => void issuesOf(value)),
      { numRuns: 500 },
    );
    fc.assert(
      fc.property(json, (value) => void issuesOf(withYield({ links: value, fields: value, each: value, when: value }))),
      { numRuns: 500 },
    );
  });

  it.each(readdirSync('libs/import/mappings'))('%s, which we ship, is right', (file) => {
    expect(() => parseMapping(readFileSync(`libs/import/mappings/${file}`, 'utf8'))).not.toThrow();
  });
});

describe('a template', () => {
  it('has texts, places, places that may be empty, and braces', () => {
    expect(parseTemplate('a {b} {c?}{{d}}')).toEqual([
      { text: 'a ' },
      { from: 'b', optional: false },
      { text: ' ' },
      { from: 'c', optional: true },
      { text: '{d}' },
    ]);
  });

  it.each(['{', '}', '{}', '{?}', 'a{b'])('%s is refused', (template) => {
    expect(() => parseTemplate(template)).toThrow();
  });
});
