import { relative, resolve } from 'node:path';
import { isKeyName } from '#transparency-log/key';

/** What the transparency log needs to know of its surroundings. */
export interface LogConfig {
  /** Undefined: it follows from BASE_URL on the very first start, and then stays. */
  readonly origin: string | undefined;
  /** What it follows from, if none is given. */
  readonly originIfNew: string;
  readonly checkpointSeconds: number;
  readonly signerDir: string;
  /** Empty: the server starts its signer itself. */
  readonly signerUrl: string;
  readonly signerToken: string;
  /** Empty: nobody is asked, and nobody is watched. */
  readonly witnessPolicy: string;
  readonly witnessDir: string;
  readonly witnessNameIfNew: string;
}

const LONGEST_PAUSE = 3_600;

export const readLogConfig = (
  given: (name: string) => string | undefined,
  known: { readonly dataDir: string; readonly baseUrl: string; readonly wrong: (problem: string) => undefined },
): LogConfig => {
  const { dataDir, baseUrl, wrong } = known;
  const folder = (name: string, suffix: string): string => {
    const path = resolve(given(name) ?? `${dataDir}-${suffix}`);
    if (!relative(dataDir, path).startsWith('..'))
      wrong(
        `${name} lies inside DATA_DIR: restoring a backup of the data would set its memory back. Put it elsewhere.`,
      );
    return path;
  };
  const host = URL.canParse(baseUrl) ? new URL(baseUrl).host : 'localhost';
  const origin = given('LOG_ORIGIN');
  if (origin !== undefined && !isKeyName(origin))
    wrong(`LOG_ORIGIN=${origin}: give a name without spaces or plus, like ledger.council.gov.uk/log.`);
  const seconds = given('CHECKPOINT_SECONDS') ?? '60';
  if (!/^[1-9]\d{0,3}$/.test(seconds) || Number(seconds) > LONGEST_PAUSE)
    wrong(`CHECKPOINT_SECONDS=${seconds}: give a number from 1 to ${LONGEST_PAUSE}.`);
  const signerUrl = given('SIGNER_URL') ?? '';
  const signerToken = given('SIGNER_TOKEN') ?? '';
  if (signerUrl !== '' && !isPrivate(signerUrl))
    wrong(
      'SIGNER_URL: give an https:// address, or an http:// address of this machine. Its token must not travel in clear.',
    );
  if (signerUrl !== '' && signerToken === '')
    wrong('SIGNER_TOKEN is missing: it lies in the file "token" in the folder of the signer.');
  if (signerToken !== '' && (signerToken.length < 16 || /change.?me|example|password|secret/i.test(signerToken)))
    wrong('SIGNER_TOKEN is one that can be guessed. Use what stands in the file "token" in the folder of the signer.');
  const policy = given('WITNESS_POLICY');
  return Object.freeze({
    origin,
    originIfNew: origin ?? `${host}/log`,
    checkpointSeconds: Number(seconds),
    signerDir: folder('SIGNER_DIR', 'signer'),
    signerUrl,
    signerToken,
    witnessPolicy: policy === undefined ? '' : resolve(policy),
    witnessDir: folder('WITNESS_DIR', 'witness'),
    witnessNameIfNew: `${host}/witness`,
  });
};

const isPrivate = (url: string): boolean => {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || (protocol === 'http:' && ['127.0.0.1', '[::1]', 'localhost'].includes(hostname));
};
