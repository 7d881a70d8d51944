import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openSqliteLeaves } from '#event-store/sqlite/sqlite-leaves';
import { Fsck } from './fsck.js';
import { openLedgerDatabase } from './ledger-database.js';
import { manySteps, writeHistory } from './testing/histories.js';
import { Keeping } from './testing/keeping.js';

describe('fsck', () => {
  const k = new Keeping();
  beforeEach(async () => {
    await k.begin();
    const keeps = k.keeper();
    for (const count of [10, 33, 40]) {
      await writeHistory(k.at.store, manySteps(count));
      await keeps.cutNow();
    }
    await writeHistory(k.at.store, manySteps(45));
    await keeps.tree.integrate();
  });
  afterEach(() => k.end());
  const check = async (rebuild = false) => {
    const db = openLedgerDatabase(join(k.at.folder, 'ledger.db'));
    const leaves = openSqliteLeaves(join(k.at.folder, 'events.db'));
    const fsck = new Fsck(db, leaves);
    if (rebuild) await fsck.rebuild();
    const report = await fsck.run();
    db.close();
    leaves.close();
    return report;
  };
  const raw = (file: string, sql: string): void => {
    const db = new DatabaseSync(join(k.at.folder, file));
    db.exec('PRAGMA ignore_check_constraints = ON; PRAGMA foreign_keys = OFF');
    const triggers = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").all() as { name: string }[];
    triggers.forEach(({ name }) => db.exec(`DROP TRIGGER ${name}`));
    expect(db.prepare(sql).run().changes).toBeGreaterThan(0);
    db.close();
  };

  it('finds nothing where nothing is wrong', async () =>
    expect(await check()).toMatchObject({ entries: 45, sealedAndSound: 40, findings: [] }));

  const TURNED = `UPDATE event SET leaf = CAST(replace(leaf, 'entry 20', 'entry 02') AS BLOB)`;
  it.each([
    ['the bytes of an entry', 'events.db', `${TURNED} WHERE seq = 21`, 'event', 20],
    ['the hash of an entry', 'events.db', 'UPDATE event SET leaf_hash = zeroblob(32) WHERE seq = 21', 'event', 20],
    ['the stream of an entry', 'events.db', 'UPDATE event SET stream = (SELECT id FROM stream WHERE id <> event.stream LIMIT 1), revision = 999 WHERE seq = 21', 'event', 20],
    ['the revision of an entry', 'events.db', 'UPDATE event SET revision = revision + 500 WHERE seq = 21', 'event', 20],
    ['the type of all', 'events.db', "UPDATE event_type SET name = 'told.v1'", 'event', 0],
    ['the name of a stream', 'events.db', "UPDATE stream SET name = 'thing-x' WHERE id = 3", 'event', 2],
    ['the id of an entry', 'events.db', 'UPDATE event SET id = randomblob(16) WHERE seq = 21', 'event', 20],
    ['an entry away', 'events.db', 'DELETE FROM event WHERE seq = 21', 'event', 20],
    ['the end away', 'events.db', 'DELETE FROM event WHERE seq > 38', 'event', 38],
    ['a node', 'ledger.db', 'UPDATE ledger_node SET hash = zeroblob(32) WHERE level = 1 AND idx = 10', 'ledger_node', 20],
    ['a node away', 'ledger.db', 'DELETE FROM ledger_node WHERE level = 2 AND idx = 5', 'ledger_node', 20],
    ['a node in', 'ledger.db', 'INSERT INTO ledger_node VALUES (1, 400, zeroblob(32))', 'ledger_node', 45],
    ['the edge', 'ledger.db', 'UPDATE ledger_edge SET edge = zeroblob(length(edge))', 'ledger_edge', 0],
    ['the root of a checkpoint', 'ledger.db', 'UPDATE ledger_checkpoint SET root = zeroblob(32) WHERE size = 33', 'ledger_checkpoint', 10],
    ['the note of a checkpoint', 'ledger.db', "UPDATE ledger_checkpoint SET note = replace(note, '33', '34') WHERE size = 33", 'ledger_checkpoint', 10],
    ['the edge of a checkpoint', 'ledger.db', 'UPDATE ledger_checkpoint SET edge = zeroblob(length(edge)) WHERE size = 33', 'ledger_checkpoint', 10],
    ['the size of a checkpoint', 'ledger.db', 'UPDATE ledger_checkpoint SET size = 34 WHERE size = 33', 'ledger_checkpoint', 10],
    ['the key of the log', 'ledger.db', "UPDATE ledger_origin SET vkey = 'other'", 'ledger_checkpoint', 0],
  ])('finds who changed %s, and where', async (_, file, sql, table, from) => {
    raw(file, sql);
    expect((await check()).findings[0]).toMatchObject({ table, from });
  }); // prettier-ignore

  it('finds an entry that was changed together with its hash, by the node above it and the seal', async () => {
    raw('events.db', `${TURNED} WHERE seq = 21`);
    const db = new DatabaseSync(join(k.at.folder, 'events.db'));
    const { createHash } = await import('node:crypto');
    const { leaf } = db.prepare('SELECT leaf FROM event WHERE seq = 21').get() as { leaf: Uint8Array };
    const hash = createHash('sha256').update(Buffer.of(0)).update(leaf).digest();
    db.prepare('UPDATE event SET leaf_hash = ? WHERE seq = 21').run(hash);
    db.close();
    const { findings, sealedAndSound } = await check();
    expect(findings[0]).toMatchObject({ table: 'ledger_node', from: 20, to: 21 });
    // Even with every node made anew: what was signed says between which two seals it happened.
    const rebuilt = await check(true);
    expect(rebuilt.findings).toMatchObject([
      { table: 'ledger_checkpoint', from: 10, to: 32 },
      { table: 'ledger_checkpoint', from: 10, to: 39 },
    ]);
    expect([sealedAndSound, rebuilt.sealedAndSound]).toEqual([10, 10]);
  });

  it('makes nodes and edge anew, and is then content', async () => {
    raw('ledger.db', 'UPDATE ledger_node SET hash = zeroblob(32)');
    raw('ledger.db', 'UPDATE ledger_edge SET edge = zeroblob(length(edge))');
    expect((await check()).findings.length).toBeGreaterThan(20);
    expect((await check(true)).findings).toEqual([]);
  });
});
