import { readConfig } from './config.js';

const REFUSED: readonly (readonly [string, NodeJS.ProcessEnv, string])[] = [
  ['open to the network without encryption', { HOST: '0.0.0.0' }, 'https://'],
  ['open to the network over IPv6', { HOST: '::' }, 'https://'],
  ['a host name that others can reach', { HOST: 'council.example' }, 'https://'],
  ['an http address in production', { HOST: '0.0.0.0', BASE_URL: 'http://council.example' }, 'https://'],
  ['a port that is no number', { PORT: 'http' }, 'PORT=http'],
  ['a port out of range', { PORT: '65536' }, '0 to 65535'],
  ['a fraction of a port', { PORT: '80.5' }, '0 to 65535'],
  ['a port in another notation', { PORT: '0x50' }, '0 to 65535'],
  ['an address without a scheme', { BASE_URL: 'council.example' }, 'BASE_URL'],
  ['an address of another scheme', { BASE_URL: 'ftp://council.example' }, 'BASE_URL'],
  ['a mail server of another kind', { SMTP_URL: 'http://mail.example', MAIL_FROM: 'a@b.example' }, 'SMTP_URL'],
  ['a mail server without a sender', { SMTP_URL: 'smtps://u:p@mail.example' }, 'MAIL_FROM'],
  ['a sender without a mail server', { MAIL_FROM: 'a@b.example' }, 'SMTP_URL'],
  [
    'a sender with a name, which could hide another',
    { SMTP_URL: 'smtps://u:p@mail.example', MAIL_FROM: 'Us <a@b.example>' },
    'MAIL_FROM',
  ],
  [
    'a mail server of others without a password',
    { SMTP_URL: 'smtp://mail.example', MAIL_FROM: 'a@b.example' },
    'password',
  ],
  ['the key inside the data', { DATA_DIR: '/srv/d', KEY_FILE: '/srv/d/master.key' }, 'KEY_FILE'],
  ['the key inside the data by another way', { DATA_DIR: '/srv/d', KEY_FILE: '/srv/x/../d/k/master.key' }, 'KEY_FILE'],
  ['everyone as a proxy', { TRUSTED_PROXIES: '*' }, 'not everyone'],
  ['"true" as a proxy', { TRUSTED_PROXIES: 'true' }, 'not everyone'],
  ['all addresses as a proxy', { TRUSTED_PROXIES: '0.0.0.0/0' }, 'not everyone'],
  ['all addresses as a proxy, in two halves', { TRUSTED_PROXIES: '0.0.0.0/1, 128.0.0.0/1' }, 'not everyone'],
  ['all IPv6 addresses as a proxy', { TRUSTED_PROXIES: '::/0' }, 'not everyone'],
  ['a number of hops as a proxy', { TRUSTED_PROXIES: '1' }, 'not everyone'],
  ['a store in memory', { EVENT_STORE_URL: 'mem://' }, 'EVENT_STORE_URL'],
  ['a store of another kind', { EVENT_STORE_URL: 'postgres://db' }, 'EVENT_STORE_URL'],
  ['a vault that is not built', { VAULT_URL: 'https://vault' }, 'VAULT_URL'],
  ['the memory of the signer inside the data', { DATA_DIR: '/srv/d', SIGNER_DIR: '/srv/d/signer' }, 'SIGNER_DIR'],
  ['the memory of the witness inside the data', { DATA_DIR: '/srv/d', WITNESS_DIR: '/srv/d/w' }, 'WITNESS_DIR'],
  ['a name of the log that no note can hold', { LOG_ORIGIN: 'our log' }, 'LOG_ORIGIN'],
  ['no checkpoints', { CHECKPOINT_SECONDS: '0' }, '1 to 3600'],
  ['a checkpoint a day', { CHECKPOINT_SECONDS: '86400' }, '1 to 3600'],
  [
    'a token for the signer that everyone can read',
    { SIGNER_URL: 'http://signer.example', SIGNER_TOKEN: 't' },
    'in clear',
  ],
  ['a signer elsewhere without its token', { SIGNER_URL: 'https://signer.example' }, 'SIGNER_TOKEN'],
  ['numbers about few people shown', { SUPPRESS_UP_TO: '6' }, '7 to 10'],
  ['nearly all numbers hidden', { SUPPRESS_UP_TO: '11' }, '7 to 10'],
  ['an unknown way to remind', { REMINDERS: 'maybe' }, 'REMINDERS=maybe'],
  [
    'bank holidays that are not there',
    { BANK_HOLIDAYS_FILE: '/nowhere/days.json' },
    '/nowhere/days.json: this file cannot be read',
  ],
  [
    'bank holidays that are something else',
    { BANK_HOLIDAYS_FILE: 'package.json' },
    'BANK_HOLIDAYS_FILE=package.json: it has no list "events"',
  ],
  ['an unknown way to write logs', { LOG_FORMAT: 'xml' }, 'LOG_FORMAT=xml'],
  ['an unknown log level', { LOG_LEVEL: 'verbose' }, 'LOG_LEVEL'],
  [
    'a log of everything where others are served',
    { LOG_LEVEL: 'debug', BASE_URL: 'https://council.example' },
    'LOG_LEVEL=debug',
  ],
  ['a list of erasures inside the data', { DATA_DIR: '/srv/d', ERASURES_DIR: '/srv/d/e' }, 'ERASURES_DIR'],
  ['a public address in clear', { BASE_URL: 'http://council.example' }, 'https://'],
  ['a secret of the examples', { SIGNER_URL: 'https://signer.example', SIGNER_TOKEN: 'change-me' }, 'SIGNER_TOKEN'],
  ['a scanner that is nowhere', { CLAMD: 'yes' }, 'CLAMD=yes'],
  ['a limit that stops who records a meeting', { WRITE_LIMIT: '599' }, 'WRITE_LIMIT=599'],
  ['no limit for what is sent', { WRITE_LIMIT: '0' }, 'WRITE_LIMIT=0'],
  ['a scanner on another machine, which is sent files in clear', { CLAMD: 'clamd.example:3310' }, 'in clear'],
  ['a scanner whose name only looks like this machine', { CLAMD: '127.0.0.1.example:3310' }, 'in clear'],
  ['a contact that nobody can reach', { SECURITY_CONTACT: 'the IT team' }, 'SECURITY_CONTACT'],
];

describe('settings', () => {
  it('given none: this computer only, a random key beside the data, a local sign-in', () => {
    const config = readConfig({});
    expect(config).toMatchObject({
      host: '127.0.0.1',
      port: 3000,
      baseUrl: 'http://127.0.0.1:3000',
      localSignIn: true,
      proxies: [],
      eventStoreUrl: '',
    });
    expect(config.keyFile).toBe(`${config.dataDir}-keys/master.key`);
    expect(config.log).toMatchObject({
      originIfNew: '127.0.0.1:3000/log',
      checkpointSeconds: 60,
      signerDir: `${config.dataDir}-signer`,
      witnessDir: `${config.dataDir}-witness`,
      signerUrl: '',
      witnessPolicy: '',
    });
    expect(Object.isFrozen(config)).toBe(true);
  });

  it('set to nothing count as not set', () =>
    expect(
      readConfig({
        HOST: '',
        PORT: '',
        DATA_DIR: ' ',
        KEY_FILE: '',
        BASE_URL: '',
        EVENT_STORE_URL: '',
        LOG_LEVEL: '',
        TRUSTED_PROXIES: '',
        VAULT_URL: '',
        ADVOCATE: ' ',
        SECURITY_CONTACT: '',
        CLAMD: '',
        LOG_FORMAT: '',
        LOG_ORIGIN: '',
        SIGNER_DIR: '',
        SIGNER_URL: '',
        CHECKPOINT_SECONDS: '',
        WITNESS_POLICY: '',
        REMINDERS: '',
        BANK_HOLIDAYS_FILE: '',
      }),
    ).toEqual(readConfig({})));

  it.each(REFUSED)('refuse to start with %s, and say what to do', (_, env, message) => {
    expect(() => readConfig(env)).toThrow(/^Throughline cannot start:/);
    expect(() => readConfig(env)).toThrow(message);
  });

  it('are refused where they are unsafe, or make no sense, by count', () => {
    console.log(JSON.stringify({ figure: 'security.settings', refused: REFUSED.length }));
    expect(REFUSED.length).toBeGreaterThanOrEqual(15);
  });

  it('name every problem at once', () => {
    expect(() => readConfig({ PORT: 'x', LOG_LEVEL: 'y', HOST: '0.0.0.0' })).toThrow(/PORT[\s\S]*HOST[\s\S]*LOG_LEVEL/);
  });

  it('never repeat a secret of the store', () => {
    expect(() => readConfig({ EVENT_STORE_URL: 'http://admin:changeit@db' })).toThrow(
      expect.not.stringContaining('changeit') as never,
    );
  });

  it.each([
    ['behind a named proxy', { HOST: '0.0.0.0', TRUSTED_PROXIES: '10.0.0.1, 192.168.0.0/16' }],
    ['with https', { HOST: '0.0.0.0', BASE_URL: 'https://council.example/' }],
  ])('let it be reached %s, and close the local sign-in', (_, env) => expect(readConfig(env).localSignIn).toBe(false));

  it('ask a mail server elsewhere for TLS, and one on this machine for none', () => {
    const mailOf = (url: string) => readConfig({ SMTP_URL: url, MAIL_FROM: 'no-reply@council.example' }).mail?.server;
    expect(mailOf('smtps://me%40x:p%3Aq@mail.example')).toEqual({
      host: 'mail.example', port: 465, secure: true, requireTLS: true, auth: { user: 'me@x', pass: 'p:q' },
    });
    expect(mailOf('smtp://u:p@mail.example')).toMatchObject({ port: 587, secure: false, requireTLS: true });
    expect(mailOf('smtp://127.0.0.1:2525')).toEqual({ host: '127.0.0.1', port: 2525, secure: false, requireTLS: false });
  }); // prettier-ignore

  it('close the local sign-in on loopback too when a proxy may bring others', () =>
    expect(readConfig({ TRUSTED_PROXIES: '127.0.0.1' }).localSignIn).toBe(false));

  it('close the local sign-in when people come by a public address', () =>
    expect(readConfig({ BASE_URL: 'https://council.example' }).localSignIn).toBe(false));
});
