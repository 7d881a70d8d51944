import { dirname, resolve } from 'node:path';
import type { EventStore } from '#event-store/event-store';
import { emptyLog } from '#event-store/sqlite/connection';
import { besideOf, removeBeside } from '#projections/rebuild';
import type { Rows } from '#projections/rows';
import { Erased } from '#search/erased';
import { searchProjection } from '#search/search.projection';
import type { Vault } from '#vault/vault';
import type { FreePlace, PersonalStore } from './personal-store.js';
import { olderCopies } from './stores/older-copies.js';
import { personAccounts } from './stores/person-accounts.js';
import { sessions } from './stores/sessions.js';
import { SealedWords } from './stores/sealed-words.js';
import { cards, deliveries, drafts, letters, names, subjectKeys } from './stores/vault-stores.js';

export interface StoreParts {
  readonly vault: Vault;
  readonly store: EventStore;
  readonly searchRows: Rows;
  /** Left out: there is nothing beside the data. */
  readonly beside?: { readonly dataDir: string; readonly erasures: string };
}

/**
 * Every store that may hold something about a person. To add one: write it beside the others, add a line here.
 * `tests/log/erase-a-person.spec.ts` looks through a data folder that was used and fails for what nobody declared.
 */
export const everyStore = (parts: StoreParts): readonly PersonalStore[] => [
  subjectKeys(parts.vault),
  new SealedWords(parts.vault, parts.store),
  searchIndex(parts),
  drafts(parts.vault),
  cards(parts.vault),
  deliveries(parts.vault, parts.store),
  letters(parts.vault),
  sessions(parts.vault),
  names(parts.vault),
  personAccounts(parts.vault),
  ...(parts.beside ? [olderCopies(resolve(parts.beside.dataDir), parts.beside.erasures)] : []),
];

const searchIndex = ({ searchRows, vault }: StoreParts): PersonalStore => {
  const erased = new Erased(searchRows, vault);
  const beside = besideOf(dirname(searchRows.db.location() ?? ''), searchProjection.name);
  return {
    name: 'search-index',
    title: 'The search index',
    holds: ['search.db/search_*', 'rebuild-search.db/*'],
    async purge({ kids }) {
      // First, so that no rebuild under way puts back what is taken out below.
      removeBeside(beside);
      const count = erased.countOf(kids);
      erased.forget(kids);
      // Also what the index itself had taken out before, when it saw that a key was closed.
      emptyLog(searchRows.db);
      return count;
    },
    left: async ({ kids }) => erased.countOf(kids),
    copy: async ({ kids }) => erased.wordsOf(kids),
  };
};

/** Declared free of personal data, each with the reason. The data folder first, then the folders beside it. */
export const FREE_PLACES: readonly FreePlace[] = [
  { place: 'events.db/*', because: 'the log: personal words are sealed and lie elsewhere; people are random ids' },
  { place: 'leaves.db/*', because: 'the leaves of the log by place, as above' },
  { place: 'ledger.db/*', because: 'hashes, signed checkpoints and the names of witnesses' },
  { place: 'read.db/*', because: 'ids, codes, dates and references to sealed words, which are opened when asked' },
  { place: 'search.db/checkpoint', because: 'how far the index has read' },
  { place: 'rebuild-*.db/*', because: 'a read model that is being built, as in read.db; that of the search index is a place of its own' }, // prettier-ignore
  { place: 'sealed.db/pair', because: 'a random number that ties the files together' },
  { place: 'vault.db/meta', because: 'check values and keys of no person' },
  { place: 'vault.db/erased_key', because: 'ids of keys that are gone, with the day' },
  { place: 'vault.db/erased_subject', because: 'random ids that must not be given a key again, with the day' },
  { place: 'vault.db/closed_subject', because: 'random ids whose words are not shown, with why and since when' },
  { place: 'vault.db/erasure', because: 'what an erasure under way has to do, in ids; empty otherwise' },
  { place: 'imports.db/*', because: 'keyed digests of what a source said, so that a change is noticed' },
  {
    place: 'vault.db/personal_read',
    because:
      'who of the staff opened what kind of thing of which random id, and when; never what it says. It outlives an erasure, so that nobody can hide what they read by erasing',
  },
  { place: 'vault.db/record:token', because: 'digests of API tokens with a role and a council; no person' },
  { place: 'vault.db/session', because: 'digests of cookies, and sealed ids of cards and accounts; gone after hours' },
  { place: 'vault.db/used_once', because: 'digests of random numbers, for minutes' },
  { place: 'vault.db/tried', because: 'keyed digests of network addresses, for minutes' },
  {
    place: 'vault.db/record:staff-*',
    because: 'accounts of staff, who are no participants: they are not erased by this',
  },
  { place: 'vault.db/sqlite_*', because: 'SQLite itself' },
  { place: '*/sqlite_*', because: 'SQLite itself' },
  {
    place: '*.db-wal',
    because: 'the write-ahead log of a file that is looked through; emptied when somebody is erased',
  },
  { place: '*.db-shm', because: 'an index into the write-ahead log: numbers' },
  { place: 'keys:master.key*', because: 'the master key of an epoch' },
  { place: 'signer:*', because: 'the signing key, and what it has signed' },
  { place: 'witness:*', because: 'the key of the witness, and the logs it has seen' },
  { place: 'erasures:erasures.jsonl', because: 'the erasure ledger: random ids, never a name or a word' },
];
