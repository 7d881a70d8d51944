import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lastValueFrom, toArray } from 'rxjs';
import { factId } from './fact-id.js';
import { ImportRun } from './import-run.js';
import { readMapping } from './mapping/read-mapping.js';
import { failureOf, importing } from './testing/importing.js';
import { csv, mapping, view } from './testing/survey.js';

describe('an import', () => {
  it('gives each thing once, with ids that are the same in every run and file of a source', async () => {
    const text = csv('1,2020-01-02,one,,', '2,2020-01-01,two,u,', '1,2020-01-02,one,v,');
    const { facts, report } = await importing({ 'a.csv': text }, mapping());
    expect(facts.map(({ sourceId }) => sourceId)).toEqual(['2', '1']);
    expect(facts[1]).toMatchObject({
      concept: 'contribution',
      id: factId('survey', '1', 'contribution'),
      occurredAt: { at: '2020-01-02', precision: 'day' },
      fields: { words: 'one', url: 'v', groupSize: null },
      provenance: { file: 'a.csv', row: 2, copies: 2, digest: report.files[0]?.digest },
    });
    expect(report).toMatchObject({ rows: 3, repeats: 1, facts: { contribution: 2 }, problems: { total: 0 } });

    const lines =
      '{"id":1,"date":"2020-01-02","words":"one","url":"v"}\n{"id":"2","date":"2020-01-01","words":"two","url":"u"}\n';
    const again = await importing({ 'b.jsonl': lines }, mapping());
    expect(again.facts.map(({ id, digest }) => [id, digest])).toEqual(facts.map(({ id, digest }) => [id, digest]));
  });

  it('keeps different things with one id apart: the second is refused and both rows are named', async () => {
    const { facts, report, problems } = await importing(
      { 'a.csv': csv('1,2020,one,,', '1,2021,another,,') },
      mapping(),
    );
    expect(facts).toHaveLength(1);
    expect(report.files[0]).toMatchObject({ rejected: 1 });
    expect(problems).toMatchObject([
      { level: 'error', row: 3, code: 'copies-disagree', message: expect.stringContaining('Row 2') },
    ]);
    const later = await importing(
      { 'a.csv': csv('1,2020,new,,2021', '1,2020,old,,2020') },
      mapping([view], { updatedAt: 'changed' }),
    );
    expect(later.facts).toMatchObject([{ fields: { words: 'new' } }]);
  });

  it('keeps refused rows with their reasons, where only the owner may read them', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rejects-'));
    const rejectsPath = join(folder, 'r.jsonl');
    try {
      await importing({ 'a.csv': csv('1,soon,,,', '2,2020,two,,', '3,2020') }, mapping(), { rejectsPath });
      const rejects = readFileSync(rejectsPath, 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as { reasons: { code: string }[] });
      expect(rejects).toMatchObject([
        {
          file: 'a.csv',
          row: 2,
          original: { id: '1', date: 'soon' },
          reasons: [
            { code: 'date-unreadable', column: 'date' },
            { code: 'required-missing', column: 'words' },
          ],
        },
        { file: 'a.csv', row: 4, original: ['3', '2020'], reasons: [{ code: 'row-width' }] },
      ]);
      expect(statSync(rejectsPath).mode & 0o077).toBe(0);
      rmSync(rejectsPath);
      await importing({ 'a.csv': csv('2,2020,two,,') }, mapping(), { rejectsPath });
      expect(existsSync(rejectsPath)).toBe(false);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('says when rejects cannot be kept', async () => {
    const nowhere = { rejectsPath: '/nowhere/at/all.jsonl' };
    await expect(importing({ 'a.csv': csv('1,soon,x,,') }, mapping(), nowhere)).rejects.toThrow(/ENOENT/);
  });

  it('follows links within the run and to what is recorded, and lists the others', async () => {
    const more = {
      concept: 'link',
      as: 'duplicate-of',
      id: '{id}-{@item}',
      occurredAt: 'date',
      each: { from: 'url', pattern: 'views/(\\d+)' },
      from: { concept: 'contribution', id: '{id}' },
      to: { concept: 'contribution', id: '{@item}' },
    };
    const text = csv('1,2020,one,see /views/2 and /views/9 and /views/8,', '2,2020,two,,');
    const { facts, report } = await importing({ 'a.csv': text }, mapping([view, more]), {
      isKnown: ({ sourceId }) => sourceId === '8',
    });
    expect(facts.filter(({ concept }) => concept === 'link').map((fact) => fact.links[0]?.to)).toMatchObject([
      { sourceId: '2', resolved: true, id: factId('survey', '2', 'contribution') },
      { sourceId: '9', resolved: false },
      { sourceId: '8', resolved: true },
    ]);
    expect(report.links).toMatchObject({
      resolved: 2,
      unresolved: 1,
      first: [{ row: 2, as: 'duplicate-of', to: { sourceId: '9' } }],
    });
  });

  it('puts the decisions of a series in order, with what reopened them', async () => {
    const decision = {
      concept: 'decision',
      id: '{id}',
      series: '{q}',
      occurredAt: 'at',
      when: { from: 'what', isNot: 'open' },
      fields: { statement: 'what' },
    };
    const reopening = {
      concept: 'reopening',
      id: '{id}',
      series: '{q}',
      occurredAt: 'at',
      when: { from: 'what', is: 'open' },
      fields: { status: 'what' },
    };
    const after = {
      ...decision,
      links: [
        { as: 'superseded-by', to: { concept: 'decision', series: '{by}' }, when: { from: 'by', present: true } },
      ],
    };
    const text =
      'id,q,at,what,by\nd,A,2003,no,B\na,A,2000,yes,\nb,A,2001,open,\nc,A,2002,yes,\nx,B,2004,yes,\nz,C,2000,open,\n';
    const { facts } = await importing({ 'a.csv': text }, mapping([after, reopening]));
    expect(
      facts.map(({ concept, sourceId, links }) => [
        concept,
        sourceId,
        ...links.map(({ as, to }) => `${as} ${to.sourceId}`),
      ]),
    ).toEqual([
      ['decision', 'a'],
      ['reopening', 'z'],
      ['reopening', 'b', 'reopens a'],
      ['decision', 'c', 'supersedes a'],
      ['decision', 'd', 'superseded-by x', 'supersedes c'],
      ['decision', 'x'],
    ]);
  });

  it('reads several files, joins them, and unpacks those that are packed', async () => {
    const files = {
      'views.csv': 'id,date,who,words,url\n1,2020,p7,one,\n2,2020,p9,two,\n',
      'people.csv': 'key,group\np7,Carers\n',
      'extra.json': '{"rows":[{"id":3,"date":"2020","words":"three"}]}',
    };
    const words = { all: [{ template: '{@who.group}:' }, 'words'], separator: ' ' };
    const two = {
      ...mapping(),
      files: [
        {
          file: 'views.csv',
          joins: { who: { file: 'people.csv', key: 'key', on: 'who' } },
          yields: [{ ...view, fields: { ...view.fields, words } }],
        },
        { file: 'people.csv' },
        { file: 'extra.json', at: 'rows', yields: [{ ...view, fields: { ...view.fields, url: { constant: 'x' } } }] },
      ],
    };
    const { facts, report } = await importing(files, two);
    expect(facts.map(({ fields }) => 'words' in fields && fields.words)).toEqual(['Carers: one', 'two', 'three']);
    expect(report.files.map(({ name, rows, ignored }) => [name, rows, ignored])).toEqual([
      ['views.csv', 2, {}],
      ['people.csv', 1, { 'only looked up by other files': 1 }],
      ['extra.json', 1, {}],
    ]);
    expect(await failureOf({ 'views.csv': files['views.csv'] }, two)).toMatchObject({
      code: 'file-unreadable',
      file: 'people.csv',
    });
    expect(await failureOf({ 'other.csv': '' }, two)).toMatchObject({ code: 'file-not-in-mapping' });
    const twice = { ...files, 'people.csv': 'key,group\np7,Carers\np7,Others\n' };
    expect(await failureOf(twice, two)).toMatchObject({ code: 'join-key-twice', row: 3 });
  });

  it('tells of rows that give nothing, of rows left out on purpose, and of places that no row has', async () => {
    const when = { from: 'kind', is: 'view' };
    const file = { ignore: [{ when: { from: 'kind', is: 'test' }, because: 'tests' }] };
    const lines = ['{"id":1,"date":"2020","words":"x","kind":"view"}', '{"kind":"test"}', '{"kind":"note"}'].join('\n');
    const { report, problems } = await importing({ 'a.jsonl': lines }, mapping([{ ...view, when }], file));
    expect(report.files[0]).toMatchObject({ rows: 3, ignored: { tests: 1 }, withoutFacts: 1, rejected: 0 });
    expect(problems).toMatchObject([
      { level: 'warning', code: 'row-yields-nothing', row: 3 },
      { level: 'warning', code: 'place-never-found', column: 'url' },
    ]);
  });

  it('of a broken file gives nothing at all, and says in which row', async () => {
    expect(await failureOf({ 'a.csv': `${csv('1,2020,one,,')}\n2,2020,"two` }, mapping())).toMatchObject({
      level: 'fatal',
      file: 'a.csv',
      row: 3,
      code: 'quote-not-closed',
    });
  });

  it('counts what decisions do not say', async () => {
    const decision = {
      concept: 'decision',
      id: '{id}',
      occurredAt: 'date',
      fields: { statement: 'words', reasonWords: 'url', answer: { from: 'changed', map: { y: 'yes' } } },
    };
    const { report } = await importing({ 'a.csv': csv('1,2020,s,,y', '2,2020,s,because,') }, mapping([decision]));
    expect(report.missing).toEqual({ answer: 1, reason: 1 });
  });

  it('shows how far it is', async () => {
    let time = 0;
    const seen = await importingWithProgress(() => (time += 500));
    expect(seen).toEqual([
      { phase: 'reading', file: 'a.csv', rows: 2, share: 1, perSecond: expect.any(Number) },
      { phase: 'reading', file: 'a.csv', rows: 2, share: 1, perSecond: expect.any(Number) },
      { phase: 'giving', file: '', rows: 2, of: 2, share: 1, perSecond: expect.any(Number) },
    ]);
  });
});

const importingWithProgress = async (clock: () => number): Promise<unknown[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'progress-'));
  writeFileSync(join(folder, 'a.csv'), csv('1,2020,one,,', '2,2020,two,,'));
  const run = new ImportRun({ path: join(folder, 'a.csv'), mapping: readMapping(mapping()), rejectsPath: null, clock });
  const seen = lastValueFrom(run.progress.pipe(toArray()));
  await run.read();
  for await (const fact of run.facts()) expect(fact.source).toBe('survey');
  run.close();
  rmSync(folder, { recursive: true });
  return seen;
};
