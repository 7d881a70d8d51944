import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { readBankHolidays } from '#kernel/bank-holidays-file';
import { type LogConfig, readLogConfig } from './log/log-config.js';
import { LEAST_THRESHOLD, MOST_THRESHOLD } from '#suppression/rounding';
import { join, relative, resolve } from 'node:path';
import { type MailConfig, readMailConfig } from './mail/mail-config.js';
import { withSecretFiles } from './secret-files.js';
import { readOidcFile, type SignOnProvider } from './sign-on/oidc-file.js';

export interface Config {
  readonly host: string;
  readonly port: number;
  readonly dataDir: string;
  readonly keyFile: string;
  readonly erasures: string;
  readonly baseUrl: string;
  readonly eventStoreUrl: string;
  readonly logLevel: (typeof LOG_LEVELS)[number];
  /** `json`: one object a line, for a program that collects them. */
  readonly logFormat: 'text' | 'json';
  /** Addresses whose X-Forwarded headers are believed; none by default. */
  readonly proxies: readonly string[];
  /** The number people can call; stands in the footer of every page. */
  readonly phone: string;
  /** Who helps people to say what they want, and how to reach them; shown where somebody may disagree with an answer. */
  readonly advocate: string;
  /** Where somebody who finds a weakness reaches you: `mailto:` or https. Empty: no security.txt is served. */
  readonly securityContact: string;
  /** Staff may sign in without a password: only ever on a loopback address, and clearly marked. */
  readonly localSignIn: boolean;
  /** Up to how many people a number about their answers is hidden. */
  readonly suppressUpTo: number;
  /** Whether this server records reminders by itself, every hour; else `throughline remind` does, when it is called. */
  readonly reminders: boolean;
  /** Bank holidays of the operator's own file; empty: those that are shipped. */
  readonly bankHolidays: readonly string[];
  /** Where clamd answers; undefined: files are not looked at for viruses. */
  readonly clamd: Clamd | undefined;
  /** How many forms or writes of the API one sender may send in ten minutes. */
  readonly writeLimit: number;
  readonly log: LogConfig;
  /** Councils whose staff sign in with their own council's sign-in. */
  readonly providers: readonly SignOnProvider[];
  /** Undefined: no e-mail is sent, and nobody can sign in by e-mail. */
  readonly mail: MailConfig | undefined;
}

export type Clamd = { readonly host: string; readonly port: number } | { readonly path: string };

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'silent'] as const;
/** One a second. */
const LEAST_WRITES = 600;
const LOOPBACK = ['127.0.0.1', '::1', 'localhost'];

/**
 * Environment in, one frozen object out. @throws Error with every problem at once, each saying what to do: nothing
 * unsafe starts by accident.
 */
export const readConfig = (environment: NodeJS.ProcessEnv): Config => {
  const problems: string[] = [];
  const wrong = (problem: string): undefined => void problems.push(problem);
  const env = withSecretFiles(environment, wrong);
  // A variable that is set to nothing (as compose files do) is not set.
  const given = (name: string): string | undefined => env[name]?.trim() || undefined;
  const host = given('HOST') ?? '127.0.0.1';
  const portText = given('PORT') ?? '3000';
  const port = Number(portText);
  if (!/^\d{1,5}$/.test(portText) || port > 65_535) wrong(`PORT=${portText}: give a number from 0 to 65535.`);
  const dataDir = resolve(given('DATA_DIR') ?? 'data');
  const keyFile = resolve(given('KEY_FILE') ?? join(`${dataDir}-keys`, 'master.key'));
  if (!relative(dataDir, keyFile).startsWith('..'))
    wrong(`KEY_FILE lies inside DATA_DIR: a backup of the data would hold the key too. Put it elsewhere.`);
  const erasures = resolve(given('ERASURES_DIR') ?? `${dataDir}-erasures`);
  if (!relative(dataDir, erasures).startsWith('..'))
    wrong(
      `ERASURES_DIR lies inside DATA_DIR: putting back an older copy would bring erased people back. Put it elsewhere.`,
    );
  const shown = host.includes(':') ? `[${host}]` : host;
  const baseUrl = given('BASE_URL') ?? `http://${shown}:${port}`;
  if (!isHttpUrl(baseUrl)) wrong(`BASE_URL=${baseUrl}: give an address that starts with http:// or https://.`);
  else if (given('BASE_URL') && !baseUrl.startsWith('https://') && !isOnLoopback(baseUrl))
    wrong(`BASE_URL=${baseUrl}: what people read and type would travel in clear. Give an https:// address.`);
  const proxies = (env['TRUSTED_PROXIES'] ?? '')
    .split(',')
    .map((each) => each.trim())
    .filter(Boolean);
  const notProxies = proxies.filter((each) => !isAddressRange(each));
  if (notProxies.length > 0)
    wrong(
      `TRUSTED_PROXIES: ${notProxies.join(', ')} is not an address or a small range. Name your proxies, not everyone.`,
    );
  const isLoopback = LOOPBACK.includes(host);
  if (!isLoopback && !baseUrl.startsWith('https://') && proxies.length === 0)
    wrong(
      `HOST=${host} can be reached from other machines. Set BASE_URL to an https:// address, or name your proxy in TRUSTED_PROXIES.`,
    );
  const eventStoreUrl = given('EVENT_STORE_URL') ?? '';
  if (eventStoreUrl !== '' && !/^esdb(\+discover)?:\/\//.test(eventStoreUrl))
    wrong('EVENT_STORE_URL must be empty or start with esdb://.');
  if (given('VAULT_URL')) wrong('VAULT_URL: only the embedded vault is built so far. Leave it empty.');
  const suppressUpTo = Number(given('SUPPRESS_UP_TO') ?? LEAST_THRESHOLD);
  if (!Number.isInteger(suppressUpTo) || suppressUpTo < LEAST_THRESHOLD || suppressUpTo > MOST_THRESHOLD)
    wrong(
      `SUPPRESS_UP_TO=${given('SUPPRESS_UP_TO') ?? ''}: give a whole number from ${LEAST_THRESHOLD} to ${MOST_THRESHOLD}. Fewer people could be worked out.`,
    );
  const securityContact = given('SECURITY_CONTACT') ?? '';
  if (securityContact !== '' && !/^(mailto:[^\s@]+@[^\s@]+|https:\/\/[^\s]+)$/.test(securityContact))
    wrong(
      `SECURITY_CONTACT=${securityContact}: give an address like mailto:security@council.example or https://council.example/security.`,
    );
  const clamd = clamdOf(given('CLAMD'), wrong);
  const writeLimit = Number(given('WRITE_LIMIT') ?? 3_000);
  if (!Number.isInteger(writeLimit) || writeLimit < LEAST_WRITES || writeLimit > 10_000_000)
    wrong(`WRITE_LIMIT=${given('WRITE_LIMIT') ?? ''}: give a whole number from ${LEAST_WRITES} to 10000000. Fewer would stop somebody who records a meeting as it happens.`); // prettier-ignore
  const log = readLogConfig(given, { dataDir, baseUrl, wrong });
  const reminders = given('REMINDERS') ?? 'on';
  if (reminders !== 'on' && reminders !== 'off') wrong(`REMINDERS=${reminders}: choose on or off.`);
  const bankHolidays = holidaysOf(given('BANK_HOLIDAYS_FILE'), wrong);
  const logLevel =
    LOG_LEVELS.find((level) => level === (given('LOG_LEVEL') ?? 'info')) ??
    wrong(`LOG_LEVEL: choose one of ${LOG_LEVELS.join(', ')}.`);
  const logFormat = given('LOG_FORMAT') ?? 'text';
  if (logFormat !== 'text' && logFormat !== 'json') wrong(`LOG_FORMAT=${logFormat}: choose text or json.`);
  const providers = readOidcFile(given('OIDC_FILE'), wrong);
  if (providers.length > 0 && !baseUrl.startsWith('https://') && !isOnLoopback(baseUrl))
    wrong('OIDC_FILE: people come back from their sign-in to BASE_URL. Set it to an https:// address.');
  const mail = readMailConfig(given, wrong);
  if (logLevel === 'debug' && !isOnLoopback(baseUrl))
    wrong('LOG_LEVEL=debug writes too much where others are served. Choose info, or BASE_URL on this machine.');
  if (problems.length > 0) throw new Error(`Throughline cannot start:\n- ${problems.join('\n- ')}`);
  return Object.freeze({
    host,
    port,
    dataDir,
    keyFile,
    erasures,
    baseUrl: baseUrl.replace(/(?<!\/)\/+$/, ''),
    eventStoreUrl,
    logLevel: logLevel ?? 'info',
    logFormat: logFormat === 'json' ? 'json' : 'text',
    proxies,
    phone: env['HELP_PHONE'] ?? '',
    advocate: given('ADVOCATE') ?? '',
    securityContact,
    clamd,
    writeLimit,
    // A public address means that something passes requests on to us, whatever it calls itself.
    localSignIn: isLoopback && proxies.length === 0 && isOnLoopback(baseUrl),
    suppressUpTo,
    reminders: reminders === 'on',
    bankHolidays,
    log,
    providers,
    mail,
  });
};

/** `127.0.0.1:3310`, or the path of a socket: clamd speaks in clear, and what it is sent are people’s photos and voices. */
const clamdOf = (given: string | undefined, wrong: (problem: string) => undefined): Clamd | undefined => {
  if (given === undefined) return undefined;
  if (given.startsWith('/')) return { path: given };
  const [, host, port] = /^([a-z0-9.-]+|\[[0-9a-f:]+\]):(\d{1,5})$/i.exec(given) ?? [];
  if (!host || !port || Number(port) > 65_535) return wrong(`CLAMD=${given}: give host:port, or the path of a socket.`);
  if (!isOnLoopback(`http://${host}`))
    return wrong(`CLAMD=${given}: files would travel in clear. Give the path of its socket, or an address of this machine.`); // prettier-ignore
  return { host: host.replace(/[[\]]/g, ''), port: Number(port) };
};

const holidaysOf = (file: string | undefined, wrong: (problem: string) => undefined): readonly string[] => {
  if (file === undefined) return [];
  try {
    const read = readBankHolidays(readFileSync(resolve(file), 'utf8'));
    if ('days' in read) return read.days;
    for (const problem of read.problems) wrong(`BANK_HOLIDAYS_FILE=${file}: ${problem}`);
  } catch {
    wrong(`BANK_HOLIDAYS_FILE=${file}: this file cannot be read.`);
  }
  return [];
};

const isOnLoopback = (url: string): boolean =>
  URL.canParse(url) && /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(new URL(url).hostname);

const isHttpUrl = (value: string): boolean => URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);

/** One address, or a range of at most a private network's size: whoever it names may say who is asking. */
const isAddressRange = (value: string): boolean => {
  const [address = '', bits, ...more] = value.split('/');
  const version = isIP(address);
  if (version === 0 || more.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) >= (version === 4 ? 8 : 32));
};
