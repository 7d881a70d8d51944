import type { PersonAccount } from '#accounts/person-accounts';
import type { StaffRecord } from '#accounts/staff-accounts';
import type { Letter } from '#data-requests/letters';
import type { Engine } from '#engine/engine';
import type { Json } from '#kernel/personal';
import type { Person } from '#participants/people';
import { notice, whileNoticing } from '#vault/noticing';
import { type VaultRecord, VaultRecords } from '#vault/vault-records';

/** A row of a file about people; the first member says whose it is, by a random id. */
export type PeopleRow = Readonly<Record<string, Json>>;

/** What lies beside the log, of one council: for each file its rows, one after the other. */
export const councilPeople = (engine: Engine, council: string): Readonly<Record<string, Generator<PeopleRow>>> => {
  const of = ownedBy(engine, council);
  return {
    'people.jsonl': people(engine, council, of),
    'staff-accounts.jsonl': take<StaffRecord>(engine, 'staff-account', ({ value }) => value.authority === council, ({ id, value }) => ({ account: id, ...value })), // prettier-ignore
    'news-wishes.jsonl': wishes(engine, of),
    'data-requests.jsonl': take<Letter & Record<string, Json>>(engine, 'data-request', ({ value }) => value.authority === council, ({ id, value }) => ({ request: id, ...value })), // prettier-ignore
    'meeting-drafts.jsonl': take<Json>(engine, 'draft', ({ id }) => of('meeting', id), ({ id, value }) => ({ meeting: id, draft: value })), // prettier-ignore
    'reads.jsonl': reads(engine, council, of),
  };
};

type Owned = (table: 'participant' | 'contribution' | 'meeting', id: string) => boolean;

const ownedBy =
  ({ rows }: Engine, council: string): Owned =>
  (table, id) =>
    rows.get(`SELECT 1 FROM ${table} WHERE id = ? AND authority = ?`, id, council) !== undefined;

/** Looking through is no reading: only what is taken is noticed, and then opened. */
const take = function* <T extends Json>(
  { vault }: Engine,
  kind: string,
  isTheirs: (record: VaultRecord<T>) => boolean,
  rowOf: (record: VaultRecord<T>) => PeopleRow,
): Generator<PeopleRow> {
  const records = new VaultRecords<T>(vault.database, kind);
  const silently = records.each(true);
  for (;;) {
    const next = whileNoticing(() => undefined, () => silently.next()); // prettier-ignore
    if (next.done) return;
    const found = isTheirs(next.value) ? records.get(next.value.id, true) : undefined;
    if (found) yield rowOf(found);
  }
};

/** Those who take part and those who work there; of the first the row is a copy of all that is held about them. */
const people = (engine: Engine, council: string, of: Owned): Generator<PeopleRow> => {
  const records = new VaultRecords<Person>(engine.vault.database, 'person');
  return take<Person>(
    engine,
    'person',
    ({ value }) => value.authority === council,
    ({ id, value: { name, contact, format } }) => {
      const takesPart = of('participant', id);
      if (takesPart) notice({ record: 'copy', id, subject: id });
      const restricted = records.get(id) === undefined;
      return { person: id, kind: takesPart ? 'takes-part' : 'staff', name, contact, format, restricted };
    },
  );
};

/** How somebody wants to hear from the council, with the views of theirs that are this council's. */
const wishes = function* (engine: Engine, of: Owned): Generator<PeopleRow> {
  const own = ({ views }: PersonAccount): string[] =>
    views.map(({ contribution }) => contribution).filter((view) => of('contribution', view));
  yield* take<PersonAccount>(
    engine,
    'person-account',
    ({ value }) => own(value).length > 0,
    ({ value }) => ({ views: own(value), address: value.address, news: value.news, newsTo: value.newsTo }),
  );
};

/** Who of the staff read what of their people. Whoever looks after the whole server has no council of their own. */
const reads = function* ({ vault }: Engine, council: string, of: Owned): Generator<PeopleRow> {
  const lines = vault.database.db.prepare("SELECT * FROM personal_read WHERE authority IN (?, '') ORDER BY n");
  for (const line of lines.iterate(council) as Iterable<Record<string, string | number | null>>) {
    const { n: _, authority, ...read } = line;
    const isTheirs = of('participant', String(read['subject'])) || of('contribution', String(read['view'] ?? read['subject'])); // prettier-ignore
    if (authority === council || isTheirs) yield read;
  }
};
