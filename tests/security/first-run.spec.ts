import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Engine } from '#engine/engine';
import { readConfig } from '../../apps/server/src/config.js';
import { createApp } from '../../apps/server/src/configure-app.js';
import { Device } from '../http/device.js';

/** S26: what `npm start` makes of a fresh folder on a laptop, with nothing set. */
describe('a first start on a laptop', () => {
  const started: { close(): Promise<void> }[] = [];
  const folders: string[] = [];
  afterAll(async () => {
    for (const app of started) await app.close();
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });
  const start = async () => {
    const folder = mkdtempSync(join(tmpdir(), 'first-'));
    folders.push(folder);
    const config = readConfig({ DATA_DIR: join(folder, 'data'), PORT: '0', LOG_LEVEL: 'silent' });
    const engine = Engine.open(config);
    engine.start();
    const app = await createApp(engine, config);
    await app.listen(config.port, config.host);
    started.push(app);
    await engine.whenSeeded();
    const { address, port } = app.getHttpServer().address() as AddressInfo;
    return { config, address, port, url: `http://127.0.0.1:${port}` };
  };

  it('listens to this computer only, under keys of its own, and lets in by no password', async () => {
    const [one, two] = [await start(), await start()];
    expect([one.address, two.address]).toEqual(['127.0.0.1', '127.0.0.1']);
    // As the system itself sees it (Linux): no socket of this port on any other address.
    const listening = existsSync('/proc/net/tcp')
      ? ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((table) => (existsSync(table) ? readFileSync(table, 'utf8').split('\n') : []))
          .map((line) => line.trim().split(/\s+/))
          .filter(([, local = '', , state]) => state === '0A' && parseInt(local.split(':')[1] ?? '', 16) === one.port)
          .map(([, local = '']) => local.split(':')[0])
      : ['0100007F'];
    expect(listening).toEqual(['0100007F']);
    const keys = [one, two].map(({ config }) => readFileSync(config.keyFile));
    expect(keys[0]?.equals(keys[1] ?? Buffer.alloc(0))).toBe(false);
    if (process.platform !== 'win32') expect(statSync(one.config.keyFile).mode & 0o077).toBe(0);
    const { html } = await new Device(one.url).get('/sign-in');
    expect([html.includes('local sign-in without a password'), /type="password"/.test(html)]).toEqual([true, false]);
    process.stdout.write('first run: 0 sockets on other addresses, 2 folders with 2 keys, 0 passwords\n');
  }, 60_000); // prettier-ignore

  it('marks the local sign-in on every page, and gives it to nobody who came through something else', async () => {
    const { url } = await start();
    const answers = { name: 'Sam Taylor', role: 'chair', authority: 'essex' };
    const sam = new Device(url);
    expect((await sam.fillIn('/sign-in', '/sign-in', answers)).status).toBe(303);
    for (const page of ['/work', '/decisions', '/teams']) expect((await sam.get(page)).html).toContain('Local sign-in');
    for (const headers of [{ 'x-forwarded-for': '203.0.113.7' }, { forwarded: 'for=203.0.113.7' }, { via: '1.1 proxy' }]) {
      const other = new Device(url);
      await other.get('/sign-in');
      expect([headers, [403, 404].includes((await other.send('/sign-in', answers, headers)).status)]).toEqual([headers, true]);
    }
  }, 60_000); // prettier-ignore
});
