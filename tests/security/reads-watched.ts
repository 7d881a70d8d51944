import { parseSealedRef } from '#event-store/leaf';
import { People } from '#participants/people';
import { kindOfRead } from '#reads/what-counts';
import type { Noticed } from '#vault/noticing';
import { SealedFiles } from '#vault/sealed-files';
import { VaultRecords } from '#vault/vault-records';
import { type Opened, Vault } from '#vault/vault';
import type { TestServer } from '../http/server.js';

/** Puts `work` around a method of all things of a kind. */
const around = <R>(kind: object, name: string, work: (call: () => R, given: readonly unknown[], of: object) => R): void => {
  const own = Object.getOwnPropertyDescriptor(kind, name)?.value as (...given: unknown[]) => R;
  Object.defineProperty(kind, name, {
    configurable: true,
    value(this: object, ...given: unknown[]) {
      return work(() => own.apply(this, given), given, this);
    },
  });
}; // prettier-ignore

/** Watches what the vault gives out by standing before it: what it tells of itself is what is judged here. */
export class WatchedReads {
  private opened: Noticed[] = [];
  private isLookingThrough = false;
  private last = 0;

  constructor(private readonly server: TestServer) {
    around(Vault.prototype, 'open', (call: () => Opened, [ref]) => {
      const found = call();
      if (found.state === 'readable') this.opened.push(parseSealedRef(ref as string));
      return found;
    });
    around(VaultRecords.prototype, 'get', (call: () => object | undefined, [id], records) => {
      const found = call();
      if (found && !this.isLookingThrough) this.opened.push(this.record((records as { kind: string }).kind, id as string)); // prettier-ignore
      return found;
    });
    around(SealedFiles.prototype, 'open', (call: () => object, [ref]) => {
      const found = call();
      if ('bytes' in found) this.opened.push({ kid: (ref as string).split(' ')[1] ?? '', type: 'file', pointer: '' });
      return found;
    });
    // Looking through all names for one is no reading (ADR 37): whoever shows one opens it again.
    around(People.prototype, 'named', (call: () => unknown) => {
      this.isLookingThrough = true;
      const found = call();
      this.isLookingThrough = false;
      return found;
    });
  }

  /** Between two calls: what was opened, what of it counts as a read, and the lines that were written. */
  async since(): Promise<{ opened: number; counted: readonly string[]; noted: readonly string[] }> {
    // The line comes after the answer.
    await new Promise(setImmediate);
    await this.server.engine.reads.flush();
    const rows = this.server.engine.vault.database.db.prepare('SELECT * FROM personal_read WHERE n > ? ORDER BY n').all(this.last) as unknown as (Line & { n: number; place: string })[]; // prettier-ignore
    this.last = rows.at(-1)?.n ?? this.last;
    const opened = this.opened.splice(0);
    const counted = new Set(opened.flatMap((what) => this.lineOf(what) ?? []));
    return { opened: opened.length, counted: [...counted].sort(), noted: rows.map(said).sort() };
  } // prettier-ignore

  private record(record: string, id: string): Noticed {
    const { db } = this.server.engine.vault.database;
    const row = db.prepare('SELECT subject FROM record WHERE kind = ? AND id = ?').get(record, id);
    return { record, id, subject: (row?.['subject'] ?? null) as string | null };
  }

  private lineOf(what: Noticed): string | undefined {
    const { engine } = this.server;
    const key = 'kid' in what ? engine.vault.database.db.prepare('SELECT subject, stream FROM subject_key WHERE kid = ?').get(what.kid) : undefined; // prettier-ignore
    const view = /^contribution-(.*)$/.exec(String(key?.['stream'] ?? ''))?.[1] ?? null;
    const row = engine.rows.get<{ published: number; withdrawn_at: string | null; public_words: string | null }>('SELECT * FROM contribution WHERE id = ?', view ?? ''); // prettier-ignore
    const state = view === null ? undefined : { isPublic: row?.published === 1 && row.withdrawn_at === null, hasPublicVersion: row?.public_words != null }; // prettier-ignore
    const kind = kindOfRead(what, () => state, (id) => engine.rows.get('SELECT 1 FROM participant WHERE id = ?', id) !== undefined); // prettier-ignore
    const subject = 'kid' in what ? String(key?.['subject']) : (what.subject ?? what.id);
    return kind && said({ kind, subject, view });
  }
}

interface Line {
  readonly kind: string;
  readonly subject: string;
  readonly view: string | null;
}

const said = ({ kind, subject, view }: Line): string => `${kind} of ${subject}${view ? ` in ${view}` : ''}`;
