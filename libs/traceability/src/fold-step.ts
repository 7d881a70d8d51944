import type { ChainContribution, ChainStep, Reader, Shown } from './chain.types.js';
import type { Step } from './fold-chain.js';
import { type OpenText, WITHHELD } from './show.js';

/** What only the person and staff may read: their own notes to us, what we answered, and what we wait for. */
const PRIVATE_WORDS: readonly string[] = ['RequestMade', 'RequestAnswered', 'ReplySent', 'ContributionWithdrawn', 'ClockStopped', 'RepliesEnded', 'DecisionReviewRequested']; // prettier-ignore
const OWN_WORDS: readonly string[] = ['ContributionReceived', 'ContributionCorrected', 'PublicVersionGiven'];

/** `view`: the view that it happened to, as this reader may see it. */
export const foldStep = (
  step: Step,
  open: OpenText,
  reader: Reader,
  view: ChainContribution | undefined,
): ChainStep => ({
  kind: step.type,
  id: step.event_id,
  node: step.node,
  occurredAt: step.occurred_at,
  precision: step.precision,
  recordedAt: step.recorded_at,
  by: step.role,
  text: step.words === null ? null : reader === 'public' ? publicText(step, step.words, open, view) : open(step.words),
  facts: factsFor(reader, withoutSealed(step.data) as ChainStep['facts']),
});

/** Whether its words are kept from everyone, because the person or the team wants it so. */
export const isKept = (view: ChainContribution | undefined): boolean =>
  view?.words?.state === 'withheld' || view?.words?.state === 'held-back';

const publicText = (step: Step, words: string, open: OpenText, view: ChainContribution | undefined): Shown | null => {
  if (PRIVATE_WORDS.includes(step.type)) return WITHHELD;
  if (step.type === 'VerdictGiven') return isKept(view) ? WITHHELD : open(words);
  if (!view || !OWN_WORDS.includes(step.type)) return open(words);
  if (isKept(view)) return view.words;
  const { publicVersion } = view;
  if (!publicVersion) return open(words);
  // An earlier public version may have been replaced because it, too, said too much.
  const isNow = step.type === 'PublicVersionGiven' && step.occurred_at === publicVersion.on;
  return isNow ? publicVersion.words : null;
};

/** Whose view it is stays with the person and staff: one id on several views would tell everyone that they belong together. */
const factsFor = (reader: Reader, { participant, ...facts }: ChainStep['facts']): ChainStep['facts'] =>
  reader === 'public' || participant === undefined ? facts : { ...facts, participant };

const withoutSealed = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(withoutSealed);
  if ('sealed' in value) return null;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withoutSealed(member)]));
};
