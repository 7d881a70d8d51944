import { ShapedFileError } from '#kernel/shaped-file';
import { readToolkit } from './read-toolkit.js';
import { shippedToolkits } from './toolkits.js';

const [shipped] = shippedToolkits();
const refusedFor = (change: (toolkit: Record<string, unknown>) => void): readonly string[] => {
  const toolkit = structuredClone(shipped) as unknown as Record<string, unknown>;
  change(toolkit);
  try {
    readToolkit(JSON.stringify(toolkit), 'ours.json');
  } catch (error) {
    if (error instanceof ShapedFileError) return error.message.split('\n');
    throw error;
  }
  return [];
};

describe('a toolkit file', () => {
  it('is read back as it was written', () => {
    expect(shippedToolkits().length).toBeGreaterThan(1);
    expect(refusedFor(() => undefined)).toEqual([]);
  });

  it('is refused without one of its levels, with file, place and reason', () => {
    const levels = shipped?.levels.map(({ code }) => code) ?? [];
    const question = shipped?.criteria[0]?.code ?? '';
    expect(refusedFor((toolkit) => (toolkit['criteria'] as { levels: unknown[] }[])[0]?.levels.pop())).toEqual([
      `ours.json, at /criteria/0/levels: ${question} does not say what level ${levels.at(-1)} means.`,
    ]);
  });

  it('is refused with levels in another order, and without a question', () => {
    const question = shipped?.criteria[0]?.code ?? '';
    expect(refusedFor((toolkit) => (toolkit['criteria'] as { levels: unknown[] }[])[0]?.levels.reverse())).toEqual([
      `ours.json, at /criteria/0/levels: Give the levels of ${question} in the order of the toolkit, lowest first.`,
    ]);
    expect(refusedFor((toolkit) => (toolkit['criteria'] as unknown[]).splice(0))).toEqual([
      'ours.json, at /criteria: A toolkit without a question rates nothing.',
    ]);
  });

  it('is refused when it is no JSON, or a field is missing', () => {
    expect(() => readToolkit('{', 'ours.json')).toThrow(/^ours\.json, at \/: This is not JSON\./);
    expect(refusedFor((toolkit) => delete toolkit['title'])[0]).toMatch(/^ours\.json, at \/title: Expected /);
  });
});
