import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { emptyLog } from '#event-store/sqlite/connection';
import type { Opener } from '#projections/projection';
import type { Rows } from '#projections/rows';
import { SEARCH_ROWS } from '#projections/tokens';
import { Vault } from '#vault/vault';
import { forget, indexWords } from './index-words.js';

/**
 * Keeps the index true to the keys. Erasing words destroys their key, which is no event: whoever erases calls `forget`;
 * what was erased while this process was not running is forgotten when it starts; and nothing is shown whose key is gone.
 */
@Injectable()
export class Erased implements OnApplicationBootstrap {
  private readonly opener: Opener;

  constructor(
    @Inject(SEARCH_ROWS) private readonly rows: Rows,
    private readonly vault: Vault,
  ) {
    this.opener = (ref) => {
      const opened = vault.open<never>(ref);
      return opened.state === 'readable' ? opened.value : undefined;
    };
  }

  onApplicationBootstrap(): void {
    const gone = this.vault.database.db.prepare('SELECT kid FROM erased_key').all() as { kid: string }[];
    this.forget(gone.map(({ kid }) => kid));
  }

  /** Takes everything sealed with these keys out of the index, and out of its write-ahead log. */
  forget(kids: readonly string[]): void {
    const found = kids.flatMap((kid) => this.rows.all<{ n: number }>('SELECT n FROM search_key WHERE kid = ?', kid));
    for (const { n } of found) this.put(n);
    if (found.length > 0) emptyLog(this.rows.db);
  }

  /** Puts words back that were kept out while their keys were closed. */
  remember(kids: readonly string[]): void {
    for (const kid of kids)
      for (const { n } of this.rows.all<{ n: number }>('SELECT n FROM search_entry WHERE instr(words, ?) > 0', kid))
        this.put(n);
  }

  /** How many entries still hold words that were sealed with these keys. */
  countOf(kids: readonly string[]): number {
    return kids.reduce(
      (sum, kid) =>
        sum + (this.rows.get<{ n: number }>('SELECT count(*) AS n FROM search_key WHERE kid = ?', kid)?.n ?? 0),
      0,
    );
  }

  /** The indexed words of entries in which nothing was sealed with other keys than these. */
  wordsOf(kids: readonly string[]): string[] {
    const all = JSON.stringify(kids);
    return this.rows
      .all<{ body: string }>(
        `SELECT t.body FROM search_text t WHERE t.rowid IN (SELECT n FROM search_key WHERE kid IN (SELECT value FROM json_each(?1)))
           AND NOT EXISTS (SELECT 1 FROM search_key o WHERE o.n = t.rowid AND o.kid NOT IN (SELECT value FROM json_each(?1)))`,
        all,
      )
      .map(({ body }) => body);
  }

  /** Whether all words of an entry may still be shown; if not, what is left of it is indexed anew. */
  isWhole(n: number): boolean {
    const keys = this.rows.all<{ kid: string }>('SELECT kid FROM search_key WHERE n = ?', n);
    const isWhole = keys.every(({ kid }) => {
      const state = this.vault.keyState(kid);
      return state !== undefined && 'key' in state;
    });
    if (!isWhole) this.put(n);
    return isWhole;
  }

  private put(n: number): void {
    forget(this.rows, n);
    indexWords(this.rows, n, this.opener);
  }
}
