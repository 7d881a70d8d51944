import request from 'supertest';
import { LogKeeper } from '#ledger/log-keeper';
import { ownSigner } from '#ledger/testing/own-signer';
import { nodeSha256 } from '#transparency-log/node-sha256';
import { parseProofFile } from '#transparency-log/proof-file';
import { council } from '#verifier/testing/test-bundle';
import { readTrust } from '#verifier/trust';
import { verifyBundle } from '#verifier/verify-bundle';
import { verifyProof } from '#verifier/verify-proof';
import { memorySource, openZip } from '#verifier/zip-reader';
import { Cards } from '#contributions/cards';
import { CARD_COOKIE, WhoIsAsking } from '../../apps/server/src/edge/who-is-asking.js';
import { decision, promise, view } from './bodies.js';
import { Client } from './client.js';
import { startServer, type TestServer } from './server.js';

/** From the page of a promise to a verdict that trusts nobody here. */
describe('evidence', () => {
  let server: TestServer;
  let viewId: string;
  let decisionId: string;
  let promiseId: string;
  let commitmentId: string;
  beforeAll(async () => {
    server = await startServer({}, (folder) => ownSigner(folder, 'essex.example/log'));
    const chair = await Client.as(server, 'chair');
    viewId = (await chair.made('/contributions', view('SECRET form is too long'))).id;
    decisionId = (await chair.made('/decisions', decision({ answers: [{ contribution: viewId, effect: 'changed' }] })))
      .id;
    promiseId = (await chair.made('/service-changes', promise({ decision: decisionId }))).id;
    commitmentId = (await chair.made('/commitments', { ...promise(), pledgePart: 'P1a' })).id;
    await server.app.get(LogKeeper).cutNow(20_000);
  }, 60_000);
  afterAll(() => server.close());

  const download = (path: string) =>
    request(server.url)
      .get(path)
      .buffer(true)
      .parse((response, done) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => done(null, Buffer.concat(chunks)));
      });
  const asGiver = async () => {
    const { cardSessions } = server.app.get(WhoIsAsking, { strict: false });
    const session = { card: Cards.firstCardOf(viewId), contribution: viewId };
    return `${CARD_COOKIE}=${await cardSessions.start(viewId, session, Date.now())}`;
  };

  it.each([
    ['a promise', () => `/service-changes/${promiseId}`],
    ['a decision', () => `/decisions/${decisionId}`],
    ['a commitment', () => `/commitments/${commitmentId}`],
  ])('of %s is one file that the verifier finds whole, with no personal word in it', async (_, address) => {
    const page = (await request(server.url).get(address())).text;
    expect(page).toContain(`${address()}/evidence-bundle`);
    const { status, body, headers } = await download(`${address()}/evidence-bundle`);
    expect([status, headers['content-disposition']]).toEqual([
      200,
      expect.stringMatching(/^attachment; filename="evidence-[0-9a-f]{8}\.zip"$/),
    ]);
    const bytes = new Uint8Array(body as Buffer);
    expect(Buffer.from(bytes).includes('SECRET')).toBe(false);
    const key = (await request(server.url).get('/log/key')).text.trim();
    const files = await openZip(memorySource(bytes));
    expect(files.paths.filter((path) => /^(sealed|keys)\//.test(path))).toEqual([]);
    const verdict = await verifyBundle(files, readTrust({ keys: [key] }, nodeSha256));
    expect(verdict.levels.filter(({ state }) => state === 'wrong')).toEqual([]);
    expect(verdict.levels[0]?.state).toBe('good');
    const strange = readTrust({ keys: [(await council()).key] }, nodeSha256);
    expect((await verifyBundle(files, strange)).levels[0]?.state).not.toBe('good');
  });

  it('is not made for what is not there, nor without end', async () => {
    expect((await download('/service-changes/00000000-0000-4000-8000-000000000000/evidence-bundle')).status).toBe(404);
    expect((await download(`/decisions/${promiseId}/evidence-bundle`)).status).toBe(404);
    const answers = [];
    for (let at = 0; at < 7; at++) answers.push((await download(`/decisions/${decisionId}/evidence-bundle`)).status);
    expect(answers).toContain(429);
  });

  it('for the giver of a view is a receipt: a proof of their own entry, and what it does not show', async () => {
    const page = await request(server.url)
      .get('/my-view/receipt')
      .set('Cookie', await asGiver());
    expect(page.text).toContain('It does not show that anything was done about it.');
    const file = await request(server.url)
      .get('/my-view/receipt.tlog-proof')
      .set('Cookie', await asGiver());
    const { index } = parseProofFile(file.text);
    expect(page.text).toContain(`Your view is entry ${Number(index) + 1} in the record.`);
    expect(file.text).not.toContain('SECRET');
    // It holds its own entry, so that it can be judged with nothing else but the key.
    const trust = readTrust({ keys: [(await request(server.url).get('/log/key')).text] }, nodeSha256);
    const { levels, shows } = await verifyProof(Buffer.from(file.text), undefined, trust);
    expect(levels.map(({ state }) => state)).toEqual(['good', 'not-checked', 'good']);
    expect(shows).toContain(`stands as number ${Number(index) + 1} in the record`);
    expect((await request(server.url).get('/my-view/receipt.tlog-proof')).status).toBe(404);
  });

  it('is explained where people look: how the seal stands, and by whom it was seen', async () => {
    const { text } = await request(server.url).get('/how-we-check');
    expect(text).toContain('This record is sealed');
    expect(text).toContain('0 independent witnesses');
    expect(text).toContain((await request(server.url).get('/log/key')).text.trim());
  });
});
