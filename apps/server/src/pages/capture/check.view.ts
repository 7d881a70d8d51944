import type { Draft } from '#meetings/draft';
import type { DraftedOutcomes } from '#meetings/draft-to-outcomes';
import type { DraftPlace, DraftWarning } from '#meetings/draft-warnings';
import type { Refusal } from '#kernel/refusal';

export interface CheckProblem {
  readonly code: string;
  readonly detail: string;
  /** Where it can be mended. */
  readonly href: string;
}

/** Where something that belongs to no item is written down. */
const STEPS: Readonly<Partial<Record<DraftWarning['code'], string>>> = {
  'view-unanswered': '/decisions',
  'no-family-member': '/people',
  'access-open': '/people',
};

/** Each thing worth a look, with the page where it can be looked at. */
export const warningsOfDraft = (meeting: string, warnings: readonly DraftWarning[], draft: Draft) =>
  warnings.map(({ code, message, place }) => {
    const base = `/meetings/${meeting}/capture`;
    return { message, href: place ? `${base}/${place.as}/${numberOf(place, draft)}` : `${base}${STEPS[code] ?? ''}` };
  });

/** Views go by their number, answers and promises by their place, counted as people count. */
const numberOf = ({ as, at }: DraftPlace, draft: Draft): number =>
  as === 'views' ? (draft.views[at]?.number ?? 0) : at + 1;

/** Each problem of the body, with the page of the draft where it can be mended. */
export const problemsOfDraft = (
  meeting: string,
  refusals: readonly Pick<Refusal, 'code' | 'message' | 'pointer'>[],
  { places }: DraftedOutcomes,
  draft: Draft,
): CheckProblem[] =>
  refusals.map(({ code, message, pointer }) => {
    const item = Object.keys(places).find((at) => pointer === at || pointer.startsWith(`${at}/`));
    const place = item === undefined ? undefined : places[item];
    const base = `/meetings/${meeting}/capture`;
    if (!place) return { code, detail: message, href: base };
    const number = numberOf(place, draft);
    const one = { views: 'View', decisions: 'Answer', promises: 'Promise' }[place.as];
    const field = fieldOf(pointer.slice((item ?? '').length));
    return {
      code,
      detail: `${one} ${number}: ${message}`,
      href: `${base}/${place.as}/${number}${field ? `#${field}` : ''}`,
    };
  });

/** The field of the guided page that a place in the body is about. */
const FIELDS: readonly [RegExp, string][] = [
  [/^\/words/, 'words'], [/^\/participant/, 'participant'], [/^\/helper/, 'helper'], [/^\/agreed/, 'agreed'], [/^\/groupSize/, 'groupSize'],
  [/^\/statement/, 'statement'], [/^\/reason\/codes/, 'reasons'], [/^\/reason/, 'why'], [/^\/whichPart/, 'whichPart'], [/^\/lookAgain/, 'lookAgain'],
  [/^\/passedTo/, 'passedTo'], [/^\/answers/, 'views'], [/^\/answer/, 'answer'], [/^\/alternatives/, 'alternatives'], [/^\/what/, 'what'], [/^\/owner\/role/, 'ownerRole'],
  [/^\/owner/, 'ownerName'], [/^\/due/, 'due'], [/^\/proofWanted/, 'proofWanted'], [/^\/checker/, 'checkerRole'], [/^\/decision/, 'views'], [/^\/vagueOverride/, 'vagueOverride'],
]; // prettier-ignore

const fieldOf = (rest: string): string | undefined => FIELDS.find(([shape]) => shape.test(rest))?.[1];

/** Names that were found and nobody has confirmed yet: each can be confirmed not to be theirs. */
export const namesFound = (refusals: readonly Pick<Refusal, 'code' | 'message'>[]): string[] => [
  ...new Set(
    refusals.flatMap(({ code, message }) => (code === 'name-found' ? [/^'([^']*)'/.exec(message)?.[1] ?? ''] : [])),
  ),
];

export const countsOf = (draft: Draft) => ({
  views: draft.views.length,
  decisions: draft.decisions.filter(({ answer }) => answer !== 'undecided').length,
  promises: draft.promises.length,
});
