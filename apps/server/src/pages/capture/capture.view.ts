import type { CarriedOver } from '#meetings/carried-over';
import type { Draft } from '#meetings/draft';
import { isTalkedAbout } from '#meetings/talk-about';
import type { CaptureProblem, CaptureRow, QuickCapture } from '#meetings/quick-capture';
import { longDate } from '../../shell/dates.js';
import { say } from '../../wording/wording.js';

const done = (count: number, one: string, many: string) =>
  count === 0 ? 'Nothing yet' : `${count} ${count === 1 ? one : many}`;

/** The seven steps, each with what is there already. Any order, except the last. */
export const tasksOf = (meeting: string, draft: Draft) => {
  const at = (path: string) => `/meetings/${meeting}/capture/${path}`;
  const { people, others } = draft.attendance;
  const there = people.length + others.reduce((sum, { count }) => sum + count, 0);
  const told = draft.views.filter(({ existing, readBack }) => existing === undefined && readBack !== undefined).length;
  const tallied = draft.howWasIt.reduce((sum, { count }) => sum + count, 0);
  return [
    { href: at('about'), text: 'About the meeting', state: draft.about.openness ? 'Done' : 'Nothing yet' },
    { href: at('people'), text: 'Who was here', state: done(there, 'person', 'people') },
    { href: at('views'), text: 'What people said', state: done(draft.views.length, 'view', 'views') },
    { href: at('decisions'), text: 'What the team decided', state: done(draft.decisions.length, 'answer', 'answers') },
    { href: at('promises'), text: 'What we promised', state: done(draft.promises.length, 'promise', 'promises') },
    { href: at('read-back'), text: 'Read it back to the room', state: done(told, 'card', 'cards') },
    { href: at('how-was-it'), text: 'How was the meeting?', state: done(tallied, 'answer', 'answers') },
    { href: at('check'), text: 'Check and record', state: 'Last step' },
  ];
};

const KINDS: Readonly<Record<keyof QuickCapture, string>> = {
  views: 'A view', decisions: 'An answer', promises: 'A promise', disagreements: 'A disagreement', unsorted: 'Not sorted yet',
}; // prettier-ignore

/** The preview of quick capture: each line as it was understood, with the page where it can be changed. */
export const previewRows = (meeting: string, rows: readonly CaptureRow[], data: QuickCapture) =>
  rows.map(({ line, text, as, at }) => ({
    line,
    kind: KINDS[as],
    isUnsorted: as === 'unsorted',
    understood: understood(as, at, data) ?? text,
    change:
      as === 'views'
        ? `/meetings/${meeting}/capture/views/${data.views[at]?.number ?? 0}`
        : as === 'decisions' || as === 'promises'
          ? `/meetings/${meeting}/capture/${as}/${at + 1}`
          : undefined,
  }));

/** People leave out the full stop of a line that they type. */
const sentence = (words: string): string => (/[.!?…]$/.test(words) ? words : `${words}.`);

const understood = (as: keyof QuickCapture, at: number, data: QuickCapture): string | undefined => {
  const view = as === 'views' ? data.views[at] : undefined;
  if (view) return `View ${view.number}${view.who ? `, ${view.who}` : ''}: “${view.words}”`;
  const decision = as === 'decisions' ? data.decisions[at] : undefined;
  if (decision) {
    const answer = decision.answer === 'undecided' ? 'No decision today' : say(`answer.${decision.answer}`);
    return [
      `${answer}, to view ${decision.views.join(', ')}: ${sentence(decision.statement)}`,
      ...(decision.reasons.length > 0 || decision.why
        ? [
            `Why: ${[...decision.reasons.map((code) => say(`reason.${code}`)), decision.why && sentence(decision.why)].filter(Boolean).join(' ')}`,
          ]
        : []),
      ...(decision.lookAgain ? [`We look again on ${longDate(decision.lookAgain)}.`] : []),
    ].join(' ');
  }
  const promise = as === 'promises' ? data.promises[at] : undefined;
  if (promise)
    return [
      `For view ${promise.views.join(', ')}: ${sentence(promise.what)}`,
      ...(promise.ownerName ? [`Who: ${promise.ownerName}${promise.ownerRole ? `, ${promise.ownerRole}` : ''}.`] : []),
      ...(promise.due ? [`By ${longDate(promise.due)}.`] : []),
    ].join(' ');
  const disagreement = as === 'disagreements' ? data.disagreements[at] : undefined;
  return disagreement && `View ${disagreement.views.join(', ')}, not everyone agreed: ${disagreement.words}`;
};

/** Line problems as problems of the one big box. */
export const lineProblems = (problems: readonly CaptureProblem[]) =>
  problems.map(({ code, message }) => ({ pointer: '/lines', code, detail: message }));

/** What stands in the draft, and later in the record, when something from last time is talked about. */
export const promiseQuestion = (what: string): string => `From last time, we promised: “${oneLine(what)}”`;
export const decisionQuestion = (statement: string): string =>
  `From last time, we said not now: “${oneLine(statement)}”`;

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** What makes chairs open the page: what the team still owes from earlier meetings. */
export const carriedOver = (found: CarriedOver, open: (ref: string | null) => string, draft: Draft) => {
  const isIn = (view: string) => draft.views.some(({ existing }) => existing === view);
  const promise = (each: CarriedOver['late'][number]) => ({
    id: each.id,
    href: `/service-changes/${each.id}`,
    text: open(each.what),
    isIn: isTalkedAbout(draft, promiseQuestion(open(each.what))),
    who: [each.owner_name ? open(each.owner_name) : '', each.owner_role ?? ''].filter(Boolean).join(', '),
    due: each.due ? `, by ${longDate(each.due)}` : '',
  });
  const { late, due, disputed, waiting, lookAgain } = found;
  return {
    summary: [
      late.length > 0 ? plural(late.length, 'late promise', 'late promises') : '',
      disputed.length > 0
        ? plural(disputed.length, 'promise that someone says is not done', 'promises that someone says are not done')
        : '',
      due.length > 0 ? plural(due.length, 'promise due soon', 'promises due soon') : '',
      waiting.length > 0 ? plural(waiting.length, 'view waiting for a decision', 'views waiting for a decision') : '',
      lookAgain.length > 0 ? plural(lookAgain.length, 'decision to look at again', 'decisions to look at again') : '',
    ].filter(Boolean),
    late: late.map(promise),
    due: due.map(promise),
    disputed: disputed.map(promise),
    waiting: waiting.map((view) => ({
      id: view.id,
      words: view.words ? open(view.words) : 'A picture or a recording',
      on: longDate(view.occurred_at),
      isIn: isIn(view.id),
    })),
    lookAgain: lookAgain.map((each) => ({
      id: each.id,
      isIn: isTalkedAbout(draft, decisionQuestion(open(each.statement))),
      href: `/decisions/${each.id}`,
      text: open(each.statement),
      on: longDate(each.look_again),
    })),
  };
};

const plural = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;
