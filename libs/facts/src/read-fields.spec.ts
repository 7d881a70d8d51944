import type { FactFields } from './fact-kind.js';
import { day, line, many, number, people, said, yesNo } from './fields.js';
import { readFields } from './read-fields.js';

const FORMATS = [
  { value: 'plain', text: 'Plain words' },
  { value: 'audio', text: 'Audio' },
];
const FIELDS: FactFields = {
  title: line({ label: 'Title', missing: 'Enter the title.' }),
  told: said({ label: 'Words' }),
  spaces: number({ label: 'Places' }, 1, 1_000),
  on: day({ label: 'Day' }),
  agreed: yesNo({ label: 'Agreed' }),
  formats: many(FORMATS, { label: 'Formats' }),
  people: people({ label: 'People' }),
};
const problemsOf = (body: Record<string, unknown>): readonly string[] => {
  const read = readFields(FIELDS, { title: 'A title', ...body });
  return 'problems' in read ? read.problems.map(({ pointer, detail }) => `${pointer} ${detail}`) : [];
};

describe('the fields of a fact', () => {
  it('are read in the form in which they are kept', () => {
    const people = [
      { capacity: 'staff', count: 2 },
      { capacity: 'uses-services', count: 0 },
    ];
    expect(
      readFields(FIELDS, { title: ' The  form ', formats: ['audio', 'plain', 'audio'], people, agreed: false }),
    ).toEqual({
      data: { title: 'The form', formats: ['plain', 'audio'], agreed: false, people: people.toReversed() },
    });
  });

  it.each([
    [{ title: ' \u200b ' }, '/title Enter the title.'],
    [{ title: 'x'.repeat(201) }, '/title Use 200 characters or fewer.'],
    [{ spaces: 0 }, '/spaces Use 1 or more.'],
    [{ spaces: 1_001 }, '/spaces Use 1,000 or less.'],
    [{ spaces: '3' }, '/spaces Use a whole number, like 3.'],
    [{ on: '2027-02-30' }, '/on Give a date that exists, like 2027-03-01.'],
    [{ agreed: 'yes' }, '/agreed Choose yes or no.'],
    [{ formats: ['rune'] }, '/formats Choose from the list.'],
    [{ people: [{ capacity: 'staff', count: -1 }] }, '/people/0/count Use 0 or more.'],
    [{ people: [{ capacity: 'king', count: 1 }] }, '/people/0/capacity Name each of the list once.'],
    [{ constructor: 1 }, '/constructor There is no field with this name here.'],
  ])('are refused when they are wrong: %j', (body, problem) => {
    expect(problemsOf(body)).toEqual([problem]);
  });

  it('are refused all at once', () => {
    expect(problemsOf({ title: '', spaces: 1.5, on: 'soon' })).toHaveLength(3);
  });
});
