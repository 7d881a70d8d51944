import type { ShownAnswers, StatementResult } from '#statements/statements.queries';
import { answerWords, FEW, isTold, SAID, trendWords } from '#statements/told-words';
import { capacityName } from '../teams/capacities.js';

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
      row('All of them', all),
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

/** Published apart, and never added to what people say themselves. */
export const apartFrom = ({ forSomeone, staff, otherWordings = [], trend }: StatementResult) => ({
  trend: trend && trendWords(trend),
  groups: [
    { title: 'What someone answered for a person', shown: forSomeone },
    { title: 'What staff answered as staff', shown: staff },
    ...otherWordings.map(({ wording, all }) => ({
      title: `In the words of version ${wording.split(' ').at(-1) ?? ''}`,
      shown: all,
    })),
  ].map(({ title, shown }) => ({
    title,
    words: !shown ? ['There is nothing to show.'] : isTold(shown) ? answerWords(shown) : [`The answers: ${FEW}.`],
  })),
});
