import fc from 'fast-check';
import { type Captured, parseQuickCapture, printQuickCapture } from './quick-capture.js';

const TODAY = '2026-11-23';
const parse = (text: string): Captured => parseQuickCapture(text, TODAY);

const EXAMPLE = `view: The day centre form is too long
view 2 Amina: I cannot read the small print
yes 1: We will make the form shorter
no 2: Bigger print on the old form >> why money. The old form stops in April
later 2: Bus until 8pm >> why money; look Apr
promise 1: Write a two page form >> who Jane Smith; by 1 Mar 2027
disagree 1: Two people wanted to keep the long form`;

describe('quick capture', () => {
  it('reads the example beside the text box', () => {
    const { data, problems } = parse(EXAMPLE);
    expect(problems).toEqual([]);
    expect(data).toEqual({
      views: [
        { number: 1, words: 'The day centre form is too long' },
        { number: 2, who: 'Amina', words: 'I cannot read the small print' },
      ],
      decisions: [
        {
          views: [1],
          answer: 'yes',
          statement: 'We will make the form shorter',
          reasons: [],
          alternatives: [],
          effects: [],
          unread: [],
        },
        {
          views: [2],
          answer: 'no',
          statement: 'Bigger print on the old form',
          reasons: ['money'],
          why: 'The old form stops in April',
          alternatives: [],
          effects: [],
          unread: [],
        },
        {
          views: [2],
          answer: 'later',
          statement: 'Bus until 8pm',
          reasons: ['money'],
          lookAgain: '2027-04-30',
          alternatives: [],
          effects: [],
          unread: [],
        },
      ],
      promises: [{ views: [1], what: 'Write a two page form', ownerName: 'Jane Smith', due: '2027-03-01', unread: [] }],
      disagreements: [{ views: [1], words: 'Two people wanted to keep the long form' }],
      unsorted: [],
    });
  });

  it('reads every answer and every detail', () => {
    const { data, problems } = parse(`view: a
view: b
view: c
Partly 1, 2 and 3: Some of it >> part The large print; why staff, the law. Too few people; and too late; else Ask again; else Wait; changed 1; helped 2-3; look never
passed on 1: Bus times >> to Essex Highways; why not in charge. They run the buses
already 2: There is a phone line >> why already happens. Call 01234
undecided 3: The garden >> by 1 May
promise 1: Ring them >> who Jo Bloggs, manager; by end of March 2027; proof their letter; check Sam Ali, co-chair
promise 2: Print it >> check chair`);
    expect(problems).toEqual([]);
    expect(data.decisions).toMatchObject([
      {
        views: [1, 2, 3], answer: 'partly', whichPart: 'The large print', reasons: ['staff', 'law'], why: 'Too few people; and too late',
        alternatives: ['Ask again', 'Wait'], noLookAgain: true,
        effects: [{ view: 1, effect: 'changed' }, { view: 2, effect: 'helped' }, { view: 3, effect: 'helped' }],
      },
      { answer: 'passed-on', passedTo: 'Essex Highways', reasons: ['not-in-charge'], why: 'They run the buses' },
      { answer: 'already', reasons: ['already-happens'], why: 'Call 01234' },
      { answer: 'undecided', decideBy: '2027-05-01' },
    ]); // prettier-ignore
    expect(data.promises).toMatchObject([
      { ownerName: 'Jo Bloggs', ownerRole: 'manager', due: '2027-03-31', proofWanted: 'their letter', checkerName: 'Sam Ali', checkerRole: 'co-chair' },
      { checkerRole: 'chair' },
    ]); // prettier-ignore
  });

  it('forgives bullets, quotes, capitals, spaces and line ends of other systems', () => {
    const { data, problems } = parse(
      ' • VIEW :  Too long \r\n- [ ] View 7  AMINA : “Small print”\r“yes 1: Shorter”\r\n\r\n3. no 7： Not the print >> WHY Money:  dear\n> disagree 1: Keep it',
    );
    expect(problems).toEqual([]);
    expect(data.views).toEqual([
      { number: 1, words: 'Too long' },
      { number: 7, who: 'AMINA', words: '“Small print”' },
    ]);
    expect(data.decisions).toMatchObject([
      { answer: 'yes', statement: 'Shorter' },
      { answer: 'no', views: [7], reasons: ['money'], why: 'dear' },
    ]);
    expect(data.disagreements).toEqual([{ views: [1], words: 'Keep it' }]);
  });

  it('keeps texts in any script', () => {
    const { data } = parse('view آمنة: الاستمارة طويلة جدا\nview: 表格太长 🚌\nyes 2: 好');
    expect(data.views).toEqual([
      { number: 1, who: 'آمنة', words: 'الاستمارة طويلة جدا' },
      { number: 2, words: '表格太长 🚌' },
    ]);
    expect(data.decisions).toMatchObject([{ statement: '好' }]);
  });

  it.each([
    ['yes: We will', "Line 2: add the view number, like 'yes 3: …'"],
    ['yes 9: We will', 'Line 2: there is no view 9. Add it, or change the number.'],
    ['view 1 2: another', 'Line 2: give this view one number of its own, or none.'],
    ['view 2:', 'Line 2: add what they said after the colon.'],
    ['promise 1: >> who Jo', 'Line 2: add what was said after the colon.'],
    ['yes 1 we will', "Line 2: add a colon after the number, like 'yes 1: …'."],
    ['no Amina 1: x', "Line 2: add the view number, like 'no 3: …'"],
  ])('keeps "%s" unsorted and says what to add', (line, message) => {
    const { data, problems } = parse(`view: a\n${line}`);
    expect(data.unsorted).toEqual([line]);
    expect(problems.map((each) => each.message)).toEqual([message]);
  });

  it('keeps a line it does not know without a word of blame', () => {
    const { data, problems, rows } = parse('Apologies from Sam\n\nnovel idea: more tea\nview: a');
    expect(data.unsorted).toEqual(['Apologies from Sam', 'novel idea: more tea']);
    expect(problems).toEqual([]);
    expect(rows).toEqual([
      { line: 1, text: 'Apologies from Sam', as: 'unsorted', at: 0 },
      { line: 3, text: 'novel idea: more tea', as: 'unsorted', at: 1 },
      { line: 4, text: 'view: a', as: 'views', at: 0 },
    ]);
  });

  it('keeps a detail that it cannot read, and says so', () => {
    const { data, problems } = parse(
      'view: a\npromise 1: Do it >> soonish; by next week; who Jo\nno 1: x >> why money; why law; changed 4',
    );
    expect(data.promises).toMatchObject([{ ownerName: 'Jo', unread: ['soonish', 'by next week'] }]);
    expect(data.decisions).toMatchObject([{ reasons: ['money'], effects: [], unread: ['why law', 'changed 4'] }]);
    expect(problems.map(({ message }) => message)).toEqual([
      'Line 2: After >> start with who, by, proof or check.',
      "Line 2: 'next week' is not a date we can read. Write it like 1 Mar 2027.",
      "Line 3: Use 'why' once.",
      "Line 3: Use the numbers on this line, once each, after 'changed'.",
    ]);
  });

  it('prints texts from guided entry so that they read back the same', () => {
    const data = parse('view: a').data;
    const guided = {
      ...data,
      views: [{ number: 1, who: 'Jo', words: 'first line\nsecond >> line' }],
      decisions: [{ views: [1], answer: 'no', statement: 'a >> b', reasons: [], why: 'Money; look out\nhere', alternatives: ['x; else y'], effects: [], unread: [] }],
      promises: [{ views: [1], what: 'w', ownerName: 'Smith, Jane', ownerRole: 'head; by proxy', due: '2028-02-29', unread: [] }],
    } as const; // prettier-ignore
    expect(parse(printQuickCapture(guided)).data).toEqual(guided);
  });

  const piece = fc.oneof(
    fc.constantFrom('view', 'yes', 'no', 'later', 'partly', 'promise', 'disagree', 'undecided', 'passed-on', ' ', ' 1', ' 2', '3-4', ':', ': ', '>>', ' >> ', ';', '; ', 'why ', 'money', '. ', 'look ', 'Apr', 'by ', '1 Mar', 'who ', ',', 'else ', 'part ', 'to ', 'changed', 'helped 1', 'check ', 'proof ', 'and ', '\n', '\n', '\r\n', '- ', '"', '⏎', '\u2060', 'Amina', 'ß', '👵🏽'),
    fc.string({ unit: 'binary', maxLength: 6 }),
  ); // prettier-ignore
  const typed = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(''));
  const lines = fc.array(fc.tuple(fc.constantFrom('view', 'view 2 Amina', 'yes 1', 'no 1,2', 'later 1', 'partly 1', 'promise 1', 'disagree 1', 'passed-on 2', ''), typed), { maxLength: 12 })
    .map((all) => all.map(([head, rest]) => `${head}: ${rest}`).join('\n')); // prettier-ignore

  it('property: what is printed reads back as the same', () => {
    fc.assert(
      fc.property(fc.oneof(typed, lines), (text) => {
        const { data } = parse(text);
        expect(parse(printQuickCapture(data)).data).toEqual(data);
      }),
      { numRuns: 2_000 },
    );
  });

  it('property: every line that is not blank is in the result, and no letter of it is lost', () => {
    const letters = (text: string): string[] =>
      [
        ...text
          .normalize('NFKC')
          .toLowerCase()
          .matchAll(/[\p{L}\p{N}]/gu),
      ].map(([letter]) => letter);
    fc.assert(
      fc.property(fc.oneof(typed, lines), (text) => {
        const { data, rows } = parse(text);
        const shown = rows.map(({ line }) => line);
        const given = text
          .split(/\r\n|[\n\r\u0085\u2028\u2029]/)
          .flatMap((each, index) => (each.trim() === '' ? [] : [index + 1]));
        expect(shown).toEqual(given);
        // What is understood may be spelt another way (a date, a code); what people said may not.
        for (const { as, at, text: line } of rows) {
          if (as === 'unsorted') expect(data.unsorted[at]).toBe(line);
          if (as !== 'views' && as !== 'disagreements') continue;
          const said = letters(data[as][at]?.words ?? '').join('');
          expect(letters(line).join('').endsWith(said)).toBe(true);
          expect(letters(line.slice(line.search(/[:：]/)))).toEqual([...said]);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('reads 10,000 lines, and one very long line, in bounded time', () => {
    const many = Array.from({ length: 2_000 }, () => `${EXAMPLE}\n`).join('');
    const started = performance.now();
    expect(parse(many).rows).toHaveLength(14_000);
    parse(`no 1: ${'; why money '.repeat(50_000)}`);
    parse('- '.repeat(200_000));
    parse(`view ${'1, '.repeat(100_000)}: x`);
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
