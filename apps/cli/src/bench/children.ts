import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const TOOL = fileURLToPath(new URL('../main.js', import.meta.url));

export interface Measured {
  readonly events: number;
  readonly seconds: number;
  readonly eventsPerSecond: number;
  readonly peakMiB: number;
}

/** Runs a program in a process of its own, so that its memory is its own. @returns the lines that it prints. */
export const runAlone = (command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<string[]> =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(said.trim().split('\n'));
      else reject(new Error(`${args.join(' ')} ended with ${code}`));
    });
  });

export const runTool = (args: readonly string[], dataDir: string): Promise<string[]> =>
  runAlone(process.execPath, ['--no-warnings', TOOL, ...args], { DATA_DIR: dataDir, LOG_LEVEL: 'silent' });

const figuresOf = async (args: readonly string[], dataDir: string): Promise<object[]> =>
  (await runTool(args, dataDir)).map((line) => JSON.parse(line) as object);

/** Every read model, one after another; each reads the whole log. */
export const benchRebuild = async (dataDir: string): Promise<Measured & { readonly projections: number }> => {
  const figures = (await figuresOf(['rebuild', '--json'], dataDir)) as Measured[];
  const events = figures.reduce((sum, each) => sum + each.events, 0);
  const seconds = figures.reduce((sum, each) => sum + each.seconds, 0);
  return {
    projections: figures.length,
    events,
    seconds: Number(seconds.toFixed(1)),
    eventsPerSecond: Math.round(events / seconds),
    peakMiB: Math.max(...figures.map(({ peakMiB }) => peakMiB)),
  };
};

export const benchImport = async (dataDir: string, path: string, mapping: string): Promise<Measured> => {
  const begin = performance.now();
  const [result] = (await figuresOf(['import', path, '--mapping', mapping, '--json'], dataDir)) as [
    { applied: { events: number }; peakMiB: number },
  ];
  const seconds = (performance.now() - begin) / 1000;
  const { events } = result.applied;
  return {
    events,
    seconds: Number(seconds.toFixed(1)),
    eventsPerSecond: Math.round(events / seconds),
    peakMiB: result.peakMiB,
  };
};
