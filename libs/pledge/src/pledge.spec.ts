import { readFileSync } from 'node:fs';
import { Refusal } from '#kernel/refusal';
import { partOn, type Pledge, pledge, publishVersion, versionOn } from './pledge.js';
import { askedOf, linesOf, partsOf } from './pledge-lines.js';
import type { PledgeVersion } from './pledge.events.js';
import { ShapedFileError } from '#kernel/shaped-file';
import { readPledge } from './read-pledge.js';

const text = readFileSync(new URL('./pledges/east-of-england.json', import.meta.url), 'utf8');
const shipped = readPledge(text, 'east-of-england.json');
const codes = (lines: readonly { code: string }[]) => lines.map(({ code }) => code).join(' ');

describe('the pledge that is shipped', () => {
  it('has every line, each with the code that events and addresses use', () => {
    const of = (kind: string) => codes(linesOf(shipped).filter((line) => line.kind === kind));
    expect(of('claim')).toBe('O1 O2 O3 O4 O5');
    expect(of('promise')).toBe('P1 P2 P3');
    expect(of('part')).toBe('P1a P1b P1c P2a P2b P2c P3a P3b P3c');
    expect(of('step')).toBe('I1a I1b I2 I3 I4');
    expect(of('statement')).toBe(Array.from({ length: 20 }, (_, n) => `S${n + 1}`).join(' '));
    expect(codes(partsOf(shipped))).toBe('P1a P1b P1c P2a P2b P2c P3a P3b P3c I1a I1b I2 I3 I4');
  });

  it('has 20 places for 19 statements: the words of S12 are asked once, as S8', () => {
    const asked = askedOf(shipped);
    expect(asked).toHaveLength(19);
    expect(new Set(asked.map((line) => line.text)).size).toBe(19);
    const [s8, s12] = ['S8', 'S12'].map((code) => linesOf(shipped).find((line) => line.code === code));
    expect(s12).toMatchObject({ sameAs: 'S8', text: s8?.text });
  });
});

describe('a file that is no pledge', () => {
  const wrong = (change: (file: Record<string, never>) => void): string => {
    const file = JSON.parse(text) as Record<string, never>;
    change(file);
    try {
      readPledge(JSON.stringify(file), 'ours.json');
      return 'read';
    } catch (error) {
      expect(error).toBeInstanceOf(ShapedFileError);
      return (error as Error).message;
    }
  };
  const set = (path: string, value: unknown) => (file: object) => {
    const steps = path.split('.');
    const last = steps.pop() ?? '';
    const holder = steps.reduce<Record<string, unknown>>((at, step) => at[step] as never, file as never);
    if (value === undefined) Reflect.deleteProperty(holder, last);
    else holder[last] = value;
  };

  it.each<[string, unknown, string]>([
    ['version', undefined, 'ours.json, at /version: Expected a code'],
    ['colour', 'blue', 'ours.json, at /colour: Expected nothing here (unknown field)'],
    ['validFrom', '2026', 'ours.json, at /validFrom: Expected a date'],
    ['promises.1.parts.2', 'P2c', 'ours.json, at /promises/1/parts/2: Expected an object'],
    ['promises.1.parts', [], 'ours.json, at /promises/1/parts: P2 has no parts. Give it one with its own words.'],
    ['steps.0.text', ' ', 'ours.json, at /steps/0/text: This text is empty.'],
    ['steps.4.code', 'P1a', 'ours.json, at /steps/4/code: P1a is the code of /promises/0/parts/0 already.'],
    ['steps.4.code', 'i4', 'ours.json, at /steps/4/code: i4 is not a code like P1a: a capital letter, then letters and digits.'],
    ['groups.2.statements.3.sameAs', undefined, 'ours.json, at /groups/2/statements/3: S12 has the same words as S8. Say so with "sameAs": "S8".'],
    ['groups.2.statements.3.sameAs', 'S9', 'ours.json, at /groups/2/statements/3/sameAs: S12 does not have the same words as S9, or S9 does not come before it.'],
    ['groups.0.statements.0.sameAs', 'S8', 'ours.json, at /groups/0/statements/0/sameAs: S1 does not have the same words as S8, or S8 does not come before it.'],
    ['authors', [], 'ours.json, at /authors: Say who wrote the pledge.'],
  ])('with %s %j is refused with file, place and reason', (path, value, message) => {
    expect(wrong(set(path, value))).toBe(message);
  }); // prettier-ignore

  it('tells every problem at once', () => {
    const both = wrong((file) => {
      set('steps.0.text', '')(file);
      set('validFrom', '2027-01-01')(file);
      set('validTo', '2026-01-01')(file);
    });
    expect(both.split('\n')).toHaveLength(2);
    expect(both).toContain('The pledge cannot end on 2026-01-01, before it begins on 2027-01-01.');
  });

  it('says that it is not JSON', () =>
    expect(() => readPledge('{ "pledge": ', 'ours.json')).toThrow(/^ours\.json, at \/: This is not JSON\. /));
});

describe('versions of a pledge', () => {
  const after = (...versions: PledgeVersion[]): Pledge =>
    versions.reduce<Pledge>(
      (state, data) => pledge.evolve(state, { type: 'PledgeVersionPublished', data }, { occurredAt: '', recordedAt: '' }),
      pledge.initial,
    ); // prettier-ignore
  const second: PledgeVersion = { ...shipped, version: '2', validFrom: '2027-04-01', steps: shipped.steps.slice(0, 4) };
  const codeOf = (decided: unknown) => (decided as Refusal).code;

  it('are published once; the same file again adds nothing, other words need another version', () => {
    expect(publishVersion(after(), shipped)).toHaveLength(1);
    expect(publishVersion(after(shipped), shipped)).toEqual([]);
    expect(codeOf(publishVersion(after(shipped), { ...shipped, title: 'Other' }))).toBe('version-taken');
  });

  it('follow each other in time, and no code comes to mean something else', () => {
    expect(publishVersion(after(shipped), second)).toHaveLength(1);
    expect(codeOf(publishVersion(after(shipped), { ...shipped, version: '2' }))).toBe('valid-from-missing');
    expect(codeOf(publishVersion(after(shipped, second), { ...second, version: '3' }))).toBe('valid-from-missing');
    const turned = { ...second, steps: [{ code: 'S1', text: 'A step' }], groups: [] };
    expect(codeOf(publishVersion(after(shipped), turned))).toBe('code-reused');
  });

  it('hold from their day on: a part is promised under the version of that day', () => {
    const both = after(shipped, second);
    expect(versionOn(both.versions, '2027-03-31')?.version).toBe('1');
    expect(versionOn(both.versions, '2027-04-01')?.version).toBe('2');
    expect(partOn(both, 'I4', '2027-03-31')?.kind).toBe('step');
    expect(partOn(both, 'I4', '2027-04-01')).toBeUndefined();
    expect(partOn(both, 'S8', '2027-03-31')).toBeUndefined();
    expect(versionOn([{ ...shipped, validTo: '2026-12-31' }], '2027-01-01')).toBeUndefined();
  });
});
