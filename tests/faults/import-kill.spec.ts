import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Recording, openRecording } from '#import/testing/recording';
import { start } from './processes.js';

const ROWS = 1_500;
const MAPPING = {
  source: 'kill-survey', public: true, authority: { constant: 'essex' }, dates: { formats: ['YYYY-MM-DD'], zone: 'Europe/London' },
  files: [{ yields: [
    { concept: 'contribution', id: '{Ref}', occurredAt: 'Day', fields: { words: 'Said', channel: { constant: 'survey' }, capacity: { constant: 'uses-services' }, voice: { constant: 'own' }, attribution: { constant: 'group' } } },
    { concept: 'decision', id: '{Ref}', occurredAt: 'Day', fields: { statement: 'Answer', answer: { constant: 'no' }, reasonWords: 'Why' }, links: [{ as: 'answers', to: { concept: 'contribution', id: '{Ref}' } }] },
  ] }],
}; // prettier-ignore

const csv = [
  'Ref,Day,Said,Answer,Why',
  ...Array.from(
    { length: ROWS },
    (_, n) => `${n},2024-03-01,View ${n},Answer ${n},${n % 7 === 0 ? '' : `Because ${n}`}`,
  ),
].join('\n');

/** What stands in the log, without when it was written and the ids of ciphertexts, which are random. */
const contentOf = async ({ engine }: Recording): Promise<string[]> => {
  const found: string[] = [];
  for await (const { stream, revision, type } of engine.store.readAll()) found.push(`${stream} ${revision} ${type}`);
  return found.sort();
};

it('an import that is killed anywhere and run again ends in the same record as one that was never stopped', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'import-kill-'));
  const [source, mapping] = [join(folder, 'survey.csv'), join(folder, 'survey.mapping.json')];
  writeFileSync(source, csv);
  writeFileSync(mapping, JSON.stringify(MAPPING));
  let killed = 0;
  for (let run = 1; run <= 12; run++) {
    const importer = start('importer.ts', [join(folder, 'crashed'), source, mapping]);
    await importer.firstAck;
    // Each run is cut a little later, so that cuts fall into reading, recording and finishing.
    const timer = run <= 8 ? setTimeout(() => importer.process.kill('SIGKILL'), 60 * run * run) : undefined;
    const { code, signal, errors } = await importer.ended;
    clearTimeout(timer);
    expect(errors).toBe('');
    if (signal === 'SIGKILL') killed++;
    else expect(code).toBe(0);
    if (run > 8 && signal === null) break;
  }
  expect(killed).toBeGreaterThan(3);
  const [crashed, whole] = [await openRecording(join(folder, 'crashed')), await openRecording(join(folder, 'whole'))];
  await whole.import(source, MAPPING);
  expect(await contentOf(crashed)).toEqual(await contentOf(whole));
  const again = await crashed.import(source, MAPPING);
  expect(again.applied).toMatchObject({ recorded: 0, changed: 0, events: 0, unchanged: 2 * ROWS });
  await crashed.close();
  await whole.close();
  rmSync(folder, { recursive: true, force: true });
}, 120_000);
