import { kindOf } from './envelope.js';
import type { Claim, Report } from './report.js';
import { jsonBytes } from './strict-json.js';

/**
 * The report in W3C PROV (PROV-O, as JSON-LD): views, decisions, promises and proofs are entities, each entry is an
 * activity, roles are agents. Everything names the entry that says so (`tl:leaf`), and no claim of cause is made
 * beyond what the entry says.
 */
const CONTEXT = {
  prov: 'http://www.w3.org/ns/prov#',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
  tl: 'urn:throughline:',
};

type Node = Record<string, unknown>;
const ref = (id: string): Node => ({ '@id': id });
const stream = (category: string, id: unknown): string => `tl:${category}-${String(id)}`;
const time = (instant: string): Node => ({ '@type': 'xsd:dateTime', '@value': instant });

/** Which other thing an entry ties its own to, and how PROV calls that. */
const RELATIONS: Readonly<Record<string, readonly (readonly [member: string, category: string, relation: string])[]>> =
  {
    'decision-linked-to-contribution': [['contribution', 'contribution', 'prov:wasInfluencedBy']],
    'decision-made': [['discussion', 'discussion', 'prov:wasInfluencedBy']],
    'decision-superseded': [['by', 'decision', 'prov:wasInvalidatedBy']],
    'service-change-promised': [['decision', 'decision', 'prov:wasDerivedFrom']],
    'contribution-considered': [['discussion', 'discussion', 'prov:wasInfluencedBy']],
    'contribution-received': [['addsTo', 'contribution', 'prov:wasRevisionOf']],
  };
const BIRTHS =
  /^(contribution-received|decision-made|service-change-promised|discussion-held|meeting-called|team-formed)$/;

const activity = (claim: Claim): Node => ({
  '@id': `tl:entry-${claim.id}`,
  '@type': 'prov:Activity',
  'prov:startedAtTime': time(claim.occurredAt),
  'prov:endedAtTime': time(claim.occurredAt),
  'prov:wasAssociatedWith': ref(`tl:role-${encodeURIComponent(claim.role)}`),
  'tl:type': claim.type,
  'tl:recordedAt': time(claim.recordedAt),
  'tl:leaf': claim.leaf,
});

/** What the entry says about its thing. A later version of a thing is a revision: nothing is overwritten. */
const facts = (claim: Claim): Node => {
  const kind = kindOf(claim.type);
  const generated = BIRTHS.test(kind) ? 'prov:wasGeneratedBy' : 'tl:changedBy';
  const related = (RELATIONS[kind] ?? [])
    .filter(([member]) => typeof claim.data[member] === 'string')
    .map(([member, category, relation]) => [relation, ref(stream(category, claim.data[member]))]);
  const corrected = kind === 'contribution-corrected' ? { 'prov:wasRevisionOf': ref(`tl:${claim.stream}`) } : {};
  const proxy = claim.data['voice'] === 'proxy' ? { 'tl:saidOnBehalfOfSomebody': true } : {};
  return {
    '@id': `tl:${claim.stream}`,
    '@type': 'prov:Entity',
    [generated]: ref(`tl:entry-${claim.id}`),
    ...Object.fromEntries(related),
    ...corrected,
    ...proxy,
    'tl:leaf': claim.leaf,
  };
};

export const provOf = (report: Report): Uint8Array => {
  const roles = [...new Set(report.claims.map(({ role }) => role))].sort();
  return jsonBytes({
    '@context': CONTEXT,
    '@graph': [
      ...roles.map((role) => ({
        '@id': `tl:role-${encodeURIComponent(role)}`,
        '@type': 'prov:Agent',
        'tl:role': role,
      })),
      ...report.claims.flatMap((claim) => [activity(claim), facts(claim)]),
    ],
    'tl:about': ref(`tl:${report.about}`),
  });
};
