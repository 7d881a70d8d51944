import { memoryFiles } from './bundle-files.js';
import { parseBundlePath } from './paths.js';
import { seededRandom } from './tamper-drill.js';
import { bundleOf } from './testing/test-bundle.js';
import { idOf, streamOf, TestLog } from './testing/test-log.js';
import { verifyBundle } from './verify-bundle.js';

const ROUNDS = 30;
const THINGS = 5;
type Data = Record<string, unknown>;

/** Entries of every type that the machine judges by itself: good ones, and such as lack, repeat or confuse something. */
const anyLog = (pick: (most: number) => number): TestLog => {
  const log = new TestLog();
  const one = <T>(...of: T[]): T => of[pick(of.length)] as T;
  const mostly = (good: unknown, ...bad: unknown[]): unknown => (pick(8) > 0 ? good : one(...bad));
  const id = (): unknown => mostly(idOf(`${pick(THINGS)}`), idOf('nothing'), 'x', 7, null, [idOf('1')], '');
  const some = (data: Data): Data => Object.fromEntries(Object.entries(data).filter(() => pick(9) > 0));
  const words = (...pointers: string[]): Record<string, string> => Object.fromEntries(pointers.filter(() => pick(9) > 0).map((each) => [each, 'w'])); // prettier-ignore
  const person = (): unknown => one<unknown>(idOf('0'), idOf('1'));
  /** Their places are empty, as those of sealed words are. */
  const write = (category: string, type: string, data: Data, pointers: string[] = [], of = THINGS): void => {
    const more = pick(4) === 0 ? { about: { authority: 'essex', import: { source: 'a' } } } : {};
    const stream = streamOf(category, `${pick(of)}`);
    log.append(stream, [{ type, data, ...(pointers.length > 0 && { words: words(...pointers) }) }], 'chair', more);
  };
  const list = (): unknown => one<unknown>([], [id()], [idOf('1'), idOf('2')], [idOf('3'), id(), id()], {}, 'x');
  const promise = (): Data => ({ what: null, ...some({ decision: id(), meeting: id(), due: one<unknown>('2027-01-01', null), authority: 'essex', team: id(), owner: one<unknown>(some({ person: person(), role: 'x' }), [], 'x') }) }); // prettier-ignore
  log.append(streamOf('log', 'log'), [{ type: 'log-created.v1' }]);
  for (const each of ['meeting', 'discussion', 'contribution', 'decision'])
    for (let at = 0; at < THINGS; at += 2) log.append(streamOf(each, `${at}`), [{ type: { meeting: 'meeting-called.v1', discussion: 'discussion-held.v1', contribution: 'contribution-received.v1', decision: 'decision-made.v1' }[each] ?? '' }]); // prettier-ignore
  const writes = [
    () => write('contribution', 'contribution-received.v1', some({ meeting: id(), addsTo: id() })),
    () => write('contribution', 'contribution-considered.v1', some({ meeting: id(), discussion: id() })),
    () => write('discussion', 'discussion-held.v1', some({ meeting: id(), contributions: list() })),
    () => write('decision', 'decision-made.v1', { statement: null, whichPart: null, reason: { codes: one<unknown>(['x'], [], 'x'), words: null }, ...some({ meeting: id(), discussion: id(), lookAgain: '2027-01-01', noLookAgain: true, passedTo: one('x', ''), answer: one<unknown>('yes', 'no', 'no', 'partly', 'later', 'passed-on', 'passed', 'n', '', 7, null), decidedBy: mostly([{ role: 'x' }], [{ role: 'x' }, { body: 'y' }], [{ role: '' }], [{ role: 7 }], [], 'x', [{ role: 'x' }, 'y']) }) }, ['/statement', '/whichPart', '/reason/words']), // prettier-ignore
    () => write('decision', 'decision-linked-to-contribution.v1', some({ contribution: id() })),
    () => write('decision', 'decision-unlinked.v1', some({ contribution: id() })),
    () => write(one('commitment', 'serviceChange'), one('commitment-made.v1', 'service-change-promised.v1'), promise(), ['/what']), // prettier-ignore
    () => write('commitment', 'commitment-linked-to-contribution.v1', { why: null, ...some({ contribution: id() }) }, ['/why']), // prettier-ignore
    () => write('commitment', 'commitment-unlinked.v1', { why: null, ...some({ contribution: id() }) }, ['/why']),
    () => write('commitment', 'reported-done.v1', {}),
    () => write('commitment', one('done-confirmed.v1', 'done-disputed.v1', 'verdict-given.v1'), some({ person: person(), contribution: id() })), // prettier-ignore
    () =>
      write(
        'commitment',
        'owner-changed.v1',
        some({ old: some({ person: person() }), new: some({ person: person() }) }),
        [],
        1,
      ),
    () => write('commitment', 'due-date-changed.v1', { reason: null, ...some({ old: '2027-01-01', new: '2028-01-01' }) }, ['/reason'], 1), // prettier-ignore
    () => write('commitment', 'reopened.v1', {}, [], 2),
    () => write('commitment', one('promise-reworded.v1', 'dropped.v1'), { what: null, reason: null }, ['/what', '/reason']), // prettier-ignore
  ];
  for (let at = 0; at < 150; at += 1) writes[pick(writes.length)]?.();
  return log;
};

describe('rules that the machine judges by itself', () => {
  it('say the same as the rules in full, whatever the entries hold', async () => {
    const said = new Map<string, number>();
    for (let round = 0; round < ROUNDS; round += 1) {
      const log = anyLog(seededRandom(round));
      const all = log.leaves.map((_, at) => at);
      // What has a proof of its own is read, and judged, the slower way.
      const findings = async (cited: readonly number[]) => {
        const { files, trust } = await bundleOf(log, streamOf('commitment', '1'), cited, { streams: [], keys: false });
        const { levels } = await verifyBundle(memoryFiles(files), trust);
        const rules = levels.find(({ id }) => id === 'rules')!;
        return { ...rules, proofs: files.filter(({ path }) => parseBundlePath(path)?.kind === 'proof').length };
      };
      const [plain, slow] = [await findings([]), await findings(all)];
      expect([plain.proofs, slow.proofs]).toEqual([0, all.length]);
      expect({ ...plain, proofs: 0 }).toEqual({ ...slow, proofs: 0 });
      for (const { says } of slow.findings) said.set(says.replace(/^Entry \d+ \(([^)]*)\)| \(.*|[0-9-]{10,}/g, '$1'), 1); // prettier-ignore
    }
    process.stdout.write(`${ROUNDS} records, ${said.size} different things said of them, alike by both\n`);
    expect(said.size).toBeGreaterThan(25);
  });
});
