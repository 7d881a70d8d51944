import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Codec } from '#event-store/codec';
import { randomId } from '#event-store/ids';
import { type CommandContext, Recorder } from '#event-store/recorder';
import { openSqliteEventStore } from '#event-store/sqlite/sqlite-event-store';
import { nowAt } from '#kernel/time';
import { openReadDatabase } from '#projections/read-database';
import { ProjectionRunner } from '#projections/runner';
import { Vault } from '#vault/vault';
import { vaultEvents } from '#vault/vault.events';
import { ALPHABET, cancelCard, checkLetter, issueCard, readCode } from './card.js';
import { Cards } from './cards.js';
import {
  changeAttribution,
  contribution,
  correctContribution,
  giveContribution,
  type NewContribution,
  withdrawContribution,
} from './contribution.js';
import { contributionEvents } from './contribution.events.js';
import { contributionsProjection } from './contributions.projection.js';
import { ListContributions, ListContributionsHandler } from './contributions.queries.js';

const open = () => {
  const folder = mkdtempSync(join(tmpdir(), 'cards-'));
  const store = openSqliteEventStore(join(folder, 'log.db'));
  const vault = new Vault({ vault: join(folder, 'v.db'), sealed: join(folder, 's.db'), keyFile: join(folder, 'k') });
  const codec = new Codec([contributionEvents, vaultEvents]);
  const recorder = new Recorder(store, codec, vault);
  const rows = openReadDatabase(join(folder, 'read.db'));
  const runner = new ProjectionRunner(store, codec, rows, [contributionsProjection], () => undefined);
  runner.start();
  return { folder, store, vault, recorder, rows, runner, cards: new Cards(vault, recorder) };
};
const context = (): CommandContext => ({
  commandId: randomId(),
  actor: { role: 'chair', ref: 'r' },
  now: nowAt(new Date('2026-11-23T12:00:00Z')),
});
const view: NewContribution = {
  authority: 'essex',
  words: 'Keep the bus',
  channel: 'paper',
  capacity: 'other',
  voice: 'own',
  attribution: 'group',
};

describe('recorded views', () => {
  let parts: ReturnType<typeof open>;
  beforeEach(() => (parts = open()));
  afterEach(async () => {
    await parts.runner.stop();
    await parts.store.close();
    parts.vault.close();
    parts.rows.db.close();
    rmSync(parts.folder, { recursive: true });
  });
  const act = async (id: string, decide: Parameters<Recorder['act']>[3]) => {
    const acted = await parts.recorder.act(contribution, id, context(), decide as never);
    await parts.runner.caughtUp(acted.position);
  };
  const give = async (id = randomId(), more: Partial<NewContribution> = {}) => {
    const card = Cards.firstCardOf(id);
    const code = await parts.cards.register(card, id);
    await act(id, ((state: never) => giveContribution(state, id, { ...view, card, ...more })) as never);
    return { id, card, code };
  };

  describe('take-home codes', () => {
    it('open their view, as typed by hand, and say who holds them', async () => {
      const { id, card, code } = await give();
      const found = { card, contribution: id, holder: 'person', mayAct: true };
      expect(await parts.cards.find(code.toLowerCase().replace(/(....)/g, '$1 '))).toEqual(found);
      expect(parts.cards.codeOf(card)).toBe(code);
      expect(await parts.cards.register(card, id)).toBe(code);
    });

    it('that are wrong, unknown, unbound, not recorded or cancelled all open the same nothing', async () => {
      const { id, card, code } = await give();
      const letters = [...code];
      letters[0] = letters[0] === 'A' ? 'B' : 'A';
      const unknown = `${letters.slice(0, -1).join('')}${checkLetter(letters.slice(0, -1).join(''))}`;
      const [unbound] = await parts.cards.preprint(1);
      const unrecorded = await parts.cards.register(randomId(), randomId());
      await act(id, ((state: never) => cancelCard(state, card, 'lost')) as never);
      const all = [letters.join(''), unknown, unbound, unrecorded, code, '', 'hello', ALPHABET[0]?.repeat(12)];
      for (const typed of all) expect(await parts.cards.find(typed ?? '')).toBeUndefined();
      expect(readCode(unknown)).toBe(unknown);
    });

    it('printed before a meeting are bound once, by typing them', async () => {
      const { id } = await give();
      const [code, other] = (await parts.cards.preprint(2)) as [string, string];
      expect(code).not.toBe(other);
      const card = (await parts.cards.bind(code, id)) ?? '';
      await act(id, ((state: never) => issueCard(state, { card, holder: 'supporter', agreed: true })) as never);
      expect(await parts.cards.find(code)).toEqual({ card, contribution: id, holder: 'supporter', mayAct: true });
      expect(await parts.cards.bind(code, id)).toBe(card);
      expect(await parts.cards.bind(code, randomId())).toBeUndefined();
      expect(await parts.cards.bind('not a code', id)).toBeUndefined();
    });

    it('bound by two at once belong to one', async () => {
      const [code] = (await parts.cards.preprint(1)) as [string];
      const all = await Promise.allSettled([randomId(), randomId()].map((id) => parts.cards.bind(code, id)));
      expect(all.filter((each) => each.status === 'fulfilled' && each.value !== undefined)).toHaveLength(1);
    });

    it('stand nowhere in the open, neither in the log nor in the vault', async () => {
      const { code } = await give();
      for (const file of ['log.db', 'log.db-wal', 'v.db', 'v.db-wal', 's.db', 's.db-wal'])
        expect(readFileSync(join(parts.folder, file)).includes(code)).toBe(false);
    });
  });

  describe('in lists', () => {
    const listed = async (publicOnly: boolean) =>
      (
        await new ListContributionsHandler(parts.rows).execute(
          new ListContributions({ authority: 'essex', publicOnly }),
        )
      ).items.map(({ id }) => id);

    it('are public until hidden or taken back, newest first', async () => {
      const [one, two] = [await give(), await give()];
      expect(await listed(true)).toEqual([two.id, one.id]);
      await act(one.id, ((state: never) => changeAttribution(state, 'hidden')) as never);
      expect(await listed(true)).toEqual([two.id]);
      await act(one.id, ((state: never) => changeAttribution(state, 'first-name')) as never);
      await act(two.id, ((state: never) => withdrawContribution(state, two.id)) as never);
      expect([await listed(true), await listed(false)]).toEqual([[one.id], [two.id, one.id]]);
    });

    it('that an import declared private stay private, however their attribution changes', async () => {
      const { id } = await give(randomId(), { published: false });
      await act(id, ((state: never) => changeAttribution(state, 'name')) as never);
      expect([await listed(true), await listed(false)]).toEqual([[], [id]]);
    });

    it('given as hidden stay hidden, also when declared public', async () => {
      await give(randomId(), { published: true, attribution: 'hidden' });
      expect(await listed(true)).toEqual([]);
    });

    it('keep the words that were corrected beside the right ones', async () => {
      const { id } = await give();
      await act(id, ((state: never) => correctContribution(state, id, { words: 'Keep the night bus' })) as never);
      const read = (ref: string | undefined) => parts.vault.open(ref ?? '');
      const row = parts.rows.get<{ words: string }>('SELECT words FROM contribution WHERE id = ?', id);
      const note = parts.rows.get<{ words: string }>(
        `SELECT words FROM contribution_note WHERE kind = 'corrected-from'`,
      );
      expect([read(row?.words), read(note?.words)]).toEqual([
        { state: 'readable', value: 'Keep the night bus' },
        { state: 'readable', value: 'Keep the bus' },
      ]);
    });
  });
});
