import { kindOf } from './envelope.js';
import type { Claim, Report } from './report.js';
import { jsonBytes } from './strict-json.js';

/**
 * The report in W3C PROV (PROV-O, as JSON-LD). Each claim is a PROV bundle of its own: a named graph with the index of
 * the entry that says so, and nothing that the entry does not say. Views, decisions and promises are entities, what was
 * done is an activity, roles are agents. "Influenced" is what the team said, not a claim of cause.
 */
const CONTEXT = {
  prov: 'http://www.w3.org/ns/prov#',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
  tl: 'urn:throughline:',
};

type Node = Record<string, unknown>;
const ref = (id: string): Node => ({ '@id': id });
const time = (instant: string): Node => ({ '@type': 'xsd:dateTime', '@value': instant });
const entryOf = ({ id }: Claim): string => `tl:entry-${id}`;
const roleOf = ({ role }: Claim): string => `tl:role-${encodeURIComponent(role)}`;

/** Which other thing an entry ties its own to, and how PROV calls that. */
const RELATIONS: Readonly<Record<string, readonly (readonly [member: string, category: string, relation: string])[]>> =
  {
    'decision-linked-to-contribution': [['contribution', 'contribution', 'prov:wasInfluencedBy']],
    'decision-made': [['discussion', 'discussion', 'prov:wasInfluencedBy']],
    'decision-superseded': [['by', 'decision', 'tl:replacedBy']],
    'service-change-promised': [['decision', 'decision', 'prov:wasDerivedFrom']],
    'contribution-considered': [['discussion', 'discussion', 'prov:wasInfluencedBy']],
    'contribution-received': [['addsTo', 'contribution', 'prov:wasInfluencedBy']],
  };
const BIRTHS =
  /^(contribution-received|decision-made|service-change-promised|commitment-made|discussion-held|meeting-called|team-formed)$/;
/** After these the thing, as it was, no longer holds. */
const ENDS = /^(decision-superseded|contribution-withdrawn|dropped)$/;

const activity = (claim: Claim): Node => ({
  '@id': entryOf(claim),
  '@type': 'prov:Activity',
  'prov:startedAtTime': time(claim.occurredAt),
  'prov:endedAtTime': time(claim.occurredAt),
  'prov:wasAssociatedWith': ref(roleOf(claim)),
  'tl:type': claim.type,
  'tl:recordedAt': time(claim.recordedAt),
});

/** A correction is an entity of its own: what was said first stays. */
const correction = (claim: Claim): Node => ({
  '@id': `tl:correction-${claim.id}`,
  '@type': 'prov:Entity',
  'prov:wasGeneratedBy': ref(entryOf(claim)),
  'prov:wasRevisionOf': ref(`tl:${claim.stream}`),
});

const entity = (claim: Claim): Node => {
  const kind = kindOf(claim.type);
  if (kind === 'contribution-corrected') return correction(claim);
  const relation = BIRTHS.test(kind) ? 'prov:wasGeneratedBy' : ENDS.test(kind) ? 'prov:wasInvalidatedBy' : 'prov:wasInfluencedBy'; // prettier-ignore
  const node: Node = { '@id': `tl:${claim.stream}`, '@type': 'prov:Entity', [relation]: [ref(entryOf(claim))] };
  for (const [member, category, name] of RELATIONS[kind] ?? []) {
    const other = claim.data[member];
    if (typeof other === 'string') node[name] = [...((node[name] as Node[] | undefined) ?? []), ref(`tl:${category}-${other}`)]; // prettier-ignore
  }
  return node;
};

/** Somebody who spoke for another person. */
const proxy = (claim: Claim): Node[] =>
  claim.data['voice'] === 'proxy'
    ? [
        {
          '@id': `tl:speaker-of-${claim.stream}`,
          '@type': 'prov:Agent',
          'prov:actedOnBehalfOf': ref(`tl:person-behind-${claim.stream}`),
        },
      ]
    : [];

export const provOf = (report: Report): Uint8Array =>
  jsonBytes({
    '@context': CONTEXT,
    '@graph': report.claims.map((claim) => ({
      '@id': `tl:claim-${claim.leaf}`,
      '@type': 'prov:Bundle',
      'tl:leaf': claim.leaf,
      '@graph': [
        { '@id': roleOf(claim), '@type': 'prov:Agent', 'tl:role': claim.role },
        activity(claim),
        entity(claim),
        ...proxy(claim),
      ],
    })),
    'tl:about': ref(`tl:${report.about}`),
  });
