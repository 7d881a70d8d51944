import type { Rows } from '#projections/rows';

export interface NodeRow {
  readonly id: string;
  readonly kind: 'contribution' | 'discussion' | 'decision' | 'serviceChange';
  readonly authority: string | null;
  readonly team: string | null;
  readonly meeting: string | null;
  readonly occurred_at: string;
  readonly known_at: string;
}

export interface LinkRow {
  readonly from_id: string;
  readonly to_id: string;
  readonly kind: string;
  readonly since: string;
  readonly known_at: string;
  readonly until: string | null;
  readonly until_known_at: string | null;
  readonly effect: string | null;
  readonly why: string | null;
  readonly unlinked_why: string | null;
  readonly role: string;
  readonly meeting: string | null;
  readonly event_id: string;
  readonly position: string;
}

export interface StepRow {
  readonly node: string;
  readonly position: string;
  readonly type: string;
  readonly event_id: string;
  readonly occurred_at: string;
  readonly recorded_at: string;
  readonly known_at: string;
  readonly precision: string | null;
  readonly role: string;
  readonly words: string | null;
  readonly facts: string;
  readonly imported: number;
}

export interface Graph {
  readonly nodes: readonly NodeRow[];
  readonly links: readonly LinkRow[];
  readonly steps: readonly StepRow[];
  /** What may be read of each view now, also where the rest is shown as it was. */
  readonly consent: readonly StepRow[];
  readonly more: boolean;
}

/** Most neighbours of one thing, and most things in one chain: a page for people, not a dump. */
const MOST_LINKS = 200;
const MOST_NODES = 400;
const MOST_STEPS = 10_000;
/** After every instant: what is known by now. What is not known yet has no instant and compares with nothing. */
const NOW = '~';

/** Links that are steps of a chain. Every other kind stands beside it. */
const FOLLOWED: ReadonlySet<string> = new Set(['considered', 'discussed', 'decided', 'answered', 'promised']);

/** Which way a chain goes on from each kind of thing; a view does not lead on to the other views of its decision. */
const ONWARD: Readonly<Record<NodeRow['kind'], readonly ('from' | 'to')[]>> = {
  contribution: ['from'],
  discussion: ['from'],
  decision: ['from'],
  serviceChange: [],
};

/**
 * Everything linked with `root`: forward along the chain, and backward to where it came from. Each hop is an indexed
 * look-up, so the cost follows the chain and not the log.
 */
export const graphOf = (rows: Rows, root: string, asOf = NOW): Graph | undefined => {
  const first = nodeOf(rows, root, asOf);
  if (!first) return undefined;
  const nodes = new Map<string, NodeRow>([[root, first]]);
  const links = new Map<string, LinkRow>();
  let more = false;
  /** One talk may end in several decisions: what came of a view is not what came of the view beside it. */
  const answersOthersOnly = (decision: string): boolean => {
    const answered = rows.get<{ all: number; own: number }>(
      `SELECT count(*) AS "all", count(CASE WHEN from_id = ? THEN 1 END) AS own FROM link
       WHERE to_id = ? AND kind = 'answered' AND known_at <= ?`,
      root,
      decision,
      asOf,
    );
    return answered !== undefined && answered.all > 0 && answered.own === 0;
  };
  const keep = (link: LinkRow) => links.set(`${link.event_id} ${link.from_id} ${link.to_id}`, link);
  const follow = (from: readonly NodeRow[], way: 'from' | 'to', isAllowed: (node: NodeRow) => boolean): void => {
    for (let frontier = from; frontier.length > 0;) {
      const next: NodeRow[] = [];
      for (const node of frontier) {
        if (!isAllowed(node)) continue;
        const found = rows.all<LinkRow>(
          `SELECT * FROM link WHERE ${way}_id = ? AND known_at <= ? ORDER BY position LIMIT ?`,
          node.id,
          asOf,
          MOST_LINKS + 1,
        );
        if (found.length > MOST_LINKS) more = true;
        for (const link of found.slice(0, MOST_LINKS)) {
          keep(link);
          const id = way === 'from' ? link.to_id : link.from_id;
          // A successor, an addition or a relation that a source claims is named, not followed: its own page tells its own chain.
          if (nodes.has(id) || !FOLLOWED.has(link.kind)) continue;
          if (first.kind === 'contribution' && link.kind === 'decided' && answersOthersOnly(id)) continue;
          const neighbour = nodeOf(rows, id, asOf);
          if (!neighbour) continue;
          if (nodes.size >= MOST_NODES) return void (more = true);
          nodes.set(id, neighbour);
          next.push(neighbour);
        }
      }
      frontier = next;
    }
  };
  if (first.kind !== 'contribution') follow([first], 'to', () => true);
  follow([first], 'from', (node) => ONWARD[node.kind].length > 0);
  // A view reached backward may be answered elsewhere: told, not followed, so that it is not taken for unanswered.
  for (const { id, kind } of nodes.values())
    if (kind === 'contribution' && id !== root)
      rows
        .all<LinkRow>(
          `SELECT * FROM link WHERE from_id = ? AND kind = 'answered' AND known_at <= ? ORDER BY position LIMIT ?`,
          id,
          asOf,
          MOST_LINKS,
        )
        .forEach(keep);
  const steps = [...nodes.keys()].flatMap((id) => {
    const found = rows.all<StepRow>(
      'SELECT * FROM step WHERE node = ? AND known_at <= ? ORDER BY position LIMIT ?',
      id,
      asOf,
      MOST_STEPS + 1,
    );
    if (found.length > MOST_STEPS) more = true;
    return found.slice(0, MOST_STEPS);
  });
  const consent = consentOf(rows, [...nodes.keys()]);
  return { nodes: [...nodes.values()], links: [...links.values()], steps, consent, more };
};

const nodeOf = (rows: Rows, id: string, asOf: string): NodeRow | undefined =>
  rows.get<NodeRow>('SELECT * FROM node WHERE id = ? AND known_at <= ?', id, asOf);

/** A day of long ago is not a way round what somebody asked for since: to be hidden, taken back, or shown in other words. */
export const consentOf = (rows: Rows, ids: readonly string[]): readonly StepRow[] =>
  ids.flatMap((id) =>
    rows.all<StepRow>(
      `SELECT * FROM step WHERE node = ? AND known_at IS NOT NULL
       AND type IN ('AttributionChanged', 'ContributionWithdrawn', 'PublicVersionGiven', 'ViewHeldBack', 'ViewReleased') ORDER BY position`,
      id,
    ),
  );
