import { gunzipSync } from 'node:zlib';
import request from 'supertest';
import { LogKeeper } from '#ledger/log-keeper';
import { ownSigner } from '#ledger/testing/own-signer';
import { parseCheckpoint } from '#transparency-log/checkpoint';
import { parseBundle } from '#transparency-log/entry-bundle';
import { hasher } from '#transparency-log/testing/grown-tree';
import { nodeSha256 } from '#transparency-log/node-sha256';
import { parsePolicy } from '#transparency-log/policy';
import { judgeCheckpoint } from '#transparency-log/quorum';
import { formatTilePath, type TilePath } from '#transparency-log/tile-path';
import { nodesFromTiles, tileOf } from '#transparency-log/tiles';
import { rangeRoot } from '#transparency-log/tree-nodes';
import { inclusionProof } from '#transparency-log/tree-proofs';
import { verifyProofFile } from '#transparency-log/verify-proof-file';
import { decision, view } from './bodies.js';
import { Client } from './client.js';
import { startServer, type TestServer } from './server.js';

const ORIGIN = 'council.example/log';
const binary = (response: NodeJS.ReadableStream, done: (error: Error | null, body: Buffer) => void): void => {
  const chunks: Buffer[] = [];
  response.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => done(null, Buffer.concat(chunks)));
};

describe('the transparency log over HTTP', () => {
  let server: TestServer;
  let chair: Client;
  const ids: string[] = [];
  beforeAll(async () => {
    server = await startServer({ BASE_URL: 'https://council.example' }, (folder) => ownSigner(folder, ORIGIN));
    chair = await Client.as(server, 'chair');
    await Promise.all(Array.from({ length: 140 }, () => chair.made('/contributions', view())));
    for await (const { id } of server.engine.store.readAll()) ids.push(id);
    await server.app.get(LogKeeper).cutNow(20_000);
  }, 60_000);
  afterAll(() => server.close());
  const get = (path: string, headers: Record<string, string> = {}) =>
    request(server.url)
      .get(`/log/${path}`)
      .set({ 'accept-encoding': 'identity', ...headers })
      .buffer(true)
      .parse(binary as never);
  const bytes = async (path: string): Promise<Buffer> => {
    const { status, body } = await get(path);
    if (status !== 200) throw new Error(`${path}: ${status}`);
    return body as Buffer;
  };
  const text = async (path: string) => (await bytes(path)).toString();

  it('is one that anyone can take down, hash again and find equal', async () => {
    const note = await text('checkpoint');
    const { checkpoint } = parseCheckpoint(note);
    const size = Number(checkpoint.size);
    expect(size).toBe(ids.length);
    expect(size).toBeGreaterThan(256);
    const verdict = await judgeCheckpoint(note, parsePolicy(await text('policy'), nodeSha256));
    expect(verdict).toMatchObject({ isQuorum: true, witnesses: [] });
    const tiles = new Map<string, Buffer>();
    for (let level = 0; level < 2; level += 1)
      for (let index = 0; index < (level === 0 ? Math.ceil(size / 256) : 1); index += 1) {
        const path = formatTilePath(tileOf(size, level, index));
        tiles.set(path, await bytes(path));
      }
    const nodes = nodesFromTiles(hasher, size, (path: TilePath) => tiles.get(formatTilePath(path))!);
    expect(rangeRoot(hasher, nodes, { start: 0, end: size })).toEqual(checkpoint.root);
    const entries: Uint8Array[] = [];
    for (let index = 0; index < Math.ceil(size / 256); index += 1) {
      const path = tileOf(size, 'entries', index);
      entries.push(...parseBundle(await bytes(formatTilePath(path)), path.width));
    }
    entries.forEach((entry, at) => expect(Buffer.compare(hasher.leaf(entry), nodes.node(0, at))).toBe(0));
    expect(entries.map((entry) => (JSON.parse(Buffer.from(entry).toString()) as { id: string }).id)).toEqual(ids);
    expect(inclusionProof(hasher, nodes, 5, size).length).toBeGreaterThan(7);
  });

  it('gives proof files that stand alone, and the very bytes that they prove', async () => {
    const policy = parsePolicy(await text('policy'), nodeSha256);
    for (const at of [0, 5, 255, 256, ids.length - 1]) {
      const id = ids[at]!;
      const [file, leaf] = [await text(`proofs/${id}.tlog-proof`), await bytes(`leaf/${id}`)];
      expect(await text(`proof/${id}`)).toBe(file);
      const proven = await verifyProofFile(file, hasher.leaf(leaf), { hasher, policy });
      expect(proven.index).toBe(BigInt(at));
    }
  });

  it('serves under names that never change their content, compressed where asked, to pages from anywhere', async () => {
    const tile = await get('tile/0/000');
    expect(tile.headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'cache-control': 'public, max-age=31536000, immutable',
      'access-control-allow-origin': '*',
    });
    expect((tile.body as Buffer).length).toBe(8_192);
    const plain = await get('tile/entries/000');
    const packed = await get('tile/entries/000', { 'accept-encoding': 'br;q=1, gzip;q=0.8' });
    expect([plain.headers['content-encoding'], packed.headers['content-encoding']]).toEqual([undefined, 'gzip']);
    expect([plain.headers['vary'], packed.headers['vary']]).toEqual(['accept-encoding', 'accept-encoding']);
    const unpacked = packed.body as Buffer;
    expect((unpacked[0] === 0x1f ? gunzipSync(unpacked) : unpacked).equals(plain.body as Buffer)).toBe(true);
    expect((await get('tile/entries/000', { 'accept-encoding': 'gzip;q=0' })).headers['content-encoding']).toBeUndefined(); // prettier-ignore
    const checkpoint = await get('checkpoint');
    expect(checkpoint.headers).toMatchObject({ 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'public, max-age=5' }); // prettier-ignore
    expect(await text('key')).toMatch(/^council\.example\/log\+[0-9a-f]{8}\+\S+\n$/);
  });

  it('has nothing at names that are not exactly as specified, and nothing beyond its checkpoint', async () => {
    const rest = ids.length % 256;
    const partial = (width: number) => `tile/0/001.p/${width}`;
    expect((await get(partial(rest))).status).toBe(200);
    expect((await get(partial(1))).status).toBe(200);
    const none = [
      partial(rest + 1), partial(0), partial(256), 'tile/0/001', 'tile/0/1', 'tile/0/0001', 'tile/00/000', 'tile/64/000',
      'tile/0/x000/000', 'tile/0/002', 'tile/1/000', 'tile/2/000', 'tile/-1/000', 'tile/0/000.p/', 'tile/entries/002', 'tile/',
      'tile/entries/001', 'tile/0/000/', 'tile/%30/000%2F', 'proof/nobody', `proof/${ids[0]!.toUpperCase()}`, 'leaf/nobody',
      'proofs/00000000-0000-4000-8000-000000000000.tlog-proof', `proofs/${ids[0]}`, 'proof/00000000-0000-4000-8000-000000000000',
    ]; // prettier-ignore
    for (const path of none) {
      const { status, headers } = await get(path);
      expect([path, status]).toEqual([path, 404]);
      expect(headers['cache-control'] ?? 'no-store').toBe('no-store');
    }
  });

  it('seals a decision before it answers, and what nobody waits for not', async () => {
    const { id } = await chair.made('/contributions', view());
    const before = parseCheckpoint(await text('checkpoint')).checkpoint.size;
    await chair.made('/decisions', decision({ answers: [{ contribution: id, effect: 'changed' }] }));
    const after = parseCheckpoint(await text('checkpoint')).checkpoint.size;
    expect(after).toBeGreaterThan(before);
    expect(after).toBe(BigInt(server.app.get(LogKeeper).tree.leaves.count()));
  });

  it('tells operators how the seal stands', async () => {
    const { body } = await request(server.url).get('/health/ready');
    const entries = server.app.get(LogKeeper).tree.leaves.count();
    expect((body as { log: unknown }).log).toMatchObject({
      origin: ORIGIN, entries, sealed: entries, problem: null, witnesses: { asked: 0, independent: 0, conflicts: 0 },
    }); // prettier-ignore
    const { text: metrics } = await request(server.url).get('/health/metrics');
    expect(metrics).toContain(`\nthroughline_log_sealed_entries ${entries}\n`);
    expect(metrics).toMatch(/^throughline_log_sealed_at_seconds 1[0-9]{9}$/m);
    expect(metrics).not.toContain('cosigned_at');
    const { body: state } = await request(server.url).get('/log/state');
    expect(state).toMatchObject({ origin: ORIGIN, watching: { vkey: null, logs: [], conflicts: [] } });
  });
});

describe('a record without a signer', () => {
  it('records decisions all the same, publishes nothing, and says so', async () => {
    const server = await startServer();
    const chair = await Client.as(server, 'chair');
    const { id } = await chair.made('/contributions', view());
    await chair.made('/decisions', decision({ answers: [{ contribution: id, effect: 'changed' }] }));
    for (const path of ['checkpoint', 'key', 'policy', 'tile/0/000', 'tile/0/000.p/1'])
      expect((await request(server.url).get(`/log/${path}`)).status).toBe(404);
    const { body, status } = await request(server.url).get('/health/ready');
    expect(status).toBe(200);
    expect((body as { log: { problem: string } }).log.problem).toContain('no signer');
    await server.close();
  });
});
