import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { nowAt } from '#kernel/time';
import { Client } from '../http/client.js';
import { startServer, type TestServer } from '../http/server.js';
import { closePage, openPage, startBrowser, stopBrowser } from './browser.js';
import { loadExample } from './example.js';
import { Device } from '../http/device.js';
import { staff } from './people.js';

const folder = '/tmp/pictures-reports2';
describe('pictures', () => {
  let time = new Date();
  let server: TestServer;
  const paths: [string, string][] = [];
  let cookies: readonly string[] = [];
  beforeAll(async () => {
    mkdirSync(folder, { recursive: true });
    server = await startServer({ HELP_PHONE: '01234 567890' }, undefined, { now: () => nowAt(time) });
    await startBrowser();
    await loadExample(server);
    const A = server.engine.rows.get<{ code: string }>("SELECT code FROM authority WHERE code LIKE '%example%'")?.code ?? 'essex';
    const admin = await Client.everywhere(server);
    const team = server.engine.rows.get<{ id: string }>('SELECT id FROM team WHERE authority = ?', A)?.id ?? '';
    const round = (await admin.made('/statement-rounds', { authority: A, team, slips: 60, until: '2026-12-31' })).id;
    const codes = (await admin.get(`/statement-rounds/${round}`)).body['codes'] as string[];
    const tallies = ['S1', 'S2', 'S3', 'S8', 'S16', 'S18'].flatMap((statement, n) => [
      { statement, answer: 'yes', count: 8 + 5 * n, voice: 'own' },
      { statement, answer: 'no', count: 18, voice: 'helped' },
      { statement, answer: 'yes', count: 10, voice: 'own', capacity: 'staff' },
    ]);
    await admin.made(`/statement-rounds/${round}/paper`, { tallies });
    cookies = (await staff(server.url, 'chair', A)).cookies;
    const holder = new Device(server.url);
    await holder.get(`/check/${(codes[0] ?? '').replaceAll('-', '')}`);
    time = new Date('2027-01-05T10:00:00Z');
    const id = (await admin.made('/reports', { authority: A, title: 'How we worked together', from: '2026-07-01', to: '2026-12-31', due: '2027-02-28' })).id;
    await admin.made(`/reports/${id}/publish`, { formats: ['plain', 'easy-read'], readability: 'read aloud at a meeting', checkedByPeople: 'no' });
    await admin.made(`/reports/${id}/corrections`, { row: 'S8', was: 'About 15 of 35 people who answered said yes.', now: 'About 20 of 40.', why: 'Five slips were found in a drawer.' });
    paths.push(['how', `/how-are-we-doing?authority=${A}&period=2026-H2`], ['easy', `/how-are-we-doing?authority=${A}&period=2026-H2&as=easy`], ['report', `/reports/${id}`], ['reports', '/reports'],
      ['asd', `/asked-said-did?authority=${A}`], ['cqc', `/cqc?authority=${A}&period=2026-H2`], ['spread', '/how-are-we-doing/spread?period=2026-H2'], ['s8', `/statements/S8?authority=${A}&period=2026-H2`],
      ['publish', `/reports/new`], ['rounds', '/statement-rounds'], ['round', `/statement-rounds/${round}`], ['slips', `/statement-rounds/${round}/slips`], ['paper', `/statement-rounds/${round}/paper?part=1`], ['local', `/teams/${team}/statements`], ['check', '/check'], ['team', `/how-are-we-doing?team=${team}&period=2026-H2`]);
    time = new Date('2026-12-05T10:00:00Z');
    await shot('sittings', '/check/sittings', [...holder.jar].map(([n, v]) => `${n}=${v}`));
    time = new Date('2027-01-05T10:00:00Z');
  }, 120_000);
  const shot = async (name: string, path: string, own: readonly string[]) => {
    for (const width of [360, 1280]) {
      const page = await openPage(server.url + path, { width, cookies: own });
      await page.screenshot({ path: join(folder, `${name}-${width}.png`), fullPage: true });
      if (width === 1280) { await page.emulateMedia({ media: 'print' }); await page.setViewportSize({ width: 794, height: 1100 }); await page.screenshot({ path: join(folder, `${name}-print.png`), fullPage: true }); }
      await closePage(page);
    }
  };
  afterAll(async () => { await stopBrowser(); await server.close(); });
  it('all', async () => { for (const [name, path] of paths) await shot(name, path, cookies); }, 300_000);
});
