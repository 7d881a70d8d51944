import type { Answer, Capacity, Effect, Reason } from '#kernel/codes';
import { Refusal, Refusals } from '#kernel/refusal';
import { isDay } from '#kernel/time';
import { vagueAdvice, vaguePhrase } from '#kernel/vague-phrases';

export interface NewDecision {
  readonly authority: string;
  readonly team?: string;
  readonly meeting?: string;
  readonly discussion?: string;
  readonly answer?: Answer;
  readonly statement: string;
  readonly reason?: { readonly codes: readonly Reason[]; readonly words?: string; readonly source?: string };
  readonly whichPart?: string;
  readonly lookAgain?: string;
  readonly noLookAgain?: boolean;
  readonly passedTo?: string;
  readonly alternatives?: readonly { readonly what: string; readonly why?: string }[];
  readonly interests?: readonly { readonly role: string; readonly interest: string }[];
  readonly dispensations?: readonly string[];
  readonly money?: string;
  readonly importance?: number;
  readonly decidedBy: readonly { readonly role: string; readonly body?: string; readonly capacity: Capacity }[];
  readonly easyText?: string;
  readonly vagueOverride?: string;
  readonly reference?: string;
  readonly url?: string;
  /** Only of imported history: what the source itself calls its state. */
  readonly sourceStatus?: string;
  /** The views it answers, and what each did. */
  readonly answers?: readonly { readonly contribution: string; readonly effect?: Effect; readonly why?: string }[];
}

type Checked = Omit<NewDecision, 'authority'>;

const NEEDS_REASON: readonly Answer[] = ['no', 'partly', 'later', 'passed-on'];

/** Everything a decision must say, all problems at once. Used where a decision is recorded and where a meeting's draft is checked. */
export const decisionProblems = (given: Checked, today: string): Refusal[] => {
  const problems: Refusal[] = [];
  const wrong = (code: string, message: string, pointer: string): number =>
    problems.push(new Refusal(code, message, pointer));
  const { answer, reason } = given;
  if (!given.statement.trim()) wrong('statement-missing', 'Enter what was decided.', '/statement');
  if (!answer) wrong('answer-missing', 'Choose what the team decided.', '/answer');
  if (answer && NEEDS_REASON.includes(answer)) {
    if (!reason?.codes.length) wrong('reason-missing', 'Choose a reason for this answer.', '/reason/codes');
    if (!reason?.words?.trim())
      wrong(
        'why-missing',
        'Explain why in your own words. The person who gave this view will read it.',
        '/reason/words',
      );
  }
  if (reason?.codes.includes('private') && !reason.words?.trim())
    wrong(
      'why-missing',
      'Part of the reason may be private. Still write one sentence that everyone may read.',
      '/reason/words',
    );
  if (answer === 'partly' && !given.whichPart?.trim())
    wrong('which-part-missing', 'Say which part you said yes to.', '/whichPart');
  if (answer === 'later') {
    if (!given.lookAgain && !given.noLookAgain)
      wrong(
        'look-again-missing',
        'Enter when the team will look again, or choose ‘We will not look again’.',
        '/lookAgain',
      );
    if (given.lookAgain && given.noLookAgain)
      wrong('look-again-twice', 'Choose a date or ‘We will not look again’, not both.', '/lookAgain');
  }
  if (given.lookAgain && !isDay(given.lookAgain))
    wrong('date-wrong', 'Enter a date that exists, like 30 April 2027.', '/lookAgain');
  else if (given.lookAgain && given.lookAgain < today)
    wrong('date-past', 'The date must be today or after today.', '/lookAgain');
  if (answer === 'passed-on' && !given.passedTo?.trim())
    wrong('passed-to-missing', 'Name who decides this.', '/passedTo');
  if (given.decidedBy.length === 0) wrong('decided-by-missing', 'Say who decided, and in what role.', '/decidedBy');
  given.decidedBy.forEach(({ role }, index) => {
    if (!role.trim()) wrong('decided-by-missing', 'Say in what role they decided.', `/decidedBy/${index}/role`);
  });
  if (given.importance !== undefined && (given.importance < 1 || given.importance > 5))
    wrong('importance-wrong', 'Choose from 1 to 5.', '/importance');
  (given.answers ?? []).forEach(({ contribution }, index, all) => {
    if (all.findIndex((each) => each.contribution === contribution) < index)
      wrong(
        'view-twice',
        'This view stands here twice. Name it once, with one effect.',
        `/answers/${index}/contribution`,
      );
  });
  // "Accepted in principle" does not exist, not even as the statement.
  const inPrinciple = /\bin\s+principle\b/i.exec(given.statement)?.[0];
  if (inPrinciple && !given.vagueOverride?.trim()) wrong('vague', vagueAdvice(inPrinciple), '/statement');
  const vague = vaguePhrase(reason?.words ?? '');
  if (vague && !given.vagueOverride?.trim()) wrong('vague', vagueAdvice(vague), '/reason/words');
  return problems;
};

export const checkDecision = (given: Checked, today: string): Refusals | undefined => {
  const problems = decisionProblems(given, today);
  return problems.length > 0 ? new Refusals(problems) : undefined;
};
