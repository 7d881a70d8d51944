import { join, resolve } from 'node:path';

export interface Config {
  readonly host: string;
  readonly port: number;
  readonly dataDir: string;
  readonly keyFile: string;
  readonly baseUrl: string;
  readonly eventStoreUrl: string;
  readonly logLevel: (typeof LOG_LEVELS)[number];
  /** Addresses whose X-Forwarded headers are believed; none by default. */
  readonly proxies: readonly string[];
  /** The number people can call; stands in the footer of every page. */
  readonly phone: string;
  /** Staff may sign in without a password: only ever on a loopback address, and clearly marked. */
  readonly localSignIn: boolean;
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'silent'] as const;
const LOOPBACK = ['127.0.0.1', '::1', 'localhost'];

/**
 * Environment in, one frozen object out. @throws Error with every problem at once, each saying what to do: nothing
 * unsafe starts by accident.
 */
export const readConfig = (env: NodeJS.ProcessEnv): Config => {
  const problems: string[] = [];
  const wrong = (problem: string): undefined => void problems.push(problem);
  const host = env['HOST'] ?? '127.0.0.1';
  const port = Number(env['PORT'] ?? 3000);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    wrong(`PORT=${env['PORT']}: give a number from 0 to 65535.`);
  const dataDir = resolve(env['DATA_DIR'] ?? 'data');
  const keyFile = resolve(env['KEY_FILE'] ?? join(`${dataDir}-keys`, 'master.key'));
  if (keyFile.startsWith(`${dataDir}/`))
    wrong(`KEY_FILE lies inside DATA_DIR: a backup of the data would hold the key too. Put it elsewhere.`);
  const shown = host.includes(':') ? `[${host}]` : host;
  const baseUrl = env['BASE_URL'] ?? `http://${shown}:${port}`;
  if (!isHttpUrl(baseUrl)) wrong(`BASE_URL=${baseUrl}: give an address that starts with http:// or https://.`);
  const proxies = (env['TRUSTED_PROXIES'] ?? '')
    .split(',')
    .map((each) => each.trim())
    .filter(Boolean);
  if (proxies.some((each) => ['*', 'true', '0.0.0.0/0', '::/0'].includes(each)))
    wrong('TRUSTED_PROXIES must list addresses, not everyone.');
  const isLoopback = LOOPBACK.includes(host);
  if (!isLoopback && !baseUrl.startsWith('https://') && proxies.length === 0)
    wrong(
      `HOST=${host} can be reached from other machines. Set BASE_URL to an https:// address, or name your proxy in TRUSTED_PROXIES.`,
    );
  const eventStoreUrl = env['EVENT_STORE_URL'] ?? '';
  if (eventStoreUrl !== '' && !/^esdb(\+discover)?:\/\//.test(eventStoreUrl))
    wrong('EVENT_STORE_URL must be empty or start with esdb://.');
  if ((env['VAULT_URL'] ?? '') !== '') wrong('VAULT_URL: only the embedded vault is built so far. Leave it empty.');
  const logLevel =
    LOG_LEVELS.find((level) => level === (env['LOG_LEVEL'] ?? 'info')) ??
    wrong(`LOG_LEVEL: choose one of ${LOG_LEVELS.join(', ')}.`);
  if (problems.length > 0) throw new Error(`Throughline cannot start:\n- ${problems.join('\n- ')}`);
  return Object.freeze({
    host,
    port,
    dataDir,
    keyFile,
    baseUrl: baseUrl.replace(/\/+$/, ''),
    eventStoreUrl,
    logLevel: logLevel ?? 'info',
    proxies,
    phone: env['HELP_PHONE'] ?? '',
    localSignIn: isLoopback && proxies.length === 0,
  });
};

const isHttpUrl = (value: string): boolean => URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);
