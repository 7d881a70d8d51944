import type { Rows } from '#projections/rows';
import { factsOf, findKept, type NoteDown, type Tie } from './evidence-book.js';
import { type About, ALONE, isLived } from './things.js';

/**
 * What is tied to what, as counts at both ends, so that a discussion of ten thousand views costs no more per view than
 * one of two. `from` is the view, or the discussion that was concluded, or the decision that was promised.
 */
export const tieUp = (rows: Rows, from: string, tie: Tie, note: NoteDown): void => {
  const { op, kind, to, effect, entry } = tie;
  const before = rows.get<{ effect: string | null }>(
    'SELECT effect FROM evidence_tie WHERE from_id = ? AND kind = ? AND to_id = ?',
    from, kind, to,
  ); // prettier-ignore
  if (op === 'untie') {
    if (!before) return;
    rows.run('DELETE FROM evidence_tie WHERE from_id = ? AND kind = ? AND to_id = ?', from, kind, to);
    return weigh(rows, from, { ...tie, effect: before.effect ?? undefined }, -1, note);
  }
  if (before) {
    // The same link told again adds nothing to the counts; it may be the entry that says it best.
    note(rows, from, { entry });
    return;
  }
  rows.run('INSERT INTO evidence_tie VALUES (?, ?, ?, ?)', from, kind, to, effect);
  weigh(rows, from, tie, 1, note);
};

const weigh = (rows: Rows, from: string, { kind, to, effect, entry }: Tie, by: 1 | -1, note: NoteDown): void => {
  const isFromLived = isLived(String(factsOf(rows, from)['capacity']));
  const add = (id: string, more: Partial<Record<keyof About, number>>, noting = true): void => {
    const about = aboutOf(rows, id);
    const changed = Object.entries(more).map(([name, n]) => [name, Number(about[name as keyof About]) + by * n]);
    note(rows, id, { about: Object.fromEntries(changed) as Partial<About>, ...(noting && { entry }) });
  };
  const said = { changed: effect === 'changed' ? 1 : 0, effectNotSaid: effect === undefined ? 1 : 0 };
  if (kind === 'discussed') {
    note(rows, from, { about: { discussed: true }, entry });
    add(to, { views: 1, livedViews: isFromLived ? 1 : 0 }, false);
  } else if (kind === 'decided') {
    const { promises, confirmed } = aboutOf(rows, to);
    add(from, { decisions: 1, promises, confirmed, ...said });
    add(to, { views: 1, livedViews: isFromLived ? 1 : 0, ...said });
  } else if (kind === 'concluded') add(from, { decisions: 1 });
  else {
    const more = { promises: 1, confirmed: factsOf(rows, to)['state'] === 'confirmed' ? 1 : 0 };
    add(from, more);
    for (const view of viewsOf(rows, from)) add(view, more, false);
  }
};

/** A promise became confirmed, or is so no longer: the decision and the views behind it say so too. */
export const spreadConfirmed = (rows: Rows, promise: string, by: 1 | -1, note: NoteDown): void => {
  const decisions = rows.all<{ from_id: string }>(
    `SELECT from_id FROM evidence_tie WHERE to_id = ? AND kind = 'promised'`,
    promise,
  );
  for (const { from_id: decision } of decisions)
    for (const id of [decision, ...viewsOf(rows, decision)])
      note(rows, id, { about: { confirmed: aboutOf(rows, id).confirmed + by } });
};

const viewsOf = (rows: Rows, decision: string): string[] =>
  rows
    .all<{ from_id: string }>(
      `SELECT from_id FROM evidence_tie WHERE to_id = ? AND kind = 'decided' ORDER BY 1`,
      decision,
    )
    .map(({ from_id }) => from_id);

const aboutOf = (rows: Rows, id: string): About => {
  const row = findKept(rows, id);
  return row ? (JSON.parse(row.about) as About) : ALONE;
};
