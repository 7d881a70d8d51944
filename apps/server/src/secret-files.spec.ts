import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from './config.js';

const SECRET = 'smtps://me:correct-horse@mail.example';

describe('a secret in a file', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'secret-'));
    file = join(folder, 'smtp');
    writeFileSync(file, `${SECRET}\n`, { mode: 0o400 });
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const env = (more: NodeJS.ProcessEnv = {}) => ({ SMTP_URL_FILE: file, MAIL_FROM: 'a@council.example', ...more });

  it('is taken as if it stood in the environment', () => {
    expect(readConfig(env()).mail).toEqual(readConfig({ SMTP_URL: SECRET, MAIL_FROM: 'a@council.example' }).mail);
    writeFileSync(join(folder, 'store'), 'esdb://u:p@db.example', { mode: 0o400 });
    expect(readConfig({ EVENT_STORE_URL_FILE: join(folder, 'store') }).eventStoreUrl).toBe('esdb://u:p@db.example');
  });

  it.each<[string, () => NodeJS.ProcessEnv]>([
    ['that is not there', () => env({ SMTP_URL_FILE: join(folder, 'none') })],
    ['that others can read', () => (chmodSync(file, 0o444), env())],
    ['that the group can read', () => (chmodSync(file, 0o440), env())],
    ['that holds nothing', () => (chmodSync(file, 0o600), writeFileSync(file, ' \n'), env())],
    ['beside the same secret in the environment', () => env({ SMTP_URL: SECRET })],
  ])('%s stops the start, and is not repeated', (_, given) => {
    const made = given();
    expect(() => readConfig(made)).toThrow('SMTP_URL_FILE');
    expect(() => readConfig(made)).toThrow(expect.not.stringContaining('correct-horse') as never);
  });
});
