import type { Chain, ChainDecision, ChainServiceChange } from '#traceability/chain.types';
import { journeyOf, type JourneyStep, type Outcome, outcomeOf, replyByOf } from '#traceability/journey';
import { spoken } from '#traceability/show';
import { longDate } from '../../shell/dates.js';
import { clockLines } from '../clocks/reply-clock.view.js';
import { readByOthers } from '../views/shown.view.js';
import { has, type Register, say, type WordingKey } from '../../wording/wording.js';

const STEP_ICONS: Readonly<Record<JourneyStep['code'], string>> = {
  heard: 'ear', checked: 'eye', talked: 'group', decided: 'scales', told: 'speech', promised: 'pencil', did: 'tick', 'was-checked': 'star', changed: 'heart',
}; // prettier-ignore

const ANSWER_ICONS: Readonly<Record<string, string>> = {
  yes: 'tick', partly: 'tick', later: 'clock', no: 'cross', 'passed-on': 'arrow', already: 'house',
}; // prettier-ignore

export interface AroundMyView {
  readonly today: string;
  readonly register: Register;
  readonly meetingTitle: string | null;
  readonly council: (code: string) => string;
  /** How many other views the same decision answers. */
  readonly others: number;
}

/** "What happened to my view": the chain in the order and the words of the person whose view it is. */
export const myViewView = (chain: Chain, around: AroundMyView) => {
  const outcome = outcomeOf(chain);
  if (!outcome) return undefined;
  const { view, decision, effect, changes } = outcome;
  const { today, register, others } = around;
  return {
    id: view.id,
    said: {
      title: 'You said',
      words: spoken(view.words) || 'You showed us a picture or a recording.',
      lang: view.language,
      meta: [
        toldWhen(outcome, around.meetingTitle),
        ...(view.recordedAt.slice(0, 10) > view.occurredAt.slice(0, 10) && !view.imported
          ? [`We wrote it down on ${longDate(view.recordedAt)}.`]
          : []),
        ...(view.voice === 'helped' ? [`${spoken(view.helper) || 'Somebody'} helped you say this.`] : []),
        ...(view.voice === 'proxy' ? [`${spoken(view.helper) || 'Somebody'} said this for you.`] : []),
        ...(view.groupSize ? [`${view.groupSize} people said this together.`] : []),
        ...(others > 0 ? [`${others} other ${others === 1 ? 'view is' : 'views are'} part of the same answer.`] : []),
        `To others we show it as: ${say(`shownAs.${view.attribution}`)}.`,
      ],
    },
    translation: view.translation && { words: spoken(view.translation.words), by: view.translation.by },
    media: view.media.map(({ kind, description, file }, index) => ({
      kind,
      description: spoken(description),
      href: file ? `/my-view/media/${index}` : null,
    })),
    now: nowOf(chain, decision, changes, around),
    why: decision?.answer && decision.answer !== 'yes' ? whyOf(decision) : null,
    steps: journeyOf(chain, outcome, today).map((step) => stepView(step, outcome, today, register)),
    difference: effect && say(`effect.${effect}`, register),
    decision: decision && {
      id: decision.id,
      alternatives: decision.alternatives.map(({ what, why }) => ({ what: spoken(what), why: spoken(why) })),
    },
    changes: changes.map((change) => ({
      id: change.id,
      what: spoken(change.what),
      state: change.late
        ? 'This is late.'
        : say(`lifecycle.${change.state}`, register, {
            date: longDate(change.due),
            body: around.council(change.authority),
          }),
      canJudge: ['reported-done', 'confirmed', 'disputed'].includes(change.state),
      verdicts: change.verdicts
        .filter(({ contribution }) => contribution === view.id)
        .map(({ verdict, on }) => `${say(`verdict.${verdict}`)} (${longDate(on)})`),
    })),
    newCouncil: view.authority === view.givenTo ? null : around.council(view.authority),
    others: view.heldBack || view.publicVersion ? readByOthers(view) : null,
    withdrawn: view.withdrawnOn !== null,
    repliesEnded: view.repliesEnded,
    corrected: view.corrected,
    gaps: chain.gaps.filter(({ node, late }) => node === view.id && late).map(({ text }) => text),
    attribution: view.attribution,
  };
};

const toldWhen = ({ view }: Outcome, meetingTitle: string | null): string =>
  `You told us on ${longDate(view.occurredAt)}${meetingTitle ? `, at the meeting “${meetingTitle}”` : ''}.`;

const nowOf = (
  chain: Chain,
  decision: ChainDecision | undefined,
  changes: readonly ChainServiceChange[],
  { today, register, council }: AroundMyView,
) => {
  const view = chain.contributions.find(({ id }) => id === chain.root);
  if (view?.withdrawnOn)
    return {
      icon: 'stop',
      tone: 'quiet',
      sentence: say('viewStatus.withdrawn', register, { date: longDate(view.withdrawnOn) }),
      lines: [],
    };
  if (!decision?.answer) {
    const replyBy = view ? replyByOf(chain, view) : null;
    const isLate = replyBy !== null && replyBy < today;
    return {
      icon: 'clock',
      tone: isLate ? 'bad' : 'waiting',
      tag: isLate ? 'Late' : 'Waiting',
      sentence: isLate ? 'We have not answered you yet. This is late.' : 'We have not answered you yet.',
      lines: [
        ...(replyBy ? [`We said we would answer by ${longDate(replyBy)}.`] : []),
        ...clockLines(view?.clock ?? null),
      ],
    };
  }
  const promise = changes[0];
  const tone = { yes: 'good', partly: 'good', already: 'good', later: 'waiting', no: 'quiet', 'passed-on': 'waiting' }[
    decision.answer
  ];
  return {
    icon: ANSWER_ICONS[decision.answer] ?? 'arrow',
    tone: promise?.late ? 'bad' : tone,
    ...(promise?.late && { tag: 'Late' }),
    sentence: answerSentence(decision, register),
    lines: [
      (register === 'easy' && spoken(decision.easyText)) || spoken(decision.statement),
      ...(promise?.owner
        ? [
            `${spoken(promise.owner.name)}, ${promise.owner.role}, is in charge.${promise.due ? ` The date is ${longDate(promise.due)}.` : ''}`,
          ]
        : []),
      ...(promise?.late ? ['What we promised is late.'] : []),
      ...(promise && !promise.late && promise.state !== 'promised'
        ? [
            say(`lifecycle.${promise.state}`, register, {
              date: longDate(promise.due),
              body: council(promise.authority),
            }),
          ]
        : []),
    ].filter(Boolean),
  };
};

const answerSentence = (decision: ChainDecision, register: Register): string =>
  say(`viewStatus.${decision.answer ?? 'waiting'}`, register, {
    date: longDate(decision.answer === 'passed-on' ? decision.occurredAt : decision.lookAgain),
    part: spoken(decision.whichPart).replace(/(?<![.\s])[.\s]+$/, ''),
    body: decision.passedTo,
  });

const whyOf = (decision: ChainDecision) => ({
  codes: (decision.reason?.codes ?? []).map((code) => say(`reason.${code}`)),
  words: spoken(decision.reason?.words) || 'No reason was recorded in words.',
  again: decision.lookAgain
    ? `We will look again on ${longDate(decision.lookAgain)}.`
    : decision.noLookAgain
      ? 'We will not look at this again.'
      : null,
});

/** What has not happened yet must not read as if it had: “We did it” stands only at what was done. */
const stepView = (step: JourneyStep, outcome: Outcome, today: string, register: Register) => ({
  icon: STEP_ICONS[step.code],
  title: say(`${step.state === 'done' ? 'step' : 'stepToCome'}.${step.code}`, register),
  date: step.on ? longDate(step.on) : step.by ? `By ${longDate(step.by)}` : '',
  who: roleWords(step.who),
  text: [whatOf(step, outcome, register), step.state === 'late' && step.by ? lateBy(step.by, today) : '']
    .filter(Boolean)
    .join('\n'),
  state: step.state === 'later' ? 'next' : step.state,
  stateText: say(`stepState.${step.state === 'later' ? 'next' : step.state}`),
});

/** The step is not a step without what it was about. */
const whatOf = ({ code, on }: JourneyStep, { decision, changes }: Outcome, register: Register): string => {
  if (code === 'decided' && decision && on !== null)
    return (register === 'easy' && spoken(decision.easyText)) || spoken(decision.statement);
  if (code === 'promised') return changes.map(({ what }) => spoken(what)).join('\n');
  if (code === 'changed') return changes.flatMap(({ effects }) => effects.map(({ what }) => spoken(what))).join('\n');
  return '';
};

const lateBy = (by: string, today: string): string => {
  const days = Math.round((Date.parse(today) - Date.parse(by)) / 86_400_000);
  return `This is late by ${days === 1 ? '1 day' : `${days} days`}.`;
};

/** A role is a code of ours, or the words that somebody typed. */
const roleWords = (role: string | null): string =>
  role === null ? '' : has(`role.${role}`) ? say(`role.${role}` as WordingKey) : role;
