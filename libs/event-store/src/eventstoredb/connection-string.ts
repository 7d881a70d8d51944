import { readFileSync } from 'node:fs';
import type { EndPoint, NodePreference } from '@eventstore/db-client';
import { Login } from './login.js';

/** What a connection string asks for. Read here and not by the client, because the client prints it, password and all. */
export interface Endpoints {
  readonly endpoints: readonly EndPoint[];
  readonly discover: boolean;
  readonly login: Login | undefined;
  readonly insecure: boolean;
  readonly nodePreference: NodePreference;
  readonly certificates: { rootCertificate?: Buffer; userCertFile?: Buffer; userKeyFile?: Buffer };
  /** Milliseconds, seconds and counts as the client takes them. */
  readonly numbers: Readonly<Record<string, number>>;
  readonly connectionName: string | undefined;
}

const EXPECTED = 'esdb://user:password@host:2113,host:2113?tls=true';
const NUMBERS = [
  'maxDiscoverAttempts',
  'discoveryInterval',
  'gossipTimeout',
  'keepAliveInterval',
  'keepAliveTimeout',
  'defaultDeadline',
];
const FILES = { tlscafile: 'rootCertificate', usercertfile: 'userCertFile', userkeyfile: 'userKeyFile' } as const;
const PREFERENCES: Record<string, NodePreference> = {
  leader: 'leader',
  follower: 'follower',
  random: 'random',
  readonlyreplica: 'read_only_replica',
};

const KNOWN = ['tls', 'tlsCAFile', 'userCertFile', 'userKeyFile', 'nodePreference', 'connectionName', ...NUMBERS];

/** A dead connection is noticed after keepAliveInterval + keepAliveTimeout; the client's default would make it 20 s. */
const KEEP_ALIVE_TIMEOUT_MS = 5_000;

const refuse = (reason: string): never => {
  throw new Error(`the event store's connection string cannot be used: ${reason}`);
};

/** @throws Error that says what is wrong and never repeats the string, which may hold a password. */
export const parseConnectionString = (text: string): Endpoints => {
  const [, scheme, user, password, hosts, query] =
    /^(esdb(?:\+discover)?):\/\/(?:([^:@/?]+):([^@/?]*)@)?([^@/?]+)\/?(?:\?(.*))?$/.exec(text.trim()) ?? [];
  if (scheme === undefined || hosts === undefined) return refuse(`expected ${EXPECTED}`);

  const options = new Map((query ?? '').split('&').filter(Boolean).map(toOption));
  const insecure = !truth(options, 'tls', true);
  if (!truth(options, 'throwonappendfailure', true)) refuse('throwOnAppendFailure=false reports wrong revisions');
  if (options.has('tlsverifycert')) refuse('tlsVerifyCert has no effect in this client; name the CA file in tlsCAFile');
  if (options.has('usercertfile') !== options.has('userkeyfile')) refuse('userCertFile and userKeyFile go together');
  const preference = PREFERENCES[take(options, 'nodepreference')?.toLowerCase() ?? 'leader'];

  const parsed: Endpoints = {
    endpoints: hosts.split(',').map(toEndpoint),
    discover: scheme.endsWith('+discover'),
    login: user === undefined ? undefined : new Login(decoded(user), decoded(password ?? '')),
    insecure,
    nodePreference: preference ?? refuse('nodePreference is leader, follower, random or readOnlyReplica'),
    certificates: Object.fromEntries(
      Object.entries(FILES).flatMap(([key, name]) => {
        const path = take(options, key);
        return path === undefined ? [] : [[name, read(path)]];
      }),
    ),
    connectionName: take(options, 'connectionname'),
    numbers: { keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS, ...numbersOf(options) },
  };
  if (insecure && parsed.endpoints.some(({ address }) => !isOnThisMachine(address)))
    refuse('tls=false sends everything in clear, which is for a server on this machine only');
  // Not by name: with an unencoded password the "name" may be a part of it.
  if (options.size > 0) refuse(`it has an option that is not one of ${KNOWN.join(', ')}`);
  if (parsed.discover && parsed.endpoints.length > 1)
    refuse('+discover takes one DNS name; list several hosts without it');
  return parsed;
};

const toOption = (pair: string): [string, string] => {
  const [key = '', value = ''] = pair.split('=', 2);
  return [key.toLowerCase(), decoded(value)];
};

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return refuse('user, password and options must be percent-encoded');
  }
};

const take = (options: Map<string, string>, key: string): string | undefined => {
  const value = options.get(key);
  options.delete(key);
  return value;
};

const truth = (options: Map<string, string>, key: string, otherwise: boolean): boolean => {
  const value = take(options, key) ?? String(otherwise);
  return value === 'true' || (value !== 'false' && refuse(`${key} is true or false`));
};

const numbersOf = (options: Map<string, string>): Record<string, number> =>
  Object.fromEntries(
    NUMBERS.flatMap((name) => {
      const value = take(options, name.toLowerCase());
      if (value === undefined) return [];
      return [[name, /^-?\d+$/.test(value) ? Number(value) : refuse(`${name} is a whole number`)]];
    }),
  );

const toEndpoint = (host: string): EndPoint => {
  const [, address, port] = /^([^:]+)(?::(\d+))?$/.exec(host) ?? [];
  return { address: address ?? refuse(`expected ${EXPECTED}`), port: Number(port ?? 2113) };
};

const isOnThisMachine = (address: string): boolean => /^(localhost|127(\.\d{1,3}){3})$/i.test(address);

const read = (path: string): Buffer => {
  try {
    return readFileSync(path);
  } catch {
    return refuse(`the file ${path} cannot be read`);
  }
};
