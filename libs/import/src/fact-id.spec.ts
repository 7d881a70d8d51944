import { changedFields, fieldDigests } from './fact-id.js';
import { importing } from './testing/importing.js';
import { csv, mapping } from './testing/survey.js';

describe('what changed since an earlier import', () => {
  const key = Buffer.from('0123456789abcdef0123456789abcdef');
  const digests = async (row: string) =>
    fieldDigests((await importing({ 'a.csv': csv(row) }, mapping())).facts[0]!, key);

  it('is the fields that differ; a field that is gone is no change', async () => {
    const recorded = await digests('1,2020-01-01,one,u,');
    expect(changedFields(recorded, await digests('1,2020-01-01,one,u,'))).toEqual([]);
    expect(changedFields(recorded, await digests('1,2020-01-01,one,,'))).toEqual([]);
    expect(changedFields(recorded, await digests('1,2020-01-02,one!,u,'))).toEqual(['words', '@occurredAt']);
    expect(changedFields(await digests('1,2020-01-01,one,,'), recorded)).toEqual(['url']);
  });

  it('is kept without the words, and cannot be guessed without the key', async () => {
    const recorded = await digests('1,2020-01-01,secret,u,');
    expect(JSON.stringify(recorded)).not.toContain('secret');
    const { facts } = await importing({ 'a.csv': csv('1,2020-01-01,secret,u,') }, mapping());
    expect(fieldDigests(facts[0]!, Buffer.alloc(32))).not.toEqual(recorded);
  });
});
