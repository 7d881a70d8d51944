import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { hasher } from '#transparency-log/testing/grown-tree';
import { VerificationError } from '#transparency-log/verification-error';
import { ChildSigner } from './child-signer.js';
import { runSigner } from './run-signer.js';
import { HttpSigner } from './signer-client.js';
import { formatSignRequest, parseSignRequest } from './signer-messages.js';
import { signerFromSources } from './testing/child-command.js';

const root = hasher.leaf(Buffer.from('the only entry'));
const request = { size: 1, root, from: 0, proof: [], seen: [] };

describe('the signer as a process of its own', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'signer-server-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const child = (more: object = {}) =>
    new ChildSigner({ folder: join(folder, 's'), origin: 'example.org/log', command: signerFromSources(), ...more });

  it('signs for its parent, is started again when it was killed, and ends when told', async () => {
    const signer = child();
    const note = await signer.sign(request);
    const pid = (await signer.pid())!;
    process.kill(pid, 'SIGKILL');
    expect(await signer.sign(request)).toEqual(note);
    const second = (await signer.pid())!;
    expect(second).not.toBe(pid);
    await signer.close();
    expect(() => process.kill(second, 0)).toThrow('ESRCH');
    await expect(signer.log()).rejects.toThrow('closed');
  });

  it('says why it does not start', async () => {
    await expect(child({ command: [process.execPath, '-e', 'console.error("no disk"); process.exit(1)'] }).log()).rejects.toThrow('no disk'); // prettier-ignore
    await expect(child({ command: ['/nowhere/signer'] }).log()).rejects.toThrow('cannot be started');
  });

  it('answers nobody without its token, and only what it knows', async () => {
    const server = await runSigner({ folder, origin: 'example.org/log', port: 0 });
    const token = readFileSync(join(folder, 'token'), 'utf8').trim();
    expect(new URL(server.url).hostname).toBe('127.0.0.1');
    expect((await new HttpSigner(server.url, token).log()).size).toBe(0);
    for (const wrong of ['', 'x', token.slice(1), `${token}x`])
      await expect(new HttpSigner(server.url, wrong).sign(request)).rejects.toThrow('401');
    const headers = { authorization: `Bearer ${token}` };
    const statusOf = async (path: string, init: object = {}) =>
      (await fetch(`${server.url}${path}`, { headers, ...init })).status;
    expect(await statusOf('/seed')).toBe(404);
    expect(await statusOf('/sign')).toBe(404);
    for (const body of ['', '{', 'null', '[]', '{"size":1}', JSON.stringify({ ...JSON.parse(formatSignRequest(request)), size: 0 })])
      expect([body, await statusOf('/sign', { method: 'POST', body })]).toEqual([body, 400]);
    expect(await statusOf('/sign', { method: 'POST', body: 'x'.repeat(5_000_000) }).catch(() => 400)).toBe(400);
    expect((await new HttpSigner(server.url, token).log()).size).toBe(0);
    await server.close();
  }); // prettier-ignore
});

describe('what is said to the signer', () => {
  it('reads what was written, and nothing else without saying so', () => {
    expect(parseSignRequest(formatSignRequest({ ...request, proof: [root], seen: ['a\n'] }))).toEqual({ ...request, proof: [root], seen: ['a\n'] }); // prettier-ignore
    const anything = fc.oneof(
      fc.string(),
      fc.json(),
      fc.record({ size: fc.anything(), root: fc.anything(), from: fc.anything(), proof: fc.anything(), seen: fc.anything() }).map((value) => JSON.stringify(value) ?? ''),
    ); // prettier-ignore
    fc.assert(
      fc.property(anything, (text) => {
        try {
          parseSignRequest(text);
        } catch (error) {
          if (!(error instanceof VerificationError)) throw error;
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
