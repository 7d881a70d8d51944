import { londonDay } from '#kernel/time';
import type { ListedPromise, Taken } from './promises.csv.js';
import type { ScrutinyNames } from './promises.view.js';

/**
 * The list in W3C PROV (PROV-O, as JSON-LD): the list itself is an entity, made at a time with a filter; each promise is a
 * member of it, derived from the decisions that stand behind it and influenced by the views. "Influenced" is what was
 * linked by somebody, not a claim of cause. Names as in an evidence bundle, so that the two can be laid together.
 */
export const promisesProv = (all: readonly ListedPromise[], { council }: ScrutinyNames, { list, at, baseUrl }: Taken) => ({
  '@context': {
    prov: 'http://www.w3.org/ns/prov#',
    xsd: 'http://www.w3.org/2001/XMLSchema#',
    dcterms: 'http://purl.org/dc/terms/',
    tl: 'urn:throughline:',
  },
  '@graph': [
    {
      '@id': `${baseUrl}${list}`,
      '@type': ['prov:Entity', 'prov:Collection'],
      'prov:generatedAtTime': time(at),
      'tl:filter': list,
      'prov:hadMember': all.map(({ row }) => ref(`tl:commitment-${row.id}`)),
    },
    ...[...new Set(all.map(({ row }) => row.authority))].map((code) => ({
      '@id': `tl:authority-${code}`,
      '@type': ['prov:Agent', 'prov:Organization'],
      'dcterms:title': council(code),
    })),
    ...all.map(({ row, behind }) => ({
      '@id': `tl:commitment-${row.id}`,
      '@type': 'prov:Entity',
      'dcterms:identifier': row.number,
      'prov:wasAttributedTo': ref(`tl:authority-${row.authority}`),
      'prov:generatedAtTime': when(row.promised_at, row.promised_precision),
      'tl:status': row.rag.late ? 'late' : row.state,
      'tl:colour': row.rag.colour,
      'prov:atLocation': `${baseUrl}/commitments/${row.id}`,
      ...(behind.length > 0 && {
        'prov:wasDerivedFrom': behind.filter(({ kind }) => kind === 'decision').map(({ id }) => ref(`tl:decision-${id}`)),
        'prov:wasInfluencedBy': behind.filter(({ kind }) => kind === 'contribution').map(({ id }) => ref(`tl:contribution-${id}`)),
      }),
    })),
  ],
}); // prettier-ignore

const ref = (id: string) => ({ '@id': id });
const time = (instant: string) => ({ '@type': 'xsd:dateTime', '@value': instant });

/** As exactly as it is known. */
const when = (instant: string, precision: 'day' | 'month' | 'year' | null) =>
  precision === null
    ? time(instant)
    : precision === 'day'
      ? { '@type': 'xsd:date', '@value': londonDay(instant) }
      : precision === 'month'
        ? { '@type': 'xsd:gYearMonth', '@value': londonDay(instant).slice(0, 7) }
        : { '@type': 'xsd:gYear', '@value': londonDay(instant).slice(0, 4) };
