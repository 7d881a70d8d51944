import { readFileSync, writeFileSync } from 'node:fs';
import { type Concept, CONCEPTS, type Field, LINKS, MEANING } from './concepts.js';
import type { Fact } from './fact.js';
import { readMapping } from './mapping/read-mapping.js';
import { importing } from './testing/importing.js';

interface Block {
  readonly language: string;
  readonly about: string;
  readonly text: string;
}
const HOW_TO = 'docs/how-to/import-your-data.md';
const REFERENCE = 'docs/reference/import-mapping.md';
const blocksOf = (path: string): readonly Block[] =>
  [...readFileSync(path, 'utf8').matchAll(/^```(\w+) ?(.*)\n([\s\S]*?)^```$/gm)].map(
    ([, language = '', about = '', text = '']) => ({ language, about, text }),
  );

const yieldOf = (more: object): object => ({
  concept: 'discussion',
  id: '{id}',
  occurredAt: 'd',
  fields: { title: 't' },
  ...more,
});
const mappingOf = (file: object, more: object = {}): object => ({ source: 's', public: true, ...more, files: [file] });
const needed = (concept: keyof typeof CONCEPTS): object =>
  Object.fromEntries(
    Object.entries(CONCEPTS[concept]).flatMap(([name, field]: [string, Field]) =>
      field.required ? [[name, 'x']] : [],
    ),
  );

/** A piece of a mapping as a whole one, so that it can be checked as readers would use it. */
const WHOLE: Readonly<Record<string, (part: object) => object>> = {
  mapping: (part) => part,
  yield: (part) => mappingOf({ yields: [part] }),
  dates: (dates) => mappingOf({ yields: [yieldOf({})] }, { dates }),
  condition: (when) => mappingOf({ yields: [yieldOf({ when })] }),
  'file-part': (part) => mappingOf(part),
  'fields=decision': (fields) => mappingOf({ yields: [yieldOf({ concept: 'decision', fields })] }),
  'value=text': (title) => mappingOf({ yields: [yieldOf({ fields: { title } })] }),
  'value=date': (occurredAt) => mappingOf({ yields: [yieldOf({ occurredAt })] }),
  'value=code': (answer) =>
    mappingOf({ yields: [yieldOf({ concept: 'decision', fields: { statement: 't', answer } })] }),
  'value=number': (groupSize) =>
    mappingOf({ yields: [yieldOf({ concept: 'contribution', fields: { ...needed('contribution'), groupSize } })] }),
};

const line = (fact: Fact): string => {
  const fields = fact.fields as Readonly<Record<string, unknown>>;
  const words = String(fields['words'] ?? fields['statement'] ?? fields['what']).split('\n')[0] ?? '';
  return `${fact.concept} ${fact.sourceId}, ${fact.occurredAt.at}: ${words}${fact.links.map(({ as, to }) => ` → ${as} ${to.concept} ${to.sourceId}`).join('')}`;
};

describe.each([HOW_TO, REFERENCE])('%s', (path) => {
  const json = blocksOf(path).filter(({ language }) => language === 'json');

  it('has examples', () => expect(json.length).toBeGreaterThan(5));

  it.each(json.map(({ about, text }) => [about, text] as const))('has a right example: %s', (about, text) => {
    const part = JSON.parse(text) as object;
    const whole = about.startsWith('file=') ? part : WHOLE[about]?.(part);
    expect(whole).toBeDefined();
    expect(() => readMapping(whole)).not.toThrow();
  });
});

describe('the worked examples', () => {
  const blocks = blocksOf(HOW_TO);
  const tables = blocks.flatMap((block, index) =>
    block.language === 'csv' ? [[block, blocks.slice(index)] as const] : [],
  );

  it.each(tables.map(([table, rest]) => [table.about, table, rest] as const))(
    '%s gives what the page says',
    async (about, table, rest) => {
      const [, name = '', , encoding] = /^file=(\S+)( encoding=(\S+))?/.exec(about) ?? [];
      const content = encoding ? Buffer.from(table.text, 'latin1') : table.text;
      const next = (language: string, title: string): string =>
        rest.find((block) => block.language === language && block.about.startsWith(title))?.text ?? '';
      const { facts, problems } = await importing({ [name]: content }, JSON.parse(next('json', 'file=')));
      expect(facts.map(line)).toEqual(next('text', 'facts').trim().split('\n'));
      const said = problems.map(({ row, column, message }) => `row ${row}, ${column}: ${message}`);
      const problemsSaid = next('text', 'problems').trim();
      if (name === 'tracker.csv') expect(said).toEqual(problemsSaid.split('\n'));
      else expect(said).toEqual([]);
    },
  );
});

describe('the list of concepts', () => {
  const describeField = ([name, field]: [string, Field]): string => {
    const what =
      'values' in field
        ? `${field.type === 'codes' ? 'some' : 'one'} of ${field.values.map((value) => `\`${value}\``).join(' ')}`
        : { text: 'text', texts: 'list of texts', date: 'date', number: 'number', flag: 'true or false' }[
            field.type as 'text'
          ];
    return `- ${field.required ? `**\`${name}\`**` : `\`${name}\``}: ${what}`;
  };
  const written = Object.entries(CONCEPTS)
    .map(([concept, fields]) => {
      const links = Object.entries(LINKS[concept as keyof typeof LINKS]).map(
        ([as, to]) => `\`${as}\` (${to.join(', ')})`,
      );
      return [
        `### ${concept}`,
        MEANING[concept as Concept],
        Object.entries(fields as Record<string, Field>)
          .map(describeField)
          .join('\n'),
        ...(links.length > 0 ? [`Links: ${links.join(' · ')}`] : []),
      ].join('\n\n');
    })
    .join('\n\n');

  it('in the reference is the one in the code', () => {
    const place = /(<!-- concepts:.*?-->\n)[\s\S]*?(<!-- end of concepts -->)/;
    // UPDATE_DOCS=1 writes the list, so that nobody has to keep it by hand.
    if (process.env['UPDATE_DOCS'])
      writeFileSync(
        REFERENCE,
        readFileSync(REFERENCE, 'utf8').replace(
          place,
          (_, start: string, end: string) => `${start}\n${written}\n\n${end}`,
        ),
      );
    const page = readFileSync(REFERENCE, 'utf8');
    const listed = /<!-- concepts:.*?-->\n([\s\S]*?)<!-- end of concepts -->/.exec(page)?.[1]?.trim();
    expect(listed).toBe(written);
  });
});
