import { provOf } from './prov.js';
import { type Claim, reportOf } from './report.js';

const claim = (leaf: number, stream: string, type: string, data: object): Claim => ({
  leaf,
  id: `id-${leaf}`,
  stream,
  rev: 0,
  type: `${type}.v1`,
  occurredAt: '2026-11-20T10:00:00.000Z',
  recordedAt: '2026-11-21T10:00:00.000Z',
  role: 'co-chair',
  data: data as Claim['data'],
  words: { '/words': 'never in PROV' },
});

const claims = [
  claim(3, 'contribution-a', 'contribution-received', { voice: 'proxy' }),
  claim(4, 'contribution-a', 'contribution-corrected', {}),
  claim(7, 'decision-b', 'decision-made', { discussion: 'd' }),
  claim(8, 'decision-b', 'decision-linked-to-contribution', { contribution: 'a' }),
  claim(9, 'serviceChange-c', 'service-change-promised', { decision: 'b' }),
  claim(12, 'decision-b', 'decision-superseded', { by: 'e' }),
];

interface Graph {
  '@id': string;
  'tl:leaf': number;
  '@graph': Record<string, unknown>[];
}
const text = Buffer.from(provOf(reportOf('serviceChange-c', claims))).toString();
const graphs = (JSON.parse(text) as { '@graph': Graph[] })['@graph'];
const about = (leaf: number, id: string): unknown =>
  graphs.find((each) => each['tl:leaf'] === leaf)?.['@graph'].find((node) => node['@id'] === id);

describe('the report as PROV', () => {
  it('names the entry of every claim', () =>
    expect(graphs.map((each) => each['tl:leaf'])).toEqual([3, 4, 7, 8, 9, 12]));
  it.each<[number, string, object]>([
    [3, 'tl:contribution-a', { 'prov:wasGeneratedBy': [{ '@id': 'tl:entry-id-3' }] }],
    [3, 'tl:speaker-of-contribution-a', { 'prov:actedOnBehalfOf': { '@id': 'tl:person-behind-contribution-a' } }],
    [4, 'tl:correction-id-4', { 'prov:wasRevisionOf': { '@id': 'tl:contribution-a' } }],
    [8, 'tl:decision-b', { 'prov:wasInfluencedBy': [{ '@id': 'tl:entry-id-8' }, { '@id': 'tl:contribution-a' }] }],
    [9, 'tl:serviceChange-c', { 'prov:wasDerivedFrom': [{ '@id': 'tl:decision-b' }] }],
    [12, 'tl:decision-b', { 'prov:wasInvalidatedBy': [{ '@id': 'tl:entry-id-12' }], 'tl:replacedBy': [{ '@id': 'tl:decision-e' }] }],
    [7, 'tl:entry-id-7', { '@type': 'prov:Activity', 'prov:wasAssociatedWith': { '@id': 'tl:role-co-chair' } }],
  ])('says in claim %i of %s what the entry says', (leaf, id, expected) => expect(about(leaf, id)).toMatchObject(expected)); // prettier-ignore
  it('holds nobody’s words', () => expect(text).not.toContain('never in PROV'));
});
