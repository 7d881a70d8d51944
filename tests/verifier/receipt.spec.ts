import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { nodeSha256 } from '#transparency-log/node-sha256';
import { formatProofFile } from '#transparency-log/proof-file';
import { grown, hasher } from '#transparency-log/testing/grown-tree';
import { inclusionProof } from '#transparency-log/tree-proofs';
import { VerificationError } from '#transparency-log/verification-error';
import { council } from '#verifier/testing/test-bundle';
import { exampleLog } from '#verifier/testing/test-log';
import { readTrust } from '#verifier/trust';
import { type Verdict, verdictLines } from '#verifier/verdict';
import { verifyProof } from '#verifier/verify-proof';
import { closePage, openPage, startBrowser, stopBrowser } from '../browser/browser.js';
import { desk, verifyCommand } from './command.js';

const root = join(import.meta.dirname, '../..');

/** A proof, what is given with it, and what the levels should come to: signed, cosigned, included. */
interface Case {
  readonly proof: Uint8Array;
  readonly entry?: Uint8Array;
  readonly key?: string;
  readonly policy?: string;
  readonly states: string | undefined;
}

describe('a single proof, such as a receipt', () => {
  const { at, clear } = desk();
  const { leaves } = exampleLog(4).log;
  const { nodes, roots } = grown(leaves);
  const size = leaves.length;
  const cases: Record<string, Case> = {};
  let page: Page;

  beforeAll(async () => {
    const { key, policy, note } = await council();
    const [few, other] = [await council('other.example/log'), { key, policy }];
    const seal = await note(size, roots[size]!);
    const of = (index: number, extra?: Uint8Array, sealed = seal): string =>
      formatProofFile({ extra, index, path: inclusionProof(hasher, nodes, index, size), note: sealed });
    const bytes = (text: string): Uint8Array => Buffer.from(text);
    const [own, neighbour] = [leaves[3]!, leaves[4]!];
    const good = of(3, own);
    const spoilt = good.replace(/^([A-Za-z])(.{42}=)$/m, (_, first: string, rest: string) => (first === 'A' ? 'B' : 'A') + rest); // prettier-ignore
    Object.assign(cases, {
      'with its entry inside': { proof: bytes(good), ...other, states: 'good good good' },
      'with its entry beside it': { proof: bytes(of(3)), entry: own, ...other, states: 'good good good' },
      'without its entry': { proof: bytes(of(3)), ...other, states: 'good good not-checked' },
      'without a key': { proof: bytes(good), states: 'not-checked not-checked good' },
      'with the key of somebody else': { proof: bytes(good), key: few.key, states: 'wrong not-checked good' },
      'with another entry inside': { proof: bytes(of(3, neighbour)), ...other, states: 'good good wrong' },
      'with another entry beside it': { proof: bytes(good), entry: neighbour, ...other, states: 'good good wrong' },
      'with another index': { proof: bytes(good.replace('index 3\n', 'index 4\n')), ...other, states: 'good good wrong' }, // prettier-ignore
      'with a hash that was changed': { proof: bytes(spoilt), ...other, states: 'good good wrong' },
      // One path may fit two sizes. The signature does not, and then the whole shows nothing.
      'with a size that was changed': { proof: bytes(good.replace(`\n${size}\n`, `\n${size + 1}\n`)), key, states: 'wrong not-checked good' }, // prettier-ignore
      'that too few have seen': { proof: bytes(of(3, own, await note(size, roots[size]!, 1))), ...other, states: 'good wrong good' }, // prettier-ignore
      'of another version': { proof: bytes(good.replace('@v1', '@v2')), ...other, states: undefined },
      'with Windows lines': { proof: bytes(good.replaceAll('\n', '\r\n')), ...other, states: undefined },
      'with an index that could be written shorter': { proof: bytes(good.replace('index 3', 'index 03')), ...other, states: undefined }, // prettier-ignore
      'that ends early': { proof: bytes(good.slice(0, -1)), ...other, states: undefined },
    } satisfies Record<string, Case>);
    for (let index = 0; index < size; index += 1) cases[`of entry ${index}`] = { proof: bytes(of(index, leaves[index])), ...other, states: 'good good good' }; // prettier-ignore
    const built = spawnSync(process.execPath, [join(root, 'scripts/verifier.mjs'), at('')], { cwd: root, encoding: 'utf8' }); // prettier-ignore
    expect(built.stderr).toBe('');
    await startBrowser();
    page = await openPage(pathToFileURL(at('verifier.html')).href);
  }, 60_000);
  afterAll(async () => {
    await closePage(page);
    await stopBrowser();
    clear();
  });

  const judged = async ({ proof, entry, key, policy }: Case): Promise<Verdict | string> => {
    try {
      return await verifyProof(proof, entry, readTrust({ keys: key ? [key] : [], policy }, nodeSha256));
    } catch (error) {
      if (error instanceof VerificationError) return `This cannot be read: ${error.message}.`;
      throw error;
    }
  };

  const shown = async ({ proof, entry, key, policy }: Case): Promise<{ status: string; json: string; lines: string[] }> => {
    await page.reload();
    const give = (id: string, bytes: Uint8Array | string) => page.setInputFiles(`#${id}`, { name: id, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes as string) }); // prettier-ignore
    await give('bundle', proof);
    if (entry) await give('entry', entry);
    if (policy) await give('policy', policy);
    await page.fill('#key', key ?? '');
    await page.click('button[type=submit]');
    await page.locator('#status', { hasText: /^(Checked\.|This cannot|The check could)/ }).waitFor();
    return page.evaluate(`({
      json: document.querySelector('#json').textContent,
      status: document.querySelector('#status').textContent,
      lines: [...document.querySelectorAll('#head p, #levels h3, #levels p, #result > h3, #not-proven li')].map((each) => each.textContent),
    })`);
  }; // prettier-ignore

  it('gets the same verdict in the page, opened from a disk, as here, whatever was done to it', async () => {
    for (const [name, each] of Object.entries(cases)) {
      const [verdict, seen] = [await judged(each), await shown(each)];
      if (typeof verdict === 'string') {
        expect([name, seen.status, each.states]).toEqual([name, verdict, undefined]);
        continue;
      }
      expect([name, verdict.levels.map(({ state }) => state).join(' ')]).toEqual([name, each.states]);
      expect([name, seen.json, seen.lines]).toEqual([name, JSON.stringify(verdict), verdictLines(verdict)]);
    }
    process.stdout.write(`${Object.keys(cases).length} proof files: the same verdict in the page and in Node\n`);
  }, 120_000);

  it('says in one sentence what it shows, and in one what it does not', async () => {
    const { lines } = await shown(cases['with its entry inside']!);
    expect(lines).toContain(`It shows that this entry was written down, and stands as number 4 in the record that was signed.`); // prettier-ignore
    expect(lines).toContain('That anything was done about it. It shows that something was written down, not what became of it.'); // prettier-ignore
    expect((await shown(cases['with another entry inside']!)).lines).toContain('It shows nothing: something in it is wrong.'); // prettier-ignore
  });

  it('is judged by the command in the same words, with its exit codes', async () => {
    const run = (name: string, ...more: string[]) => {
      const { proof, key, policy } = cases[name]!;
      writeFileSync(at('receipt.tlog-proof'), proof);
      writeFileSync(at('policy.txt'), policy ?? '');
      return verifyCommand(at('receipt.tlog-proof'), '--key', key ?? '', '--policy', at('policy.txt'), ...more);
    };
    const good = run('with its entry inside');
    expect(good).toMatchObject({ code: 0, lines: verdictLines((await judged(cases['with its entry inside']!)) as Verdict) }); // prettier-ignore
    writeFileSync(at('entry'), cases['with another entry beside it']!.entry!);
    expect(run('with its entry inside', '--entry', at('entry')).code).toBe(1);
    expect(run('of another version')).toMatchObject({ code: 2, errors: `${(await judged(cases['of another version']!)) as string}\n` }); // prettier-ignore
    expect(run('with its entry inside', '--drill', '10').code).toBe(2);
  }, 60_000);
});
