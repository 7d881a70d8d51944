import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { About, Recorded } from '#kernel/event';
import { openReadDatabase, transaction } from '#projections/read-database';
import type { Vault } from '#vault/vault';
import { Erased } from '../erased.js';
import { searchProjection } from '../search.projection.js';
import { type Found, Search, SearchHandler } from '../search.queries.js';

const CATEGORY: Readonly<Record<string, string>> = { v: 'contribution', t: 'discussion', d: 'decision', p: 'serviceChange', m: 'meeting', g: 'team' }; // prettier-ignore

/** Test code: an index over words whose keys can be destroyed, in a file whose bytes can be looked at. */
export class Library {
  readonly folder = mkdtempSync(join(tmpdir(), 'search-'));
  readonly rows = openReadDatabase(join(this.folder, 'search.db'));
  private readonly words = new Map<string, string>();
  private readonly destroyed = new Set<string>();
  private readonly vault = {
    open: (ref: string) =>
      this.destroyed.has(ref.split(' ')[3] ?? '') ? { state: 'erased', on: '2026-11-23' } : { state: 'readable', value: this.words.get(ref) },
    keyState: (kid: string) => (this.destroyed.has(kid) ? { erasedOn: '2026-11-23' } : { key: new Uint8Array() }),
    database: { db: { prepare: () => ({ all: () => [...this.destroyed].map((kid) => ({ kid })) }) } },
  } as unknown as Vault; // prettier-ignore
  readonly erased = new Erased(this.rows, this.vault);
  private readonly search = new SearchHandler(this.rows, this.erased);
  private count = 0;

  constructor() {
    this.rows.db.exec(searchProjection.tables);
  }

  sealed(words: string, kid = 'key'): { sealed: string } {
    const ref = `e${this.words.size} t /words ${kid} iv 1 h${this.words.size}`;
    this.words.set(ref, words);
    return { sealed: ref };
  }
  destroy(kid: string): void {
    this.destroyed.add(kid);
  }

  tell(thing: string, type: string, data: object = {}, about: About = {}, causes: readonly string[] = []): this {
    const at = '2026-11-02T09:00:00.000Z';
    const event: Recorded = {
      id: `e${++this.count}`, stream: `${CATEGORY[thing[0] ?? ''] ?? 'x'}-${thing}`, revision: 0, position: String(this.count).padStart(16, '0'),
      type, data, occurredAt: at, recordedAt: at, actor: { role: 'chair', ref: 'r' },
      about: { authority: 'essex', ...about }, cause: { command: 'c', correlation: 'c', events: causes },
    }; // prettier-ignore
    const opener = (ref: string) => {
      const opened = this.vault.open<never>(ref);
      return opened.state === 'readable' ? opened.value : undefined;
    };
    transaction(this.rows, () => searchProjection.on[type]?.(this.rows, event as never, opener));
    return this;
  }
  view(id: string, words: string, more: { kid?: string; attribution?: string; published?: boolean } = {}, about?: About) {
    const { kid = id, ...rest } = more;
    return this.tell(id, 'ContributionReceived', { words: this.sealed(words, kid), attribution: 'group', ...rest }, about);
  } // prettier-ignore
  decide(id: string, statement: string, reason: string, about?: About) {
    const data = { statement: this.sealed(statement), reason: { codes: [], words: this.sealed(reason) }, alternatives: [] };
    return this.tell(id, 'DecisionMade', data, about);
  } // prettier-ignore

  find(text: string, filter: Search['filter'] = {}): Promise<Found> {
    return this.search.execute(new Search(text, filter));
  }
  async ids(text: string, filter: Search['filter'] = {}): Promise<string[]> {
    return (await this.find(text, filter)).items.map(({ id }) => id);
  }

  /** Everything the index keeps on disk, as text. */
  bytes(): string {
    return ['', '-wal'].map((suffix) => join(this.folder, `search.db${suffix}`))
      .map((path) => (existsSync(path) ? readFileSync(path, 'latin1') : '')).join('').toLowerCase();
  } // prettier-ignore
  close(): void {
    this.rows.db.close();
    rmSync(this.folder, { recursive: true });
  }
}
