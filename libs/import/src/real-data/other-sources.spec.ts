import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { type Imported, importPath } from '../testing/importing.js';
import { dataPath, describeWithData } from '../testing/real-data.js';

/** The mapping language on sources that we ship no mapping for. */
const given = {
  channel: { constant: 'online' },
  capacity: { constant: 'other' },
  voice: { constant: 'own' },
  attribution: { constant: 'group' },
};

const comments = (occurredAt: unknown): unknown => ({
  source: 'polis',
  public: { from: 'moderated', isNot: '-1' },
  authority: { constant: 'polis' },
  dates: { zones: { WIB: '+07:00', PDT: '-07:00' } },
  files: [
    {
      file: 'comments.csv',
      joins: { talk: { file: 'conversations.csv', key: 'conversation', on: 'conversation' } },
      ignore: [{ when: { from: 'datetime_as_exported', present: false }, because: 'no date as exported' }],
      yields: [
        {
          concept: 'contribution',
          id: '{conversation}/{comment_id}',
          occurredAt,
          language: {
            first: [
              { from: 'conversation', pattern: '^(austria|vtaiwan)', map: { austria: 'de', vtaiwan: 'zh-Hant' } },
              { constant: 'en' },
            ],
          },
          fields: { words: 'comment_body', ...given, url: '@talk.url', status: 'moderated' },
        },
      ],
    },
    { file: 'conversations.csv' },
  ],
});

describeWithData('polis_conversations', 'comments of online conversations', () => {
  let byMillis: Imported;
  let rows: Record<string, string>[];
  beforeAll(async () => {
    byMillis = await importPath(
      dataPath('polis_conversations'),
      comments({ from: 'timestamp_ms', formats: ['epoch-ms'] }),
    );
    rows = parse(readFileSync(dataPath('polis_conversations', 'comments.csv')), { columns: true });
  }, 60_000);

  it('keep ids of different conversations apart, and words as they were written', () => {
    const words = new Map(
      byMillis.facts.map(({ sourceId, fields }) => [sourceId, (fields as { words: string }).words]),
    );
    const dated = rows.filter((row) => row['datetime_as_exported'] !== '');
    const written = dated.filter((row) => row['comment_body']?.trim() !== '');
    expect(words.size).toBe(written.length);
    for (const row of written)
      expect(words.get(`${row['conversation']}/${row['comment_id']}`)).toBe(row['comment_body']);
    expect([...words.values()].filter((text) => /^[=+\-@]/.test(text))).toHaveLength(3);
    expect(byMillis.report.files[0]).toMatchObject({
      rejected: dated.length - written.length,
      ignored: { 'no date as exported': rows.length - dated.length },
    });
  });

  it('say the same time in milliseconds and in words', async () => {
    const inWords = await importPath(
      dataPath('polis_conversations'),
      comments({ from: 'datetime_as_exported', formats: ['DDD MMM DD HH:mm:ss ZZZ YYYY'] }),
    );
    const second = ({ facts }: Imported): Map<string, string> =>
      new Map(facts.map(({ sourceId, occurredAt }) => [sourceId, occurredAt.at.slice(0, 19)]));
    expect(second(inWords)).toEqual(second(byMillis));
  }, 60_000);

  it('are private where a moderator refused them, and in their own language', () => {
    const refused = byMillis.facts.filter(({ fields }) => (fields as { status: string }).status === '-1');
    expect(refused.length).toBeGreaterThan(4_000);
    expect(byMillis.facts.every((fact) => fact.public === !refused.includes(fact))).toBe(true);
    expect(new Set(byMillis.facts.map(({ language }) => language))).toEqual(new Set(['de', 'en', 'zh-Hant']));
  });
});

const promises = {
  source: 'climate-pledges',
  public: true,
  noValue: ['#ERROR!', 'Loading...'],
  authority: { from: 'council', clean: ['to-code'] },
  files: [
    {
      file: 'promises.csv',
      ignore: [{ when: { from: 'scope', is: 'No promise' }, because: 'the council made no promise' }],
      yields: [
        {
          concept: 'commitment',
          id: '{local-authority-code}-{scope}',
          occurredAt: { constant: '2023' },
          fields: {
            what: 'wording',
            due: { from: 'target', formats: ['YYYY[.0]'] },
            status: 'scope',
            pledge: { constant: 'some-pledge' },
            pledgePart: { constant: 'C1a' },
            url: 'source_url',
          },
        },
        {
          concept: 'evidence',
          id: '{local-authority-code}-{scope}',
          when: { from: 'source_url', present: true },
          occurredAt: { constant: '2023' },
          fields: { title: { first: ['source_name', 'source_url'] }, kind: { constant: 'link' }, url: 'source_url' },
          links: [{ as: 'about', to: { concept: 'commitment', id: '{local-authority-code}-{scope}' } }],
        },
      ],
    },
  ],
};

describeWithData('uk_council_climate_pledges', 'promises of councils', () => {
  it('have a target year where there is one, and none where there is not', async () => {
    const rows: Record<string, string>[] = parse(readFileSync(dataPath('uk_council_climate_pledges', 'promises.csv')), {
      columns: true,
    });
    const { facts, report, problems } = await importPath(dataPath('uk_council_climate_pledges'), promises);
    const made = rows.filter((row) => row['scope'] !== 'No promise');
    const worded = made.filter((row) => row['wording']?.trim());
    const commitments = facts.flatMap((fact) => (fact.concept === 'commitment' ? [fact] : []));
    expect(commitments).toHaveLength(worded.length);
    for (const { sourceId, fields } of commitments) {
      const row = rows.find((candidate) => `${candidate['local-authority-code']}-${candidate['scope']}` === sourceId)!;
      expect(fields.due).toEqual(
        row['target'] === '' ? null : { at: row['target']!.replace('.0', ''), precision: 'year' },
      );
    }
    expect(report.files[0]).toMatchObject({ rows: rows.length, rejected: made.length - worded.length });
    expect(problems.every(({ code }) => code === 'required-missing')).toBe(true);
  });
});
