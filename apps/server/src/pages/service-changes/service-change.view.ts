import { REASONS_ASKED } from '#lifecycle/ladder';
import { isLate } from '#lifecycle/rag';
import type { ServiceChangeRow } from '#service-changes/service-changes.queries';
import type { Chain } from '#traceability/chain.types';
import { quoted, spoken } from '#traceability/show';
import { longDate } from '../../shell/dates.js';
import { say } from '../../wording/wording.js';
import type { LadderStepTaken } from '../clocks/ladder.view.js';
import { passedOn } from '../councils/passed-on.js';
import { gapView, historyOf, STATE_TONE, viewNodes } from '../decisions/decision.view.js';

const RAG_TONE: Readonly<Record<string, string>> = { red: 'bad', amber: 'waiting', green: 'good', grey: 'quiet' };

const PEOPLE: readonly string[] = ['participant', 'supporter'];

/** The public chain of a promise: the council's claim and people's verdicts side by side, proof, moved dates, gaps. */
export const serviceChangeView = (chain: Chain, council: (code: string) => string) => {
  const change = chain.serviceChanges.find(({ id }) => id === chain.root);
  if (!change) return undefined;
  return {
    id: change.id,
    what: spoken(change.what),
    state: change.state,
    tag: change.late
      ? 'Late'
      : say(`lifecycle.${change.state}` as never, 'plain', {
          date: longDate(change.due),
          body: council(change.authority),
        }),
    passed: passedOn(
      {
        holders: [...change.transfers.map(({ from }) => from), change.authority],
        since: change.transfers.at(-1)?.on ?? null,
      },
      council,
    ),
    authority: change.authority,
    tone: change.late ? 'bad' : STATE_TONE[change.state],
    rag: { why: change.rag.why, tone: RAG_TONE[change.rag.colour] },
    facts: [
      { term: 'Council', value: council(change.authority) },
      {
        term: 'Who',
        value: change.owner
          ? `${spoken(change.owner.name)}, ${change.owner.role}`
          : [change.ownerRole, 'Nobody is named'].filter(Boolean).join('. '),
      },
      { term: 'By when', value: change.due ? longDate(change.due) : 'Not recorded' },
      { term: 'How we will know it is done', value: change.proofWanted ?? 'Not recorded' },
      { term: 'Who checks', value: change.checkerRole ?? 'Not recorded' },
      ...(change.sourceStatus ? [{ term: 'What the source calls it', value: spoken(change.sourceStatus) }] : []),
      {
        term: 'The date has moved',
        value:
          change.moved.length === 0 ? 'Never' : change.moved.length === 1 ? 'Once' : `${change.moved.length} times`,
      },
    ],
    movedInShort: movedInShort(change.moved),
    moved: change.moved.map((move) => ({
      text: `From ${move.old ? longDate(move.old) : 'a date that is not recorded'} to ${longDate(move.new)}${move.afterDue ? ', moved after it had passed' : ''}`,
      reason: spoken(move.reason) || 'Not recorded.',
      agreedBy: spoken(move.agreedBy) || 'not recorded',
      on: longDate(move.on),
    })),
    proofs: change.proofs.map((proof) => ({
      ...proof,
      title: spoken(proof.title),
      on: longDate(proof.on),
      short: proof.hash.slice(0, 8),
    })),
    // Two columns, never one score: what the council says, and what people say.
    claims: chain.steps
      .filter((step) => step.node === change.id && step.kind === 'ReportedDone')
      .map((step) => ({
        text: spoken(step.text) || 'It is done.',
        on: longDate(step.occurredAt),
        who: step.by.replaceAll('-', ' '),
      })),
    // What the giver of a view says stands in the other column, as a verdict.
    checks: change.checks
      .filter(({ byRole }) => !PEOPLE.includes(byRole))
      .map((check) => ({
        text: check.confirmed ? 'Checked: it is done.' : 'It is not done.',
        words: spoken(check.words),
        on: longDate(check.on),
        who: check.byRole.replaceAll('-', ' '),
      })),
    verdicts: change.verdicts.map(({ verdict, comment, on }) => ({
      text: say(`verdict.${verdict}`),
      comment: quoted(comment),
      on: longDate(on),
    })),
    effects: change.effects.map((effect) => ({ ...effect, what: spoken(effect.what), on: longDate(effect.on) })),
    decision: chain.decisions.map((each) => ({ href: `/decisions/${each.id}`, statement: spoken(each.statement) })),
    views: viewNodes(chain),
    gaps: chain.gaps.filter(({ node }) => node === change.id).map(gapView),
    history: historyOf(chain, change.id),
    ladder: chain.steps.filter(({ node }) => node === change.id).flatMap(rungOf),
    ownerPerson: change.owner?.person ?? null,
  };
};

const rungOf = ({ kind: type, facts, occurredAt: at, text }: Chain['steps'][number]): LadderStepTaken[] => {
  if (type !== 'ReminderSent' && type !== 'ReasonsAskedFor' && type !== 'ReasonsGiven') return [];
  const said = (name: string): string | null => (typeof facts[name] === 'string' ? facts[name] : null);
  const step = typeof facts['step'] === 'number' ? facts['step'] : REASONS_ASKED;
  return [{ type, step, due: said('due'), toRole: said('toRole'), at, words: spoken(text) }];
};

/** One sentence for a date that moved often; each move with its reason is folded below it. Null: the list is short enough. */
export const movedInShort = (
  moved: readonly { readonly old: string | null; readonly new: string }[],
): string | null => {
  const [first, last] = [moved[0], moved.at(-1)];
  if (moved.length <= MOVES_SHOWN || !first || !last) return null;
  return `The date has moved ${moved.length} times, from ${first.old ? longDate(first.old) : 'a date that is not recorded'} to ${longDate(last.new)}.`;
};
const MOVES_SHOWN = 3;

/** Short names of where a promise is, for lists: one or a few words. */
export const STATE_NAMES: Readonly<Record<string, string>> = {
  promised: 'Promised',
  'under-way': 'Under way',
  'reported-done': 'Reported done, not checked',
  confirmed: 'Done and checked',
  disputed: 'Someone says it is not done',
  paused: 'Stopped for now',
  dropped: 'Dropped',
  transferred: 'With a new council',
};

/** Late is said before anything else, in every list alike. */
export const promiseTag = (
  { due, state }: Pick<ServiceChangeRow, 'due' | 'state'>,
  today: string,
): { tag: string; tone: string | undefined } =>
  isLate({ due, state }, today)
    ? { tag: 'Late', tone: 'bad' }
    : { tag: STATE_NAMES[state] ?? state, tone: STATE_TONE[state] };
