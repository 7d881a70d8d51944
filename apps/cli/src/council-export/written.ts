import { toBase64 } from '#transparency-log/base64';
import type { Vault } from '#vault/vault';
import { type Cell, csvText } from '../../../server/src/shell/csv.js';
import type { PeopleRow } from './council-people.js';
import type { ExportFolder } from './export-folder.js';
import type { Counts } from './manifest.js';
import { openEntry } from './open-entry.js';
import type { OwnEntry } from './own-entries.js';

const BEGIN = csvText([]).charAt(0);
/** One line of a table; the mark that says UTF-8 stands before the first only. */
const csvLine = (cells: readonly Cell[]): string => csvText([cells]).slice(BEGIN.length);

const HEADINGS = ['Entry', 'What', 'Where', 'Happened', 'Written down', 'By', 'Team', 'Words', 'Not readable', 'Id'];

/** The entries four times, in one order: as they were hashed, with a proof each, with the words in place, and as a table. */
export class EntryFiles {
  constructor(
    private readonly target: ExportFolder,
    private readonly counts: Counts,
  ) {
    for (const name of ['entries.jsonl', 'proofs.jsonl', 'events.jsonl']) target.file(name);
    target.file('events.csv').write(BEGIN + csvLine(HEADINGS));
  }

  add(own: OwnEntry, vault: Vault, path: readonly Uint8Array[], council: string): void {
    const { index, leaf, hash, entry } = own;
    const { sealed: _, data: __, v: ___, ...envelope } = entry;
    const { data, words, files, counts, restricted } = openEntry(vault, entry);
    const write = (name: string, line: object): void => this.target.file(name).write(`${JSON.stringify(line)}\n`);
    this.target.file('entries.jsonl').write(leaf);
    this.target.file('entries.jsonl').write('\n');
    write('proofs.jsonl', { index, id: entry.id, hash: toBase64(hash), path: path.map(toBase64) });
    write('events.jsonl', { index, ...envelope, data, ...(restricted.length > 0 && { restricted }) });
    const gone = counts.erased + counts.beingErased + counts.lost;
    this.target.file('events.csv').write(csvLine([
      index, entry.type, entry.stream, entry.occurredAt, entry.recordedAt, entry.actor.role, entry.about.team ?? null,
      words.join('\n'), gone || null, entry.id,
    ])); // prettier-ignore
    for (const file of files) this.target.whole(file.name, file.bytes);
    this.counts.entries++;
    if (entry.about.authority !== council) this.counts.takenOver++;
    this.counts.files += files.length;
    for (const [kind, count] of Object.entries(counts)) this.counts[kind as keyof typeof counts] += count;
  }
}

/** Rows as JSON lines; of people a table too, because somebody may have to write to them tomorrow. */
export class RowFile {
  rows = 0;

  constructor(
    private readonly target: ExportFolder,
    private readonly name: string,
  ) {
    target.file(name);
  }

  add(row: PeopleRow): void {
    this.target.file(this.name).write(`${JSON.stringify(row)}\n`);
    if (this.name === 'people.jsonl') this.addToTable(row);
    this.rows++;
  }

  private addToTable(row: PeopleRow): void {
    const table = this.target.file('people.csv');
    if (this.rows === 0) table.write(BEGIN + csvLine(Object.keys(row)));
    table.write(csvLine(Object.values(row).map((value) => (typeof value === 'boolean' ? (value ? 'yes' : 'no') : (value as Cell))))); // prettier-ignore
  }
}
