import type { Rows } from '#projections/rows';
import type { Noticed } from '#vault/noticing';
import type { Vault } from '#vault/vault';
import { kindOfRead, type ReadKind, type ViewState } from './what-counts.js';

/** Who read, as events name them: never a name. */
export interface Reader {
  readonly role: string;
  readonly ref: string;
  readonly authority?: string;
}

export interface PersonalRead {
  readonly at: string;
  readonly role: string;
  readonly ref: string;
  readonly authority: string;
  /** Whose it was: a random id. */
  readonly subject: string;
  /** Of a view: which. */
  readonly view: string | null;
  readonly kind: ReadKind;
  /** The page or command, without ids. */
  readonly place: string;
}

const SCHEMA = `
CREATE TABLE IF NOT EXISTS personal_read (
  n INTEGER PRIMARY KEY, at TEXT NOT NULL, role TEXT NOT NULL, ref TEXT NOT NULL, authority TEXT NOT NULL, subject TEXT NOT NULL,
  view TEXT, kind TEXT NOT NULL, place TEXT NOT NULL) STRICT;
CREATE INDEX IF NOT EXISTS personal_read_of ON personal_read (subject, n);
CREATE INDEX IF NOT EXISTS personal_read_in ON personal_read (authority, n);
CREATE INDEX IF NOT EXISTS personal_read_at ON personal_read (at);`;

const FLUSH_MS = 1_000;
const MOST_WAITING = 200;

/**
 * Who of the staff opened what of whom: one line for each person and kind of thing in each request. Written in batches
 * after the answer was sent, so that no page waits for it; the last second of a server that is killed may be missing.
 */
export class PersonalReads {
  private waiting: PersonalRead[] = [];
  private timer: NodeJS.Timeout | undefined;
  private readonly statements;

  constructor(
    private readonly vault: Vault,
    private readonly rows: Rows,
  ) {
    const { db } = vault.database;
    db.exec(SCHEMA);
    this.statements = {
      insert: db.prepare('INSERT INTO personal_read (at, role, ref, authority, subject, view, kind, place) VALUES (?, ?, ?, ?, ?, ?, ?, ?)'), // prettier-ignore
      owner: db.prepare('SELECT subject, stream FROM subject_key WHERE kid = ?'),
      list: db.prepare('SELECT * FROM personal_read WHERE (?1 IS NULL OR authority = ?1) AND (?2 IS NULL OR subject = ?2) AND (?3 IS NULL OR view = ?3) AND n < ?4 ORDER BY n DESC LIMIT ?5'), // prettier-ignore
    };
  }

  /** What was opened while one request was answered. Answers how many reads that were. */
  note(reader: Reader, at: string, place: string, opened: readonly Noticed[]): number {
    const seen = new Map<string, PersonalRead>();
    for (const what of opened) {
      const kind = kindOfRead(what, this.viewOf, this.isParticipant);
      if (!kind) continue;
      const { subject, view } = this.whose(what);
      const { role, ref, authority = this.councilOf(view ?? subject) } = reader;
      seen.set(`${kind} ${subject} ${view ?? ''}`, { at, role, ref, authority, subject, view, kind, place });
    }
    this.waiting.push(...seen.values());
    if (this.waiting.length >= MOST_WAITING) void this.flush().catch(() => undefined);
    else if (this.waiting.length > 0)
      this.timer ??= setTimeout(() => void this.flush().catch(() => undefined), FLUSH_MS).unref();
    return seen.size;
  }

  /** Resolves when everything noted so far is durable. */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const batch = this.waiting;
    this.waiting = [];
    if (batch.length === 0) return;
    try {
      await this.vault.database.commits.run(() => {
        for (const { at, role, ref, authority, subject, view, kind, place } of batch)
          this.statements.insert.run(at, role, ref, authority, subject, view, kind, place);
      });
    } catch (error) {
      // Kept for the next try, but not without end: the server stops by itself when its disk is broken.
      if (this.waiting.length < 100_000) this.waiting = [...batch, ...this.waiting];
      throw error;
    }
  }

  /** Newest first. */
  list(filter: { authority?: string; subject?: string; view?: string; before?: number; limit?: number }): readonly (PersonalRead & { readonly n: number })[] {
    const { authority = null, subject = null, view = null, before = Number.MAX_SAFE_INTEGER, limit = 50 } = filter;
    return this.statements.list.all(authority, subject, view, before, limit) as never;
  } // prettier-ignore

  /** Whoever may read of every council is answered for by the one that they read of. */
  private councilOf(id: string): string {
    const sql =
      'SELECT authority FROM contribution WHERE id = ?1 UNION ALL SELECT authority FROM participant WHERE id = ?1';
    return this.rows.get<{ authority: string }>(sql, id)?.authority ?? '';
  }

  private whose(what: Noticed): { subject: string; view: string | null } {
    if ('record' in what) return { subject: what.subject ?? what.id, view: null };
    const { subject = what.kid, stream = '' } = this.statements.owner.get(what.kid) as { subject?: string; stream?: string } ?? {}; // prettier-ignore
    return { subject, view: viewIn(stream) };
  }

  private readonly viewOf = (kid: string): ViewState | undefined => {
    const { stream = '' } = (this.statements.owner.get(kid) as { stream?: string } | undefined) ?? {};
    const view = viewIn(stream);
    if (!view) return undefined;
    const row = this.rows.get<{ published: number; withdrawn_at: string | null; public_words: string | null }>(
      'SELECT published, withdrawn_at, public_words FROM contribution WHERE id = ?',
      view,
    );
    // What nobody has in a list yet is not public.
    return { isPublic: row?.published === 1 && row.withdrawn_at === null, hasPublicVersion: row?.public_words != null };
  };

  private readonly isParticipant = (id: string): boolean =>
    this.rows.get('SELECT 1 FROM participant WHERE id = ?', id) !== undefined;
}

const viewIn = (stream: string): string | null =>
  stream.startsWith('contribution-') ? stream.slice('contribution-'.length) : null;
