import type { ShownAnswers, StatementResult } from '#statements/statements.queries';
import { capacityName } from '../teams/capacities.js';

export const FEW = 'too few people to show';

/** What each answer is called after "said". */
const SAID: readonly (readonly [keyof ShownAnswers['answers'], string])[] = [
  ['yes', 'yes'],
  ['a-bit', 'a bit'],
  ['no', 'no'],
  ['not-sure', 'that they are not sure'],
  ['rather-not-say', 'that they do not want to say'],
];
const VOICES: Readonly<Record<string, string>> = {
  own: 'People who answered for themselves',
  helped: 'People who answered with help',
  proxy: 'Someone answered for the person',
  'not-recorded': 'Counted on paper: not recorded who helped',
};
const UNKNOWN: Readonly<Record<string, string>> = {
  'not-recorded': 'Counted on paper: not recorded',
  'not-said': 'Did not say',
};

/** `2026-H1` as people say it. */
export const periodWords = (half: string): string =>
  half.endsWith('1') ? `January to June ${half.slice(0, 4)}` : `July to December ${half.slice(0, 4)}`;

/** "About 15 of 30 people who answered said yes. Too few people said no to show the number." */
export const resultWords = (result: StatementResult): string[] => {
  if (result.state === 'open') return ['Answers of this half year are shown after it ends.'];
  if (result.state === 'not-asked') return ['Nobody has been asked.'];
  if (result.state === 'nobody-answered') return ['People were asked. Nobody answered.'];
  const { all } = result;
  if (!all || (all.total === null && SAID.every(([code]) => !all.answers[code])))
    return [`People were asked. The answers: ${FEW}.`];
  return [...SAID.map(([code, words]) => sentence(all, code, words)), aside(all)];
};

const sentence = ({ total, answers }: ShownAnswers, code: keyof ShownAnswers['answers'], words: string): string => {
  const count = answers[code];
  if (count === null) return `How many said ${words}: ${FEW}.`;
  if (count === 0) return `Nobody said ${words}.`;
  return total === null
    ? `About ${count} people said ${words}.`
    : `About ${count} of ${total} people who answered said ${words}.`;
};

const aside = ({ answers }: ShownAnswers): string => {
  const count = answers['not-about-me'];
  if (count === null) return `How many said that this is not about them: ${FEW}.`;
  return count === 0
    ? 'Nobody said that this is not about them.'
    : `About ${count} more people said that this is not about them. They are not counted above.`;
};

const cell = (count: number | null): { text: string } => ({ text: count === null ? FEW : String(count) });

const row = (name: string, shown: ShownAnswers) => [
  { text: name },
  ...SAID.map(([code]) => cell(shown.answers[code])),
  cell(shown.total),
  cell(shown.answers['not-about-me']),
];

/** The numbers apart by who gave them; own, helped and answered-for are never put together. */
export const resultTable = ({ all, by = [] }: StatementResult) =>
  all && {
    caption: 'The numbers, rounded to the nearest 5',
    head: ['Who', 'Yes', 'A bit', 'No', 'Not sure', 'Do not want to say', 'All who answered', 'Not about me'],
    rows: [
      row('Everyone', all),
      ...by.map((each) =>
        row(
          each.kind === 'voice'
            ? (VOICES[each.value] ?? each.value)
            : (UNKNOWN[each.value] ?? capacityName(each.value)),
          each,
        ),
      ),
    ],
  };
