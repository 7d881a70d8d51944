import type { LifecycleState } from '#kernel/codes';

export interface Rag {
  readonly colour: 'red' | 'amber' | 'green' | 'grey';
  /** Why, in words; nobody picks the colour. */
  readonly why: string;
  readonly late: boolean;
}

export interface RagFacts {
  readonly state: LifecycleState;
  readonly due: string | null;
  /** How exactly the date is known; left out: to the day. */
  readonly due_precision?: 'month' | 'year' | null;
  readonly proofs: number;
}

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const inWords = (day: string, precision: RagFacts['due_precision']): string => {
  const [year, month] = [day.slice(0, 4), MONTHS[Number(day.slice(5, 7)) - 1] ?? ''];
  if (precision) return `the end of ${precision === 'year' ? year : `${month} ${year}`}`;
  return `${Number(day.slice(8))} ${month} ${year}`;
};

/** Late is a promise in one of these states whose day has gone by: one rule for every page and list. */
export const LATE_STATES: readonly LifecycleState[] = ['promised', 'under-way', 'transferred'];

/** What people say is not done is not "late" as well: it has a name of its own, whatever its day. */
export const isLate = ({ state, due }: { readonly state: string; readonly due: string | null }, today: string) =>
  due !== null && due < today && LATE_STATES.some((each) => each === state);

/** Red, amber or green from dates, proof and confirmations alone. */
export const ragOf = ({ state, due, due_precision: precision, proofs }: RagFacts, today: string): Rag => {
  const proof =
    proofs === 0 ? 'no proof was added' : `${proofs === 1 ? 'one proof was' : `${proofs} proofs were`} added`;
  const is = (colour: Rag['colour'], why: string, late = false): Rag => ({
    colour,
    why: `${colour.charAt(0).toUpperCase()}${colour.slice(1)} because ${why}.`,
    late,
  });
  switch (state) {
    case 'confirmed':
      return is('green', 'somebody other than the owner checked that it is done');
    case 'disputed':
      return is('red', 'somebody says it is not done');
    case 'reported-done':
      return is('amber', `it is reported done and nobody except the owner has checked it; ${proof}`);
    case 'paused':
      return is('amber', 'it is stopped for now');
    case 'dropped':
      return is('grey', 'it will not be done now');
    case 'transferred':
    case 'promised':
    case 'under-way':
      if (due === null) return is('red', 'no date was recorded');
      return isLate({ state, due }, today)
        ? is('red', `the date was ${inWords(due, precision)} and ${proof}`, true)
        : is('amber', `it is promised by ${inWords(due, precision)} and not done yet`);
  }
};
