import { considerContribution } from '#contributions/considered';
import {
  contribution,
  changeAttribution,
  correctContribution,
  giveContribution,
  withdrawContribution,
} from '#contributions/contribution';
import { discussion, holdDiscussion } from '#meetings/discussion';
import type { FactOf } from '../fact.js';
import { relationSteps } from './relations.js';
import { type ImportStep, step } from './step.js';

/** A view as the source tells it. What was published there keeps its words open here; all else is for its team. */
export const contributionSteps = (fact: FactOf<'contribution'>): ImportStep[] => {
  const { id, fields, authority, language, occurredAt } = fact;
  const addsTo = fact.links.find(({ as, to }) => as === 'adds-to' && to.resolved)?.to.id;
  return [
    step('create', id, occurredAt, contribution, (state) =>
      giveContribution(
        state,
        id,
        {
          authority,
          words: fields.words,
          channel: fields.channel,
          capacity: fields.capacity,
          voice: fields.voice,
          attribution: fields.attribution,
          ...(!fact.public && { published: false }),
          // One person is no group.
          ...(fields.groupSize !== null && fields.groupSize > 1 && { groupSize: fields.groupSize }),
          ...(language && { language: language.toLowerCase() }),
          ...(fields.reference && { reference: fields.reference }),
          ...(addsTo && { addsTo }),
        },
        true,
      ),
    ),
    ...relationSteps(fact, fact.links, ['duplicate-of', 'given-at']),
  ];
};

/** The source says other words now: both stay visible, as everywhere. Nobody knows when it changed them: it counts from now. */
export const correctionSteps = (fact: FactOf<'contribution'>, version: number): ImportStep[] => [
  step(`words ${version} ${fact.digest}`, fact.id, undefined, contribution, (state) =>
    correctContribution(state, fact.id, { words: fact.fields.words, why: 'The source changed these words.' }),
  ),
];

export const attributionSteps = ({ id, fields, digest }: FactOf<'contribution'>, version: number): ImportStep[] => [
  step(`attribution ${version} ${digest}`, id, undefined, contribution, (state) =>
    changeAttribution(state, fields.attribution),
  ),
];

export const withdrawalSteps = (fact: FactOf<'withdrawal'>): ImportStep[] =>
  fact.links
    .filter(({ as, to }) => as === 'of' && to.resolved)
    .map(({ to }) =>
      step('withdraw', to.id, fact.occurredAt, contribution, (state) =>
        withdrawContribution(state, to.id, fact.fields.reason ?? undefined),
      ),
    );

const LONGEST_TITLE = 300;

export const discussionSteps = (fact: FactOf<'discussion'>): ImportStep[] => {
  const { id, authority, fields, occurredAt } = fact;
  const views = fact.links.filter(({ as, to }) => as === 'considers' && to.resolved).map(({ to }) => to.id);
  const letters = [...fields.title];
  return [
    step('create', id, occurredAt, discussion, (state) =>
      holdDiscussion(state, id, {
        authority,
        // A title is a label; what does not fit stands in the words.
        title: letters.length > LONGEST_TITLE ? `${letters.slice(0, LONGEST_TITLE - 1).join('')}…` : fields.title,
        // The rest stands with each view: an entry of the record has a size.
        contributions: views.slice(0, 500),
        points: [...(letters.length > LONGEST_TITLE ? [fields.title] : []), ...(fields.points ?? [])],
        ...(fields.dissent && { dissent: fields.dissent }),
        ...(fields.reference && { reference: fields.reference }),
        ...(fields.url && { url: fields.url }),
      }),
    ),
    ...views.map((view) => consider(view, id, fact)),
  ];
};

export const consider = (
  view: string,
  at: string,
  { occurredAt }: Pick<FactOf<'discussion'>, 'occurredAt'>,
): ImportStep =>
  step(`consider ${view}`, view, occurredAt, contribution, (state) =>
    considerContribution(state, {
      discussion: at,
      // Only where the source knows the day can it be said whether the view came in time.
      ...(occurredAt.at.length >= 10 && { decidedAt: occurredAt.at }),
    }),
  );
