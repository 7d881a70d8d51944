import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Recording, openRecording } from '#import/testing/recording';
import { start } from './processes.js';

const ROWS = 1_500;
/** Views and decisions; a promise with five steps in every tenth row; a repeat in every ninth. */
const FACTS = 2 * ROWS + (ROWS / 10) * 6 + Math.ceil(ROWS / 9);
const MAPPING = {
  source: 'kill-survey', public: true, authority: { constant: 'essex' }, dates: { formats: ['YYYY-MM-DD'], zone: 'Europe/London' },
  files: [{ yields: [
    { concept: 'contribution', id: '{Ref}', occurredAt: 'Day', fields: { words: 'Said', channel: { constant: 'survey' }, capacity: { constant: 'uses-services' }, voice: { constant: 'own' }, attribution: { constant: 'group' } } },
    { concept: 'decision', id: '{Ref}', occurredAt: 'Day', fields: { statement: 'Answer', answer: { constant: 'no' }, reasonWords: 'Why' }, links: [{ as: 'answers', to: { concept: 'contribution', id: '{Ref}' } }] },
    { concept: 'serviceChange', id: '{Ref}', when: { from: 'Steps', present: true }, occurredAt: 'Day', fields: { what: 'Answer', ownerRole: { constant: 'Manager' } }, links: [{ as: 'follows-from', to: { concept: 'decision', id: '{Ref}' } }] },
    { concept: 'progress', id: '{Ref}-{@index}', each: { from: 'Steps', split: ';' }, occurredAt: { from: '@item', pattern: '^(.{10})' }, fields: { state: { from: '@item', pattern: '^.{10} (.+)' } }, links: [{ as: 'about', to: { concept: 'serviceChange', id: '{Ref}' } }] },
    { concept: 'link', as: 'duplicate-of', id: '{Ref}', each: { from: 'Same as', split: ';' }, occurredAt: 'Day', from: { concept: 'contribution', id: '{Ref}' }, to: { concept: 'contribution', id: '{@item}' } },
  ] }],
}; // prettier-ignore

const LIFE = '2024-04-01 accepted;2024-04-02 paused;2024-04-03 resumed;2024-05-01 reported-done;2024-05-02 confirmed';
const csv = [
  'Ref,Day,Said,Answer,Why,Steps,Same as',
  ...Array.from(
    { length: ROWS },
    (_, n) =>
      `${n},2024-03-01,View ${n},Answer ${n},${n % 7 === 0 ? '' : `Because ${n}`},${n % 10 === 0 ? LIFE : ''},${n % 9 === 0 ? 1 : ''}`,
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
  expect(again.applied).toMatchObject({ recorded: 0, changed: 0, events: 0, unchanged: FACTS });
  await crashed.close();
  await whole.close();
  rmSync(folder, { recursive: true, force: true });
}, 120_000);
