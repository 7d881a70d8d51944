import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';

/** Settings that hold a secret. Each may lie in a file instead, as a secrets manager or systemd puts it there: NAME_FILE. */
export const SECRET_SETTINGS: readonly string[] = ['SMTP_URL', 'EVENT_STORE_URL', 'SIGNER_TOKEN'];

/** The environment with every `NAME_FILE` read. What a file holds is never repeated. */
export const withSecretFiles = (env: NodeJS.ProcessEnv, wrong: (problem: string) => undefined): NodeJS.ProcessEnv => {
  const read = SECRET_SETTINGS.flatMap((name) => {
    const file = env[`${name}_FILE`]?.trim();
    if (!file) return [];
    if (env[name]?.trim()) wrong(`${name} and ${name}_FILE are both set. Keep one.`);
    const secret = secretIn(resolve(file));
    if (secret === undefined)
      wrong(`${name}_FILE=${file}: it cannot be read, is empty, or can be read by others on this machine (chmod 400).`);
    return [[name, secret ?? '']];
  });
  return { ...env, ...(Object.fromEntries(read) as NodeJS.ProcessEnv) };
};

const secretIn = (path: string): string | undefined => {
  try {
    if (process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0) return undefined;
    return readFileSync(path, 'utf8').trim() || undefined;
  } catch {
    return undefined;
  }
};
