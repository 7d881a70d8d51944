import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { Trace, TraceHandler } from '#traceability/chain.queries';
import { spoken } from '#traceability/show';
import { openRecording, type Recording } from '../testing/recording.js';
import { dataPath, describeWithData, shippedMapping } from '../testing/real-data.js';

interface Refused {
  readonly code: string;
  readonly details: string;
}

describeWithData('uk_petitions', 'the petitions in the record', () => {
  const path = dataPath('uk_petitions', 'petitions_raw_with_duplicates.jsonl.gz');
  let recording: Recording;
  let refusals: Map<string, Refused>;
  let first: number;

  beforeAll(async () => {
    recording = await openRecording();
    await recording.import(path, shippedMapping('uk-petitions'));
    first = await recording.events();
    refusals = new Map();
    for (const line of gunzipSync(readFileSync(path)).toString('utf8').trim().split('\n')) {
      const { id, attributes } = JSON.parse(line) as { id: number; attributes: { rejection: Refused | null } };
      if (attributes.rejection) refusals.set(String(id), attributes.rejection);
    }
  }, 120_000);
  afterAll(() => recording.close());

  const count = (sql: string): number =>
    recording.engine.rows.get<{ n: number }>(`SELECT count(*) AS n FROM ${sql}`)?.n ?? -1;

  it('are exactly 4,134 views, 2,970 decisions and 209 discussions', () => {
    expect([count('contribution'), count('decision'), count('discussion')]).toEqual([4_134, 2_970, 209]);
  });

  it('add no event when they are imported again, also without the index that makes it quick', async () => {
    await recording.import(path, shippedMapping('uk-petitions'));
    expect(await recording.events()).toBe(first);
    for (const end of ['', '-wal', '-shm'])
      rmSync(join(recording.engine.settings.dataDir, `imports.db${end}`), { force: true });
    const again = await recording.import(path, shippedMapping('uk-petitions'));
    expect(again.applied).toMatchObject({ recorded: 0, changed: 0, events: 0 });
    expect(await recording.events()).toBe(first);
  }, 60_000);

  it('keep the code and the text of every refusal, and show a missing text as a gap', async () => {
    const { engine } = recording;
    const rows = engine.rows.all<{ id: string; reference: string; reason_source: string; reason_words: string | null }>(
      'SELECT id, reference, reason_source, reason_words FROM decision WHERE reason_source IS NOT NULL',
    );
    expect(rows).toHaveLength(2_864);
    const without: string[] = [];
    for (const row of rows) {
      const opened = row.reason_words === null ? undefined : engine.vault.open(row.reason_words);
      const words = opened?.state === 'readable' ? opened.value : '';
      const wanted = refusals.get(row.reference);
      expect([row.reason_source, words]).toEqual([wanted?.code, wanted?.details.trim() === '' ? '' : wanted?.details]);
      if (words === '') without.push(row.id);
    }
    expect(without).toHaveLength(30);
    const trace = new TraceHandler(engine.rows, engine.vault, engine.clock);
    for (const id of without) {
      const chain = await trace.execute(new Trace(id, 'public'));
      expect(chain?.gaps.map(({ code }) => code)).toContain('no-reason');
    }
  });

  it('link a duplicate to the petition it repeats, without following it as a cause', async () => {
    const { engine } = recording;
    expect(count(`link WHERE kind = 'duplicate-of'`)).toBe(860);
    const one = engine.rows.get<{ from_id: string; to_id: string }>(
      `SELECT from_id, to_id FROM link WHERE kind = 'duplicate-of' LIMIT 1`,
    );
    const chain = await new TraceHandler(engine.rows, engine.vault, engine.clock).execute(
      new Trace(one?.from_id ?? '', 'public'),
    );
    expect(chain?.links.map(({ to }) => to)).toContain(one?.to_id);
    expect(chain?.contributions.map(({ id }) => id)).not.toContain(one?.to_id);
  });

  it('keep line breaks and odd characters in the words that a page gets', async () => {
    const { engine } = recording;
    const trace = new TraceHandler(engine.rows, engine.vault, engine.clock);
    const ids = engine.rows.all<{ id: string }>('SELECT id FROM contribution ORDER BY position LIMIT 300');
    const words: string[] = [];
    for (const { id } of ids)
      words.push(spoken((await trace.execute(new Trace(id, 'public')))?.contributions[0]?.words));
    expect(words.some((text) => text.includes('\r\n'))).toBe(true);
    expect(words.every((text) => text.length > 0 && !text.includes('\uFFFD'))).toBe(true);
  });
});
