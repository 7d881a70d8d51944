import type { Recorded } from '#kernel/event';
import { sealedRef } from '#kernel/personal';
import { londonDay } from '#kernel/time';
import { workingDaysBetween } from '#kernel/working-days';
import type { LogRow } from '#pledge-log/pledge-log';
import type { Story } from '#pledge-log/story';
import type { Chain } from '#traceability/chain.types';
import { spoken } from '#traceability/show';
import { exactDate, longDate } from '../../shell/dates.js';
import { roleName } from '../../wording/wording.js';
import { workingDays } from '../clocks/reply-clock.view.js';
import { answerTag } from '../decisions/decision.view.js';
import { dueDate } from '../pledge-log/pledge-log.view.js';
import type { Behind } from './behind.js';
import { replyWords } from './reply-words.js';

/** A step of the chain, or (`missing`) the place where one should be. */
export interface ChainRow {
  readonly icon: string;
  readonly title: string;
  readonly text?: string;
  readonly date?: string;
  readonly who?: string;
  readonly state: 'done' | 'next' | 'late' | 'missing';
  readonly stateText?: string;
  readonly href?: string;
}

const gap = (title: string): ChainRow => ({ icon: 'warning', title, state: 'missing', stateText: 'Missing' });
const waits = (title: string): ChainRow => ({ icon: 'clock', title, state: 'next', stateText: 'Not yet' });

/**
 * View, considered, decision, promise, proof, confirmed, reply: in this order, whatever came first. What the record does
 * not show is a row of its own, with the working days where days count.
 */
export const chainRows = (row: LogRow, story: Story, behind: Behind, open: (ref: string | null) => string, today: string): readonly ChainRow[] => [
  ...viewRows(behind.views),
  ...decisionRows(behind.decisions),
  ...(story.made ? [{ icon: 'pencil', title: 'The council promised', text: open(row.what), date: dayOf(story.made), state: 'done' } as const] : []),
  ...proofRows(row, story, open, today),
  ...checkRows(row, story, today),
  ...behind.views.flatMap(replyRows),
]; // prettier-ignore

const dayOf = ({ occurredAt, about }: Pick<Recorded, 'occurredAt' | 'about'>): string =>
  exactDate(occurredAt, about.precision);

const viewRows = (views: readonly Chain[]): ChainRow[] =>
  views.length === 0
    ? [gap('No view of people is linked to this promise.')]
    : views.flatMap((chain) => {
        const view = chain.contributions.find(({ id }) => id === chain.root);
        if (!view) return [];
        const considered = chain.steps.filter(({ kind, node }) => kind === 'ContributionConsidered' && node === view.id);
        return [
          { icon: 'speech', title: 'A view was given', text: spoken(view.words) || 'A picture or a recording', date: exactDate(view.occurredAt, view.precision), state: 'done', ...(view.words?.state === 'readable' && { href: `/views/${view.id}` }) },
          ...(considered.length === 0
            ? [gap('That this view was considered is not recorded.')]
            : considered.map(({ occurredAt, facts }): ChainRow => ({ icon: 'group', title: facts['inTime'] === false ? 'It was on the table, and decided before it was given' : 'It was considered', date: longDate(occurredAt), state: 'done' }))),
        ];
      }); // prettier-ignore

const decisionRows = (decisions: readonly Chain[]): ChainRow[] =>
  decisions.length === 0
    ? [gap('No decision is linked to this promise.')]
    : decisions.flatMap((chain) =>
        chain.decisions
          .filter(({ id }) => id === chain.root)
          .map((decision): ChainRow => ({ icon: 'tick', title: `It was decided: ${answerTag(decision.answer)}`, text: spoken(decision.statement), date: exactDate(decision.occurredAt, decision.precision), state: 'done', href: `/decisions/${decision.id}` })),
      ); // prettier-ignore

const proofRows = (row: LogRow, story: Story, open: (ref: string | null) => string, today: string): ChainRow[] => {
  if (story.proofs.length > 0)
    return story.proofs.map((proof) => ({ icon: 'eye', title: 'Proof was added', text: open(sealedRef(proof.data.title)), date: dayOf(proof), who: roleName(proof.data.suppliedByRole).toLowerCase(), state: 'done' })); // prettier-ignore
  if (row.state === 'dropped') return [];
  if (row.due === null) return [gap('No proof was added, and no date was recorded.')];
  if (row.due >= today) return [waits(`No proof was added yet. The date is ${dueDate(row.due, row.due_precision)}.`)];
  return [gap(`No proof was added. ${workingDays(workingDaysBetween(row.due, today))} since the date.`)];
};

const checkRows = (row: LogRow, story: Story, today: string): ChainRow[] => {
  const checks = story.checks.map(
    (check): ChainRow => ({ icon: check.type === 'DoneConfirmed' ? 'tick' : 'cross', title: check.type === 'DoneConfirmed' ? 'Somebody other than the owner confirmed it' : 'Somebody says that it is not done', date: dayOf(check), who: roleName(check.data.byRole).toLowerCase(), state: check.type === 'DoneConfirmed' ? 'done' : 'late' }),
  ); // prettier-ignore
  if (checks.length > 0) return checks;
  const reported = story.claims.at(-1);
  if (!reported) return row.state === 'dropped' ? [] : [waits('Nobody has said yet that it is done.')];
  return [
    { icon: 'arrow', title: 'The council says that it is done', date: dayOf(reported), state: 'done' },
    gap(`Nobody else confirmed it. ${workingDays(workingDaysBetween(londonDay(reported.occurredAt), today))} since it was reported.`), // prettier-ignore
  ];
};

const replyRows = (chain: Chain): ChainRow[] => {
  const view = chain.contributions.find(({ id }) => id === chain.root);
  const replies = chain.replies.filter(({ contribution, failed }) => contribution === chain.root && !failed);
  if (replies.length > 0)
    return replies.map((reply) => ({ icon: 'letter', title: `A reply was given ${replyWords(reply)}`, date: longDate(londonDay(reply.givenAt)), state: 'done' })); // prettier-ignore
  if (!view?.clock) return [gap('No reply is recorded.')];
  const { waited, days, late } = view.clock;
  const said = `No reply sent. ${workingDays(waited)} (promise: ${days}).`;
  return [late ? gap(said) : waits(said)];
};
