import { has, say } from '../../wording/wording.js';
import { longDate } from '../../shell/dates.js';
import type { RequestRow } from '#requests/requests.queries';

type OpenText = (ref: string | null) => string;

/** A code from a stream, in words; a code that has none is shown as it is. */
const named = (group: 'requestKind' | 'role', code: string): string => {
  const key: string = `${group}.${code}`;
  return has(key) ? say(key) : code;
};

/** What a kind of request asks the team to do, in the words of the one who does it. */
const TO_DO: Readonly<Record<string, string>> = {
  'not-what-i-said': 'Fix our notes. Then tell them.',
  'not-done': 'Look at the promise. Open it again, or have it checked.',
  'do-not-understand': 'Explain it in another way. Then write down what you said.',
  'call-me': 'Call them. Then write down what you said.',
  'look-again': 'Look at the decision again. Tell them what you think.',
};

const WHOM: Readonly<Record<string, string>> = {
  'not-done': 'The person in charge of the promise answers',
  'look-again': 'The team answers, at its next meeting',
};

const FOR_THE_TEAM = 'What was said is for the team that answers.';

/** One request on the list: what was asked, since when, who answers it, and the answer. `open` left out: not what was said. */
export const requestItem = (row: RequestRow, teamName: string | undefined, today: string, open?: OpenText) => ({
  id: row.id,
  kind: named('requestKind', row.kind),
  note: row.note && open ? open(row.note) : '',
  contact: row.contact && open ? open(row.contact) : '',
  withheld: open ? '' : FOR_THE_TEAM,
  asked: longDate(row.asked_at),
  waits: row.answered_at ? '' : waits(row.asked_at, today),
  isOld: !row.answered_at && daysSince(row.asked_at, today) > 10,
  by: row.by_role === 'supporter' ? 'A supporter asked' : 'The person asked',
  who: WHOM[row.kind] ?? (teamName ? `The chair of ${teamName} answers` : 'The pledge lead answers'),
  toDo: TO_DO[row.kind] ?? '',
  answered: longDate(row.answered_at),
  answer: row.answer
    ? (open?.(row.answer) ?? FOR_THE_TEAM)
    : row.at_once
      ? 'This was done at once, without anyone having to answer.'
      : '',
  answeredBy: row.answered_by ? named('role', row.answered_by) : '',
  view: row.contribution,
  about: row.commitment
    ? { href: `/commitments/${row.commitment}`, text: 'The promise' }
    : row.service_change
      ? { href: `/service-changes/${row.service_change}`, text: 'The promise' }
      : row.decision
        ? { href: `/decisions/${row.decision}`, text: 'The decision' }
        : undefined,
});

const daysSince = (asked: string, today: string): number =>
  Math.max(0, Math.round((Date.parse(today) - Date.parse(asked.slice(0, 10))) / 86_400_000));

const waits = (asked: string, today: string): string => {
  const days = daysSince(asked, today);
  return days === 0 ? 'Asked today' : days === 1 ? 'Waits since yesterday' : `Waits for ${days} days`;
};

/** What the giver of a view asked, and what became of it: for their own page. */
export const askedByMe = (rows: readonly RequestRow[], open: OpenText) =>
  rows
    .filter(({ at_once }) => at_once === 0)
    .map((row) => ({
      kind: named('requestKind', row.kind),
      asked: longDate(row.asked_at),
      answered: longDate(row.answered_at),
      answer: row.answer ? open(row.answer) : '',
    }));
