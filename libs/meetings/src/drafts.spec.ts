import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomId } from '#event-store/ids';
import { Vault } from '#vault/vault';
import { type Draft, emptyDraft } from './draft.js';
import { DraftConflict, Drafts } from './drafts.js';

describe('drafts of meetings', () => {
  let folder: string;
  let vault: Vault;
  let drafts: Drafts;
  const open = () => {
    vault = new Vault({ vault: join(folder, 'v.db'), sealed: join(folder, 's.db'), keyFile: join(folder, 'k') });
    drafts = new Drafts(vault);
  };
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'drafts-'));
    open();
  });
  afterEach(() => {
    vault.close();
    rmSync(folder, { recursive: true });
  });
  const saying = (...words: string[]): Draft => ({
    ...emptyDraft,
    views: words.map((each, index) => ({ number: index + 1, words: each })),
  });
  const id = randomId();

  it('starts empty at revision 0, counts up, and is there after a restart', async () => {
    expect(drafts.get(id)).toEqual({ revision: 0, draft: emptyDraft });
    expect(await drafts.save(id, saying('one'), 0)).toBe(1);
    expect(await drafts.save(id, saying('one', 'two'), 1)).toBe(2);
    vault.close();
    open();
    expect(drafts.get(id)).toEqual({ revision: 2, draft: saying('one', 'two') });
  });

  it('given a stale revision, nothing is overwritten: both versions come back, to be shown side by side', async () => {
    await drafts.save(id, saying('theirs'), 0);
    const error = await drafts.save(id, saying('yours'), 0).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(DraftConflict);
    expect(error).toMatchObject({ yours: saying('yours'), theirs: { revision: 1, draft: saying('theirs') } });
    expect(drafts.get(id)).toEqual({ revision: 1, draft: saying('theirs') });
  });

  it('a revision from the future is a conflict too', async () => {
    await expect(drafts.save(id, saying('yours'), 7)).rejects.toMatchObject({
      theirs: { revision: 0, draft: emptyDraft },
    });
  });

  it('the same words again after a lost answer are no conflict', async () => {
    await drafts.save(id, saying('one'), 0);
    expect(await drafts.save(id, saying('one'), 0)).toBe(1);
  });

  it('of 20 who save at once from the same revision one wins, and the others are told', async () => {
    const all = await Promise.allSettled(
      Array.from({ length: 20 }, (_, index) => drafts.save(id, saying(`${index}`), 0)),
    );
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(all.filter((each) => each.status === 'rejected' && each.reason instanceof DraftConflict)).toHaveLength(19);
    expect(drafts.get(id).revision).toBe(1);
  });

  it('is forgotten when it is discarded, also twice', async () => {
    await drafts.save(id, saying('one'), 0);
    await drafts.discard(id);
    await drafts.discard(id);
    expect(drafts.get(id)).toEqual({ revision: 0, draft: emptyDraft });
  });

  it('stands nowhere in the open', async () => {
    await drafts.save(id, saying('Only for the team'), 0);
    for (const file of ['v.db', 'v.db-wal'])
      expect(readFileSync(join(folder, file)).includes('Only for the team')).toBe(false);
  });
});
