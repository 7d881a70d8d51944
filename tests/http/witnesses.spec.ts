import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import request from 'supertest';
import { LogKeeper } from '#ledger/log-keeper';
import { ownSigner } from '#ledger/testing/own-signer';
import { nodeSha256 } from '#transparency-log/node-sha256';
import { parsePolicy } from '#transparency-log/policy';
import { judgeCheckpoint } from '#transparency-log/quorum';
import { formatAddCheckpoint, monitorPath } from '#transparency-log/witness-messages';
import { view } from './bodies.js';
import { Client } from './client.js';
import { startServer, type TestServer } from './server.js';

const ORIGIN = 'one.example/log';

/** Two servers as two councils would run them: the second watches the log of the first. */
describe('one council witnesses the record of another', () => {
  let folder: string;
  let one: TestServer;
  let other: TestServer;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'councils-'));
    const file = (name: string, text: string): string => {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    };
    const signer = await ownSigner(join(folder, 'signer'), ORIGIN);
    const { vkey } = await signer.log();
    other = await startServer({ WITNESS_POLICY: file('other.policy', `log ${vkey}\nquorum none\n`) });
    const { text: key } = await request(other.url).get('/witness/key');
    const policy = file('one.policy', `witness other ${key.trim()} ${other.url}/witness\nquorum other\n`);
    one = await startServer({ WITNESS_POLICY: policy, BASE_URL: 'https://one.example' }, async () => signer);
  }, 60_000);
  afterAll(async () => {
    await one.close();
    await other.close();
    rmSync(folder, { recursive: true });
  });
  const log = (path: string) => request(one.url).get(`/log/${path}`);
  const add = (body: string, type?: string) => {
    const sent = request(other.url).post('/witness/add-checkpoint');
    return (type === undefined ? sent : sent.set('content-type', type)).send(body);
  };

  it('cosigns each checkpoint, which anyone can judge by the published policy', async () => {
    const chair = await Client.as(one, 'chair');
    for (let round = 0; round < 2; round += 1) {
      await chair.made('/contributions', view());
      expect(await one.app.get(LogKeeper).cutNow(10_000)).toBe(true);
      const note = (await log('checkpoint')).text;
      const verdict = await judgeCheckpoint(note, parsePolicy((await log('policy')).text, nodeSha256));
      expect(verdict).toMatchObject({ isQuorum: true, witnesses: [{ name: 'other' }] });
    }
    const { body } = await log('state');
    expect((body as { witnesses: object }).witnesses).toMatchObject({ asked: 1, independent: 1, isFresh: true });
  });

  it('shows what it has seen, to those who compare', async () => {
    const shown = await request(other.url).get(`/witness/${monitorPath(ORIGIN, nodeSha256)}`);
    expect([shown.status, shown.headers['content-type']]).toEqual([200, 'text/plain; charset=utf-8']);
    expect(shown.text).toBe((await log('checkpoint')).text);
    const unseen = await request(other.url).get(`/witness/${monitorPath('nobody.example', nodeSha256)}`);
    expect(unseen.status).toBe(404);
    expect((await request(other.url).get('/log/state')).body).toMatchObject({ watching: { logs: [ORIGIN], conflicts: [] } }); // prettier-ignore
  });

  it('takes the bytes whatever they are called, and answers with the status of the protocol', async () => {
    const note = (await log('checkpoint')).text;
    const size = Number(note.split('\n')[1]);
    const again = formatAddCheckpoint({ oldSize: size, proof: [], note });
    for (const type of [undefined, 'text/plain', 'application/x-www-form-urlencoded', 'application/json', 'application/octet-stream']) {
      const { status, text } = await add(again, type);
      expect([type, status, text.startsWith('— ')]).toEqual([type, 200, true]);
    } // prettier-ignore
    const wrong = await add(formatAddCheckpoint({ oldSize: 0, proof: [], note }), 'text/plain');
    expect([wrong.status, wrong.text, wrong.headers['content-type']]).toEqual([409, `${size}\n`, 'text/x.tlog.size']);
    expect((await add('nonsense', 'text/plain')).status).toBe(400);
    expect((await add('', 'text/plain')).status).toBe(400);
    expect((await add(again.replaceAll(ORIGIN, 'nobody.example/log'), 'text/plain')).status).toBe(404);
    // The same bytes stay refused where they do not belong.
    const elsewhere = await request(other.url).post('/api/v1/contributions').set('content-type', 'application/x.raw-bytes').send(again); // prettier-ignore
    expect([400, 401, 415]).toContain(elsewhere.status);
  });

  it('a server that watches nobody says so', async () => {
    const alone = await startServer();
    expect((await request(alone.url).post('/witness/add-checkpoint').send('old 0\n')).status).toBe(404);
    expect((await request(alone.url).get('/witness/key')).status).toBe(404);
    await alone.close();
  });
});
