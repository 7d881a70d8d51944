import { Authorities } from '#authorities/authorities';
import type { Engine } from '#engine/engine';
import type { LogKeeper } from '#ledger/log-keeper';
import { toBase64 } from '#transparency-log/base64';
import { whileNoticing, type Noticed } from '#vault/noticing';
import { councilPeople } from './council-people.js';
import { ExportFolder } from './export-folder.js';
import { type ExportManifest, nothingYet } from './manifest.js';
import { ownEntries } from './own-entries.js';
import { readMe } from './read-me.js';
import { EntryFiles, RowFile } from './written.js';

/** Rows in one go: what was read is noted before the next. */
const CHUNK = 500;

/**
 * Everything that the record and the vault hold of one council, and nothing of another, in a new folder. It has its name
 * only when all of it is there and every read of something personal is noted. @throws Error that says what is wrong.
 */
export const exportCouncil = async (
  engine: Engine,
  keeper: LogKeeper,
  { council: code, folder }: { readonly council: string; readonly folder: string },
): Promise<ExportManifest> => {
  const council = new Authorities(engine.rows, engine.clock).get(code);
  if (!council) throw new Error(`There is no council "${code}". The command "councils list" names them all.`);
  const { published, tree } = keeper;
  if (!published) throw new Error('There is nothing sealed yet.');
  const { size, root, note, vkey } = published;
  const target = new ExportFolder(folder);
  const noted = notedReads(engine, code);
  try {
    const counts = nothingYet();
    const entries = new EntryFiles(target, counts);
    for (const page of ownEntries(tree.leaves, size, code)) {
      noted.read(() => page.forEach((each) => entries.add(each, engine.vault, tree.inclusion(each.index, size), code)));
      await noted.flush();
    }
    const beside: Record<string, number> = {};
    for (const [name, rows] of Object.entries(councilPeople(engine, code))) {
      const file = new RowFile(target, name);
      for (let part = noted.read(() => some(rows)); part.length > 0; part = noted.read(() => some(rows))) {
        part.forEach((row) => file.add(row));
        await noted.flush();
      }
      beside[name] = file.rows;
    }
    const { name, gss } = council;
    const madeAt = engine.clock.now().instant;
    const log = { key: vkey, size, root: toBase64(root) };
    target.whole('checkpoint.txt', note);
    target.whole('README.md', readMe({ name, madeAt, counts, beside, size }));
    const manifest = { v: 1, kind: 'council-export', madeAt, council: { code, name, gss }, log, counts, beside, files: target.close() } as const; // prettier-ignore
    target.whole('manifest.json', `${JSON.stringify(manifest, null, 2)}\n`);
    target.whole('SHA256SUMS', target.close().map((file) => `${file.sha256}  ${file.name}\n`).join('')); // prettier-ignore
    target.giveName();
    return manifest;
  } catch (error) {
    target.drop();
    throw error;
  }
};

const some = <T>(rows: Iterator<T>): readonly T[] => {
  const part: T[] = [];
  for (let next = rows.next(); !next.done; next = rows.next()) {
    part.push(next.value);
    if (part.length === CHUNK) break;
  }
  return part;
};

/** As somebody would read it page by page: what cannot be noted is not given away. */
const notedReads = ({ reads, clock }: Engine, council: string) => {
  const reader = { role: 'administrator', ref: 'command-line', authority: council };
  return {
    read: <T>(work: () => T): T => {
      const opened: Noticed[] = [];
      const result = whileNoticing((what) => opened.push(what), work);
      reads.note(reader, clock.now().instant, 'export', opened);
      return result;
    },
    flush: () => reads.flush(),
  };
};
