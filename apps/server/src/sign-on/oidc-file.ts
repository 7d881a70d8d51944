import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, isAbsolute, resolve } from 'node:path';
import { GRANTABLE } from '#accounts/account';
import type { Role } from '#kernel/codes';

/** The sign-in of one council (OpenID Connect), as whoever runs the server set it up. */
export interface SignOnProvider {
  readonly authority: string;
  /** Exactly as the provider writes it in its discovery document and in every ID token. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** The claim of the ID token that lists a person's app roles. Entra ID calls it `roles`. */
  readonly rolesClaim: string;
  /** What the council calls a role, and what it is here. Whatever is not named counts for nothing. */
  readonly roles: Readonly<Record<string, Role>>;
  /** Ways of proving who somebody is (`amr`) that must all have been used, like `mfa`. */
  readonly requiredAmr: readonly string[];
  /** The one algorithm that its ID tokens may be signed with. Never a symmetric one, never none. */
  readonly algorithm: (typeof ALGORITHMS)[number];
}

const ALGORITHMS = ['RS256', 'PS256', 'ES256', 'EdDSA'] as const;
const FIELDS = [
  'authority',
  'issuer',
  'clientId',
  'clientSecretFile',
  'rolesClaim',
  'roles',
  'requiredAmr',
  'algorithm',
];
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

type Wrong = (problem: string) => undefined;

/** Reads OIDC_FILE: `{ "providers": [ … ] }`, one for each council. Every problem is told through `wrong`. */
export const readOidcFile = (path: string | undefined, wrong: Wrong): readonly SignOnProvider[] => {
  if (path === undefined) return [];
  const file = resolve(path);
  let read: unknown;
  try {
    read = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    wrong(`OIDC_FILE=${path}: ${existsSync(file) ? 'it is not valid JSON' : 'there is no such file'}.`);
    return [];
  }
  const listed = isRecord(read) && Array.isArray(read['providers']) ? (read['providers'] as unknown[]) : undefined;
  if (!listed) {
    wrong('OIDC_FILE: give { "providers": [ … ] }, with one entry for each council.');
    return [];
  }
  const providers = listed.flatMap((each, index) => readProvider(each, dirname(file), inEntry(wrong, index)) ?? []);
  for (const [what, of] of [
    ['authority', ({ authority }: SignOnProvider) => authority],
    ['issuer', ({ issuer }: SignOnProvider) => issuer],
  ] as const)
    for (const twice of new Set(providers.map(of).filter((each, index, all) => all.indexOf(each) !== index)))
      wrong(
        `OIDC_FILE: the ${what} ${twice} stands there twice. One council has one issuer, and one issuer one council.`,
      );
  return Object.freeze(providers);
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((each) => typeof each === 'string' && each !== '');
const inEntry =
  (wrong: Wrong, index: number): Wrong =>
  (problem) =>
    wrong(`OIDC_FILE, entry ${index + 1}: ${problem}`);

const readProvider = (each: unknown, folder: string, wrong: Wrong): SignOnProvider | undefined => {
  if (!isRecord(each)) return wrong('it must be an object.');
  for (const name of Object.keys(each))
    if (name === 'clientSecret') wrong('a clientSecret must not stand in the file. Name a file in clientSecretFile.');
    else if (!FIELDS.includes(name)) wrong(`there is no setting ${name}.`);
  const text = (name: string): string => {
    const value = each[name];
    if (typeof value === 'string' && value.trim() !== '') return value;
    wrong(`${name} is missing.`);
    return '';
  };
  const [authority, issuer, clientId] = [text('authority'), text('issuer'), text('clientId')];
  if (issuer !== '' && !isSafeIssuer(issuer))
    wrong(`issuer ${issuer}: give an https:// address without ? and #. (http:// only on this machine, to try it out.)`);
  const secretPath = text('clientSecretFile');
  const clientSecret =
    secretPath && readSecret(isAbsolute(secretPath) ? secretPath : resolve(folder, secretPath), wrong);
  const roles = isRecord(each['roles']) ? each['roles'] : {};
  if (Object.keys(roles).length === 0)
    wrong('roles is missing: say what each app role is here, else nobody may come in.');
  for (const [theirs, ours] of Object.entries(roles))
    if (!GRANTABLE.includes(ours as Role)) wrong(`role ${theirs}: choose one of ${GRANTABLE.join(', ')}.`);
  const algorithm = ALGORITHMS.find((one) => one === (each['algorithm'] ?? 'RS256'));
  if (!algorithm) wrong(`algorithm: choose one of ${ALGORITHMS.join(', ')}.`);
  const requiredAmr = each['requiredAmr'] ?? [];
  if (!isTexts(requiredAmr)) return wrong('requiredAmr must be a list of texts, like ["mfa"].');
  const rolesClaim = each['rolesClaim'] === undefined ? 'roles' : text('rolesClaim');
  if (!algorithm || !authority || !issuer || !clientId || !clientSecret) return undefined;
  return Object.freeze({
    authority, issuer, clientId, clientSecret, rolesClaim, requiredAmr, algorithm, roles: roles as SignOnProvider['roles'],
  }); // prettier-ignore
};

const isSafeIssuer = (issuer: string): boolean => {
  if (!URL.canParse(issuer) || /[?#]/.test(issuer)) return false;
  const { protocol, hostname, username } = new URL(issuer);
  return username === '' && (protocol === 'https:' || (protocol === 'http:' && LOOPBACK.test(hostname)));
};

const readSecret = (path: string, wrong: Wrong): string => {
  if (!existsSync(path)) {
    wrong(`there is no file ${path} (clientSecretFile).`);
    return '';
  }
  if (process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0) {
    wrong(`${path} (clientSecretFile) can be read by others on this machine. Run: chmod 600 ${path}`);
    return '';
  }
  const secret = readFileSync(path, 'utf8').trim();
  if (secret.length < 16) wrong(`${path} (clientSecretFile) holds no secret: it has fewer than 16 characters.`);
  return secret;
};
