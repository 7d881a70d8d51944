import { DEFAULTS } from '#authorities/setting-rules';
import { answerClockOf } from './answer-clock.js';
import {
  ofType,
  foldContribution,
  foldDecision,
  foldReplies,
  foldServiceChange,
  type Step,
  withData,
} from './fold-chain.js';
import { foldStep, isKept } from './fold-step.js';
import { gapsOf } from './chain-gaps.js';
import type { Chain, ChainContribution, ChainLink, ChainServiceChange, Reader } from './chain.types.js';
import type { Graph, LinkRow } from './graph.js';
import { type OpenText, show, WITHHELD } from './show.js';

export interface ChainQuestion {
  readonly root: string;
  readonly reader: Reader;
  /** `YYYY-MM-DD`. */
  readonly today: string;
  /** The instant up to which the record is read; null: now. */
  readonly asOf: string | null;
  /** Of staff: the only council whose things they read as staff. Left out: of every one. */
  readonly within?: string;
}

/** Working days that a council allowed itself for an answer, as its setting stood at an instant. */
export type DaysAllowed = (authority: string, at: string) => number;
const usualDays: DaysAllowed = () => DEFAULTS['reply-days'][0] ?? 0;

/** Puts a chain together from the graph. Pure: what it shows follows from rows, reader and day alone. */
export const chainOf = (
  graph: Graph,
  { root, reader, today, asOf, within }: ChainQuestion,
  open: OpenText,
  daysAllowed: DaysAllowed = usualDays,
): Chain => {
  const day = asOf?.slice(0, 10) ?? today;
  const steps = withData(graph.steps);
  const consent = withData(graph.consent);
  const of = (id: string) => steps.filter(({ node }) => node === id);
  const nodes = (kind: string) => graph.nodes.filter((node) => node.kind === kind);
  const council = new Map(graph.nodes.map(({ id, authority }) => [id, authority]));
  const as = (id: string): Reader => {
    // Views of two councils may stand behind one decision, after a split or by somebody who acts for both.
    if (reader === 'staff' && within !== undefined) return council.get(id) === within ? 'staff' : 'public';
    return id === root ? reader : others(reader);
  };
  // Whatever else links here, a view that nobody may see is told of as a view, never by its words.
  const contributions = nodes('contribution').map((node) => {
    const its = of(node.id);
    const [received] = ofType(its, 'ContributionReceived');
    const days = daysAllowed(received?.data.authority ?? '', received?.recorded_at ?? '');
    const permitted = as(node.id) === 'public' ? consent.filter((step) => step.node === node.id) : its;
    return foldContribution(node, its, permitted, open, as(node.id), answerClockOf(its, days, day));
  });
  const views = new Map(contributions.map((view) => [view.id, view]));
  const decisions = nodes('decision').map((node) => foldDecision(node, of(node.id), open));
  const serviceChanges = nodes('serviceChange')
    .map((node) => foldServiceChange(node, of(node.id), open, day))
    .map((change) => ({ ...change, verdicts: change.verdicts.map((each) => withheldWith(each, views)) }));
  const discussions = nodes('discussion').map((node) => {
    const [held] = ofType(of(node.id), 'DiscussionHeld');
    const shown = (each: unknown) => show(open, each) ?? { state: 'lost' as const };
    return {
      id: node.id,
      title: held?.data.title ?? '',
      meeting: node.meeting,
      occurredAt: node.occurred_at,
      points: (held?.data.points ?? []).map(shown),
      dissent: (held?.data.dissent ?? []).map(shown),
    };
  });
  const replies = contributions
    .flatMap(({ id }) => foldReplies(id, of(id), open))
    .map((reply) => (as(reply.contribution) === 'public' ? { ...reply, words: null } : reply));
  const links = graph.links.map((link) => linkOf(link, asOf, open));
  const parts = { contributions, discussions, decisions, serviceChanges, replies, links };
  return {
    root,
    asOf,
    status: statusOf(root, parts),
    ...parts,
    steps: steps
      .map((step) => foldStep(step, open, as(step.node), views.get(givenWith(step))))
      .sort((a, b) => (a.occurredAt < b.occurredAt ? -1 : a.occurredAt > b.occurredAt ? 1 : 0)),
    gaps: gapsOf(root, parts),
    more: graph.more,
  };
};

/** The view that a step is of; a verdict stands with the promise and is a word of whoever gave the view. */
const givenWith = ({ node, type, data }: Step): string =>
  type === 'VerdictGiven' && typeof data['contribution'] === 'string' ? data['contribution'] : node;

/** Who does not want their view shown does not want their verdict's words shown either; what they chose still counts. */
const withheldWith = <V extends ChainServiceChange['verdicts'][number]>(verdict: V, views: ReadonlyMap<string, ChainContribution>): V =>
  verdict.comment && isKept(views.get(verdict.contribution ?? '')) ? { ...verdict, comment: WITHHELD } : verdict; // prettier-ignore

/** The holder of one card reads their own view whole, and other people's as everyone does. */
const others = (reader: Reader): Reader => (reader === 'own' ? 'public' : reader);

const linkOf = (link: LinkRow, asOf: string | null, open: OpenText): ChainLink => {
  const isUndone = link.until !== null && (asOf === null || (link.until_known_at ?? '') <= asOf);
  return {
    from: link.from_id,
    to: link.to_id,
    kind: link.kind,
    since: link.since,
    until: isUndone ? link.until : null,
    effect: link.effect as ChainLink['effect'],
    why: link.why ? open(link.why) : null,
    unlinkedWhy: isUndone && link.unlinked_why ? open(link.unlinked_why) : null,
    by: link.role,
    meeting: link.meeting,
  };
};

/** The one state a view is in: a key of `viewStatus` in the wording. */
const statusOf = (
  root: string,
  { contributions, decisions, links }: Pick<Chain, 'contributions' | 'decisions' | 'links'>,
): string => {
  const view = contributions.find(({ id }) => id === root);
  if (view?.withdrawnOn) return 'withdrawn';
  const standing = decisions.filter(
    ({ id, supersededBy, reopened }) =>
      !supersededBy &&
      !reopened &&
      (!view ||
        links.some((link) => link.to === id && link.from === root && link.kind === 'answered' && link.until === null)),
  );
  const latest = [...standing].sort((a, b) => (a.occurredAt < b.occurredAt ? -1 : 1)).at(-1);
  if (latest?.answer) return latest.answer;
  if (latest) return 'waiting';
  const considered = links.some(
    (link) => link.from === root && (link.kind === 'considered' || link.kind === 'discussed'),
  );
  return considered ? 'waiting' : 'heard';
};
