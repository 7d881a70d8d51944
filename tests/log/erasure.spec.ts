import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { decodeLeaf, sealedRefOf } from '#event-store/leaf';
import { openSqliteLeaves } from '#event-store/sqlite/sqlite-leaves';
import { Fsck } from '#ledger/fsck';
import { LogKeeper } from '#ledger/log-keeper';
import { openLedgerDatabase } from '#ledger/ledger-database';
import { PublishedLog } from '#ledger/published-log';
import { ownSigner } from '#ledger/testing/own-signer';
import { NO_WITNESSES } from '#ledger/witness-policy';
import { formatVerifierKey, parseVerifierKey } from '#transparency-log/key';
import { nodeSha256 } from '#transparency-log/node-sha256';
import { parsePolicy } from '#transparency-log/policy';
import { hasher } from '#transparency-log/testing/grown-tree';
import { verifyProofFile } from '#transparency-log/verify-proof-file';
import { openThings } from '../faults/things.js';

/** What may be forgotten is not in the log: forgetting everyone touches no byte of it. */
it('erasing keys and ciphertexts changes no root and breaks no earlier proof', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'erasure-'));
  let things = openThings(folder);
  const people = Array.from({ length: 12 }, () => randomUUID());
  for (const [n, person] of people.entries()) await things.note(person, randomUUID(), n);
  const signer = await ownSigner(join(folder, 'signer'), 'example.org/log');
  const leaves = openSqliteLeaves(join(folder, 'events.db'));
  const keeper = new LogKeeper({
    file: join(folder, 'ledger.db'), leaves, signer, everySeconds: 60, policy: NO_WITNESSES, timeoutMs: 500, now: () => new Date(),
  }); // prettier-ignore
  await keeper.cutNow();
  const log = new PublishedLog(keeper);
  const before = keeper.published!;
  const entries = leaves.entries(0, 100).map(({ leaf }) => decodeLeaf(leaf));
  const proofs = new Map(entries.map(({ id }) => [id, log.proof(id)!]));
  const opened = () =>
    entries.flatMap((leaf) => {
      const field = leaf.sealed['/note'];
      return field ? things.vault.open(sealedRefOf(leaf, '/note', field)).state : [];
    });
  expect(new Set(opened())).toEqual(new Set(['readable']));

  await things.close();
  const vault = new DatabaseSync(join(folder, 'vault.db'));
  vault.exec("INSERT INTO erased_key SELECT kid, '2026-05-01' FROM subject_key; DELETE FROM subject_key");
  vault.close();
  const sealed = new DatabaseSync(join(folder, 'sealed.db'));
  const tables = sealed.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name LIKE 'sealed%'").all();
  expect(tables.length).toBeGreaterThan(0);
  for (const { name } of tables as { name: string }[]) sealed.exec(`DELETE FROM ${name}`);
  sealed.close();
  things = openThings(folder);
  expect(new Set(opened())).toEqual(new Set(['erased']));

  expect(keeper.tree.edge().root()).toEqual(before.root);
  const db = openLedgerDatabase(join(folder, 'ledger.db'));
  const fsck = new Fsck(db, leaves);
  await fsck.rebuild();
  expect(await fsck.run()).toMatchObject({ findings: [], sealedAndSound: before.size });
  db.close();
  // Also once the log has grown, each proof that somebody took away before still leads to what was signed then.
  await things.note(randomUUID(), randomUUID(), 99);
  expect(await keeper.cutNow()).toBe(true);
  const policy = parsePolicy(
    `log ${formatVerifierKey(parseVerifierKey(before.vkey, nodeSha256))}\nquorum none\n`,
    nodeSha256,
  );
  for (const [id, proof] of proofs) {
    const proven = await verifyProofFile(proof, hasher.leaf(log.leaf(id)!), { hasher, policy });
    expect(proven.checkpoint.root).toEqual(before.root);
  }
  await keeper.stop();
  keeper.close();
  await things.close();
  rmSync(folder, { recursive: true });
});
