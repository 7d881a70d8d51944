import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { Fact, FactOf } from '../fact.js';
import { type Imported, importPath } from '../testing/importing.js';
import { dataPath, describeWithData, shippedMapping } from '../testing/real-data.js';

interface Petition {
  readonly id: number;
  readonly attributes: {
    readonly action: string;
    readonly background: string;
    readonly additional_details: string;
    readonly rejection: { readonly code: string; readonly details: string } | null;
    readonly government_response: {
      readonly responded_on: string;
      readonly summary: string;
      readonly details: string;
    } | null;
  };
}

const only = <C extends Fact['concept']>(facts: readonly Fact[], concept: C): readonly FactOf<C>[] =>
  facts.filter((fact) => fact.concept === concept) as unknown as readonly FactOf<C>[];
/** What was said, without where it was said. */
const said = (facts: readonly Fact[]) =>
  facts.map(({ provenance: _, ...fact }) => fact).sort((a, b) => (a.id < b.id ? -1 : 1));

describeWithData('uk_petitions', 'the petitions, as crawled, with repeats', () => {
  let raw: Imported;
  let petitions: ReadonlyMap<string, Petition>;
  beforeAll(async () => {
    const path = dataPath('uk_petitions', 'petitions_raw_with_duplicates.jsonl.gz');
    raw = await importPath(path, shippedMapping('uk-petitions'));
    const lines = gunzipSync(readFileSync(path)).toString('utf8').trim().split('\n');
    petitions = new Map(
      lines.map((line) => JSON.parse(line) as Petition).map((petition) => [String(petition.id), petition]),
    );
  }, 60_000);

  it('are 4,134 contributions from 6,093 lines, without a problem', () => {
    expect(raw.report.rows).toBe(6_093);
    expect(only(raw.facts, 'contribution')).toHaveLength(4_134);
    expect(new Set(raw.facts.map(({ id }) => id)).size).toBe(raw.facts.length);
    expect(raw.problems).toEqual([]);
  });

  it('keep every word, line break and odd character', () => {
    for (const { sourceId, fields } of only(raw.facts, 'contribution')) {
      const { action, background, additional_details } = petitions.get(sourceId)!.attributes;
      expect(fields.words).toBe(
        [action, background, additional_details].filter((text) => text.trim() !== '').join('\n\n'),
      );
    }
    expect(only(raw.facts, 'contribution').some(({ fields }) => fields.words.includes('\r\n'))).toBe(true);
  });

  it('have a refusal with its own code and text, and a missing text stays missing', () => {
    const refusals = only(raw.facts, 'decision').filter(({ sourceId }) => sourceId.startsWith('rejection-'));
    expect(refusals).toHaveLength(2_864);
    for (const { fields, links } of refusals) {
      const { code, details } = petitions.get(fields.reference!)!.attributes.rejection!;
      expect(fields.reasonSource).toBe(code);
      expect(fields.reasonWords).toBe(details.trim() === '' ? null : details);
      expect(fields.answer).toBe(code === 'already-happening' ? 'already' : 'no');
      expect(links[0]?.to).toMatchObject({ concept: 'contribution', sourceId: fields.reference, resolved: true });
    }
    expect(refusals.filter(({ fields }) => fields.reasonWords === null)).toHaveLength(30);
  });

  it('have government responses as decisions with their dates, and no answer is made up', () => {
    const responses = only(raw.facts, 'decision').filter(({ sourceId }) => sourceId.startsWith('response-'));
    expect(responses).toHaveLength(106);
    for (const { fields, occurredAt } of responses) {
      const { responded_on, summary, details } = petitions.get(fields.reference!)!.attributes.government_response!;
      expect(fields).toMatchObject({ answer: null, reasonCodes: null, statement: summary, reasonWords: details });
      expect(occurredAt).toEqual({ at: responded_on, precision: 'day' });
    }
    expect(raw.report.missing).toEqual({ answer: 106, reason: 30 });
  });

  it('have 18 debates and 191 other pieces of business as discussions, also those that only one copy tells of', () => {
    const discussions = only(raw.facts, 'discussion');
    expect(discussions.filter(({ sourceId }) => sourceId.startsWith('debate-'))).toHaveLength(18);
    expect(discussions.filter(({ sourceId }) => sourceId.startsWith('business-'))).toHaveLength(191);
    expect(discussions.every(({ links }) => links[0]?.to.resolved)).toBe(true);
  });

  it('have every “duplicate of”, followed where the petition is in the set and listed where it is not', () => {
    const found = new Set<string>();
    for (const [id, { attributes }] of petitions) {
      if (attributes.rejection?.code !== 'duplicate') continue;
      for (const [, other] of attributes.rejection.details.matchAll(
        /petition\.parliament\.uk\/(?:archived\/)?petitions\/(\d+)/g,
      ))
        found.add(`${id}-${other}`);
    }
    const links = only(raw.facts, 'link');
    expect(new Set(links.map(({ sourceId }) => sourceId))).toEqual(found);
    for (const {
      links: [link],
    } of links)
      expect(link?.to.resolved).toBe(petitions.has(link?.to.sourceId ?? ''));
    expect(raw.report.links.unresolved).toBe(links.filter(({ links: [link] }) => !link?.to.resolved).length);
    expect(raw.report.links.unresolved).toBeGreaterThan(0);
  });

  it('come to the same from the file without repeats and from the spreadsheet', async () => {
    const jsonl = await importPath(dataPath('uk_petitions', 'petitions.jsonl.gz'), shippedMapping('uk-petitions'));
    const csv = await importPath(dataPath('uk_petitions', 'petitions.csv'), shippedMapping('uk-petitions-csv'));
    expect(said(jsonl.facts)).toEqual(said(raw.facts));
    expect(said(csv.facts)).toEqual(said(raw.facts));
    expect([jsonl.problems, csv.problems]).toEqual([[], []]);
  }, 60_000);
});
