import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

describe('the code of the machine', () => {
  it('is what its sources compile to (npm run assembly writes it)', () => {
    const { stdout, stderr } = spawnSync(process.execPath, [join(root, 'scripts/assembly.mjs'), '--print'], { cwd: root, encoding: 'utf8' }); // prettier-ignore
    expect(stderr).toBe('');
    expect(stdout).toBe(readFileSync(join(root, 'libs/verifier/src/machine-code.ts'), 'utf8'));
  }, 60_000);

  it('has the numbers of rows, of what is said and of steps in common with those who read them', () => {
    const numbers = (path: string): Map<string, string> =>
      new Map([...readFileSync(join(root, path), 'utf8').matchAll(/^(?:export )?const ([A-Z_]+)(?:: i32)? = (\d+);$/gm)].map(([, name = '', value = '']) => [name, value])); // prettier-ignore
    for (const [here, there] of [
      ['src/row.ts', 'assembly/layout.ts'],
      ['src/book.ts', 'assembly/reasons.ts'],
      ['src/rule.ts', 'assembly/rules.ts'],
    ]) {
      const machine = numbers(`libs/verifier/${there}`);
      const shared = [...numbers(`libs/verifier/${here}`)].filter(([name]) => machine.has(name));
      expect(shared.length).toBeGreaterThan(11);
      expect(shared.filter(([name, value]) => machine.get(name) !== value)).toEqual([]);
    }
  });
});
