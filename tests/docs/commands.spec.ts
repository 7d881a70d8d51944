import 'reflect-metadata';
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { parseQuickCapture } from '#meetings/quick-capture';
import { throughline } from '../../apps/cli/src/program.js';

const root = join(import.meta.dirname, '../..');
const documents = [
  'README.md',
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' }).map((path) => join('docs', path)),
]
  .filter((path) => path.endsWith('.md'))
  .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
const scripts = (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> })
  .scripts;

/** Lines that a reader is told to type. */
const shellLines = documents.flatMap(({ path, text }) =>
  [...text.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block = '']) =>
    block
      .split('\n')
      .filter((line) => line.trim() !== '' && !line.startsWith('#'))
      .map((line) => ({ path, line: line.trim() })),
  ),
);

describe('what the documents tell people to type', () => {
  it('names only scripts that there are', () => {
    const named = documents.flatMap(({ path, text }) =>
      [...text.matchAll(/npm run ([\w:-]+)/g)].map(([, script = '']) => ({ path, script })),
    );
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter(({ script }) => !(script in scripts))).toEqual([]);
  });

  it('gives every command only options that it takes', () => {
    const typed = shellLines.filter(({ line }) => line.startsWith('npm run throughline -- '));
    expect(typed.length).toBeGreaterThan(3);
    const wrong = typed.filter(({ line }) => {
      const words = line.slice('npm run throughline -- '.length).split(/\s+/);
      let command: Command | undefined = throughline();
      while (words[0] && command?.commands.some((each) => each.name() === words[0])) {
        const name = words.shift();
        command = command.commands.find((each) => each.name() === name);
      }
      const known = new Set(['--help', ...(command?.options.map(({ long }) => long ?? '') ?? [])]);
      const isCommand = command !== undefined && command.name() !== 'throughline';
      return (
        !(isCommand || words.includes('--help')) || words.some((word) => word.startsWith('--') && !known.has(word))
      );
    });
    expect(wrong).toEqual([]);
  });

  it('has a row for every command in the reference', () => {
    const reference = documents.find(({ path }) => path.endsWith('command-line.md'))?.text ?? '';
    for (const command of throughline().commands) expect(reference).toContain(`\`${command.name()}`);
  });

  it('leads only to documents that are there', () => {
    const missing = documents.flatMap(({ path, text }) =>
      [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)]
        .map(([, link = '']) => join(path, '..', link))
        .filter((target) => !documents.some((each) => each.path === target))
        .filter((target) => {
          try {
            return readdirSync(join(root, target)).length === 0;
          } catch {
            return !readdirSync(join(root, target, '..')).includes(target.split('/').at(-1) ?? '');
          }
        })
        .map((target) => `${path} → ${target}`),
    );
    expect(missing).toEqual([]);
  });

  it('types lines in the tutorial that are all understood', () => {
    const tutorial = documents.find(({ path }) => path.includes('tutorial'))?.text ?? '';
    const lines = /```\n(view[\s\S]*?)```/.exec(tutorial)?.[1] ?? '';
    const { problems, data } = parseQuickCapture(lines, '2026-11-23');
    expect(lines.trim().split('\n')).toHaveLength(6);
    expect([problems, data.unsorted]).toEqual([[], []]);
  });
});

describe('npm start', () => {
  let server: ChildProcess;
  const folder = mkdtempSync(join(tmpdir(), 'start-'));
  afterAll(() => {
    // The whole group: npm, the script and the server.
    if (server.pid) process.kill(-server.pid, 'SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  it('builds what is needed, says where it is, and can serve', async () => {
    server = spawn('npm', ['start'], {
      cwd: root,
      detached: true,
      env: { ...process.env, PORT: '0', DATA_DIR: join(folder, 'data') },
    });
    let said = '';
    const address = await new Promise<string>((resolve, reject) => {
      server.stdout?.on('data', (chunk: Buffer) => {
        said += chunk.toString();
        const found = /Throughline is at (\S+)/.exec(said)?.[1];
        if (found) resolve(found);
      });
      server.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
      server.on('exit', () => reject(new Error(said)));
    });
    const ready = async () => (await fetch(`${address}/health/ready`)).status;
    for (let tries = 0; tries < 100 && (await ready()) !== 200; tries++)
      await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await ready()).toBe(200);
    expect(await (await fetch(address)).text()).toContain('What happened to my view');
  }, 180_000);
});
