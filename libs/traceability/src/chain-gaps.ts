import type { AnswerClock } from './answer-clock.js';
import type { Chain, ChainContribution, ChainDecision, ChainGap, ChainServiceChange } from './chain.types.js';

type Parts = Pick<Chain, 'contributions' | 'discussions' | 'decisions' | 'serviceChanges' | 'replies' | 'links'>;

/** Where the chain stops. A view that was taken back, or words that were erased, are not gaps. */
export const gapsOf = (root: string, parts: Parts): ChainGap[] => [
  ...parts.contributions.flatMap((each) => contributionGaps(each, parts)),
  ...parts.decisions.flatMap((each) => decisionGaps(each, root, parts)),
  ...parts.serviceChanges.flatMap(promiseGaps),
];

const contributionGaps = (view: ChainContribution, { links, replies }: Parts): ChainGap[] => {
  if (view.withdrawnOn) return [];
  // No clock runs for imported history: nobody promised those people a reply here.
  const days = view.clock ? waitedFor(view.clock) : '';
  const late = view.clock?.late ?? false;
  const leads = (kind: string): boolean =>
    links.some((link) => link.from === view.id && link.kind === kind && link.until === null);
  const isDecided = leads('answered');
  const isDiscussed = leads('considered') || leads('discussed');
  const answered = replies.some(
    (reply) => reply.contribution === view.id && !reply.failed && (reply.about !== null || reply.answerBy !== null),
  );
  const gaps: ChainGap[] = [];
  if (!isDecided && !isDiscussed)
    gaps.push({ code: 'no-discussion', node: view.id, text: `No team has talked about this yet.${days}`, late });
  else if (!isDecided)
    gaps.push({
      code: 'no-decision',
      node: view.id,
      text: `The team talked about this. There is no decision yet.${days}`,
      late,
    });
  if (isDecided && !answered && !view.imported && !view.repliesEnded)
    gaps.push({ code: 'no-reply', node: view.id, text: `No reply sent.${days}`, late });
  return gaps;
};

const waitedFor = ({ days, waited, stops, stopped }: AnswerClock): string => {
  const still = stops.reduce((sum, stop) => sum + stop.days, 0);
  const stood = still > 0 ? ` The clock stood still for ${still} more.` : '';
  return ` ${waited} working days (promise: ${days}).${stood}${stopped ? ' It stands still now.' : ''}`;
};

const decisionGaps = (
  decision: ChainDecision,
  root: string,
  { links, serviceChanges, contributions }: Parts,
): ChainGap[] => {
  const gap = (code: ChainGap['code'], text: string): ChainGap => ({ code, node: decision.id, text, late: false });
  const gaps: ChainGap[] = [];
  if (decision.answer === null) gaps.push(gap('no-answer', 'The source does not say what the answer was.'));
  // Where a source refuses by a code of its own, words are missed whatever the code means here.
  const needsReason =
    decision.answer !== null &&
    (['no', 'partly', 'later', 'passed-on'].includes(decision.answer) || (decision.reason?.source ?? null) !== null);
  if (needsReason && !decision.reason?.words) gaps.push(gap('no-reason', 'No reason was recorded in words.'));
  const isYes = decision.answer === 'yes' || decision.answer === 'partly';
  if (isYes && !decision.imported && !serviceChanges.some((change) => change.decision === decision.id))
    gaps.push(gap('no-promise', 'We said yes. Nobody has promised yet who does it, and by when.'));
  const hasView = links.some((link) => link.to === decision.id && link.kind === 'answered' && link.until === null);
  if (!hasView && (decision.id === root || contributions.length === 0))
    gaps.push(gap('no-contribution', 'No view of people stands behind this decision.'));
  return gaps;
};

const promiseGaps = (change: ChainServiceChange): ChainGap[] => {
  const gap = (code: ChainGap['code'], text: string, late = false): ChainGap => ({ code, node: change.id, text, late });
  const gaps: ChainGap[] = [];
  const isOpen = ['promised', 'under-way', 'transferred'].includes(change.state);
  if (!change.owner) gaps.push(gap('no-owner', 'Nobody is named who does this.'));
  if (!change.due) gaps.push(gap('no-date', 'No date was recorded.'));
  if (change.late && isOpen) gaps.push(gap('not-confirmed', change.rag.why, true));
  if (change.state === 'reported-done' || change.state === 'confirmed') {
    if (change.proofs.length === 0) gaps.push(gap('no-proof', 'No proof has been added yet.'));
    if (change.state === 'reported-done') gaps.push(gap('not-confirmed', 'We say it is done. Nobody has checked yet.'));
  }
  return gaps;
};
