/** What an ID token says of somebody, after its signature, issuer, audience, nonce and times were checked. */
export interface IdTokenClaims {
  readonly iss?: unknown;
  readonly sub?: unknown;
  readonly aud?: unknown;
  readonly azp?: unknown;
  readonly iat?: unknown;
  readonly name?: unknown;
  readonly acr?: unknown;
  readonly amr?: unknown;
  readonly [claim: string]: unknown;
}

export interface Expected {
  readonly issuer: string;
  readonly clientId: string;
  readonly requiredAmr: readonly string[];
}

/** Seconds that two clocks may differ. */
export const CLOCK_TOLERANCE = 30;
/** Seconds. The token comes straight from the provider in answer to our own question; an old one is somebody else's. */
const OLDEST = 600;

/**
 * Stricter than OpenID Connect Core §3.1.3.7 asks: one audience (us), `azp` never anybody else, a subject that can be a key
 * (at most 255 ASCII characters), and issued just now. Answers what is wrong, or undefined.
 * @param now seconds since 1970
 */
export const faultOf = (claims: IdTokenClaims, expected: Expected, now: number): string | undefined => {
  const { iss, sub, aud, azp, iat, amr } = claims;
  const audiences = Array.isArray(aud) ? (aud as unknown[]) : [aud];
  const ways = Array.isArray(amr) ? (amr as unknown[]) : [];
  if (iss !== expected.issuer) return 'issuer';
  if (audiences.length !== 1 || audiences[0] !== expected.clientId) return 'audience';
  if (azp !== undefined && azp !== expected.clientId) return 'authorised-party';
  if (typeof sub !== 'string' || !/^[\x20-\x7e]{1,255}$/.test(sub)) return 'subject';
  if (typeof iat !== 'number' || iat > now + CLOCK_TOLERANCE || iat < now - OLDEST) return 'issued-at';
  if (expected.requiredAmr.some((way) => !ways.includes(way))) return 'how-proved';
  return undefined;
};

/** The roles here that somebody's app roles there stand for. Anything that is not a list of texts stands for none. */
export const rolesOf = <R extends string>(named: unknown, mapping: Readonly<Record<string, R>>): readonly R[] => {
  const texts = Array.isArray(named) ? named.filter((each): each is string => typeof each === 'string') : [];
  return [...new Set(texts.flatMap((each) => (Object.hasOwn(mapping, each) ? [mapping[each] as R] : [])))];
};

/** A name to show, from a claim that anyone may have filled in: one line, of a bearable length. */
export const nameIn = ({ name }: IdTokenClaims): string =>
  typeof name === 'string'
    ? name
        .normalize('NFKC')
        .replace(/[\p{C}\p{Z}]+/gu, ' ')
        .trim()
        .slice(0, 200)
    : '';

export const waysIn = ({ acr, amr }: IdTokenClaims): { acr: string | null; amr: string | null } => ({
  acr: typeof acr === 'string' ? acr.slice(0, 200) : null,
  amr: Array.isArray(amr) ? amr.filter((each) => typeof each === 'string').join(' ').slice(0, 200) : null,
}); // prettier-ignore
