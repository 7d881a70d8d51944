import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { FREE_PLACES } from '#erasure/every-store';
import type { PersonalStore } from '#erasure/personal-store';

/** Every table and every kind of record in a folder that nobody declared, as a place of a store or as free of personal data. */
export const undeclaredIn = (dataDir: string, stores: readonly PersonalStore[]): string[] => {
  const known = [...stores.flatMap(({ holds }) => [...holds]), ...FREE_PLACES.map(({ place }) => place)].map(
    (place) => new RegExp(`^${place.split('*').map((part) => part.replace(/[.$^()[\]\\]/g, '\\$&')).join('.*')}$`), // prettier-ignore
  );
  return readdirSync(dataDir)
    .filter((name) => name.endsWith('.db'))
    .flatMap((name) => {
      const db = new DatabaseSync(join(dataDir, name));
      const namesOf = (sql: string): string[] => (db.prepare(sql).all() as { name: string }[]).map((each) => each.name);
      const tables = namesOf("SELECT name FROM sqlite_schema WHERE type = 'table'").filter((each) => each !== 'record');
      const kinds = name === 'vault.db' ? namesOf('SELECT DISTINCT kind AS name FROM record') : [];
      db.close();
      return [...tables, ...kinds.map((kind) => `record:${kind}`)].map((place) => `${name}/${place}`);
    })
    .filter((place) => !known.some((each) => each.test(place)));
};
