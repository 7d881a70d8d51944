import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Engine } from '#engine/engine';
import { Pledges } from '#pledge/pledges';
import { readMapping } from '../mapping/read-mapping.js';
import { type ImportRequest, type ImportResult, runImport } from '../apply/run-import.js';

/** A record of its own that files are imported into; for specs. */
export interface Recording {
  readonly engine: Engine;
  readonly folder: string;
  import(path: string, mapping: unknown, more?: Partial<ImportRequest>): Promise<ImportResult>;
  /** How many events stand in the log. */
  events(): Promise<number>;
  close(): Promise<void>;
}

export const openRecording = async (dataDir?: string): Promise<Recording> => {
  const folder = dataDir ?? mkdtempSync(join(tmpdir(), 'imported-'));
  const engine = Engine.open({ dataDir: join(folder, 'data') });
  engine.start();
  await engine.whenSeeded();
  return {
    engine,
    folder,
    import: async (path, mapping, more = {}) => {
      const result = await runImport(
        {
          recorder: engine.recorder,
          clock: engine.clock,
          dataDir: engine.settings.dataDir,
          key: engine.vault.database.master.derive('import-fields'),
          isAuthority: (code) => engine.rows.get('SELECT 1 FROM authority WHERE code = ?', code) !== undefined,
          holds: {
            isPart: (pledge, part) => new Pledges(engine.rows, engine.clock).hasPart(pledge, part),
            isPledge: (pledge) => new Pledges(engine.rows, engine.clock).codes().includes(pledge),
          },
          isRecorded: (id) =>
            engine.rows.get('SELECT 1 FROM node WHERE id = ?1 UNION ALL SELECT 1 FROM commitment WHERE id = ?1', id) !==
            undefined,
        },
        { path, mapping: readMapping(mapping), mappingText: JSON.stringify(mapping), rejectsPath: null, ...more },
      );
      await engine.caughtUp(result.applied?.last ?? null, 60_000);
      return result;
    },
    events: async () => {
      let count = 0;
      for await (const _event of engine.store.readAll()) count++;
      return count;
    },
    close: async () => {
      await engine.close();
      if (dataDir === undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
};
