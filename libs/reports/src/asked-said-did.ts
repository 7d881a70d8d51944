import { Injectable } from '@nestjs/common';
import { type DecisionRow, ListDecisions, ListDecisionsHandler } from '#decisions/decisions.queries';
import type { PromiseRow } from '#lifecycle/promise-row';
import type { Page } from '#projections/page';
import { Rows } from '#projections/rows';

/** Sealed references stand where words are; whoever shows them opens them. */
export interface AskedSaidDidEntry {
  readonly decision: Pick<DecisionRow, 'id' | 'authority' | 'team' | 'answer' | 'statement' | 'reason_words' | 'reason_source' | 'look_again' | 'passed_to' | 'occurred_at' | 'precision' | 'imported'>;
  /** Where it was asked: a meeting, and what was talked about there. Null: not recorded. */
  readonly asked: { readonly meeting: string | null; readonly title: string; readonly on: string; readonly about: string | null } | null;
  readonly said: readonly SaidView[];
  /** More views than are listed. */
  readonly moreSaid: number;
  /** Views behind it that may not be shown to everyone: counted, and not to be found from here. */
  readonly notShown: number;
  readonly did: readonly { readonly id: string; readonly what: string; readonly state: PromiseRow['state']; readonly due: string | null; readonly owner_role: string | null }[];
} // prettier-ignore

export interface SaidView {
  readonly id: string;
  readonly words: string | null;
  readonly capacity: string;
  readonly language: string | null;
  readonly effect: string | null;
}

/** A chance to take part that was made public. */
export interface Opportunity {
  readonly id: string;
  readonly happened_on: string;
  readonly title: string;
}

interface Linked extends SaidView {
  readonly shown: number;
}

/** So many views of one decision stand on the page; the decision's own page has all. */
const MOST_VIEWS = 5;

/** "We asked, you said, we did", read from the chain: nobody writes it, and a no stands in it with its reason. */
@Injectable()
export class AskedSaidDid {
  private readonly decisions: ListDecisionsHandler;

  constructor(private readonly rows: Rows) {
    this.decisions = new ListDecisionsHandler(rows);
  }

  /** By decision, newest first. */
  async list(filter: { authority?: string; team?: string; after?: string; limit?: number }): Promise<Page<AskedSaidDidEntry>> {
    const { items, next } = await this.decisions.execute(new ListDecisions(filter));
    return { items: items.map((decision) => this.entry(decision)), next };
  } // prettier-ignore

  opportunities({ authority, team }: { authority?: string; team?: string }): readonly Opportunity[] {
    const where = [...(authority ? ['fact.authority = ?'] : []), ...(team ? ['fact.team = ?'] : [])];
    return this.rows.all<Opportunity>(
      `SELECT fact.id, event.happened_on, json_extract(event.data, '$.title') AS title FROM fact JOIN fact_event event ON event.position = fact.position
        WHERE fact.kind = 'opportunity'${where.map((each) => ` AND ${each}`).join('')} ORDER BY fact.position DESC LIMIT 10`,
      ...(authority ? [authority] : []),
      ...(team ? [team] : []),
    );
  }

  private entry(row: DecisionRow): AskedSaidDidEntry {
    const { id, authority, team, answer, statement, reason_words, reason_source, look_again, passed_to, occurred_at, precision, imported } = row;
    const views = this.rows.all<Linked>(
      `SELECT view.id, coalesce(view.public_words, view.words) AS words, view.capacity, view.language, link.effect, view.published AND view.attribution <> 'hidden' AND view.withdrawn_at IS NULL AS shown
        FROM link JOIN contribution view ON view.id = link.from_id
        WHERE link.to_id = ? AND link.kind = 'answered' AND link.until IS NULL AND link.hidden_with IS NULL AND view.applied = 1 ORDER BY link.position LIMIT ?`,
      id,
      1_000,
    );
    const shown = views.filter((view) => view.shown === 1);
    return {
      decision: { id, authority, team, answer, statement, reason_words, reason_source, look_again, passed_to, occurred_at, precision, imported },
      asked: this.asked(row),
      said: shown.slice(0, MOST_VIEWS).map(({ shown: _shown, ...view }) => view),
      moreSaid: Math.max(0, shown.length - MOST_VIEWS),
      notShown: views.length - shown.length,
      did: this.rows.all('SELECT id, what, state, due, owner_role FROM service_change WHERE decision = ? AND applied = 1 ORDER BY position', id),
    };
  } // prettier-ignore

  private asked({ meeting, discussion }: DecisionRow): AskedSaidDidEntry['asked'] {
    const about = discussion
      ? this.rows.get<{ title: string; occurred_at: string }>('SELECT title, occurred_at FROM discussion WHERE id = ?', discussion) // prettier-ignore
      : undefined;
    const held = meeting
      ? this.rows.get<{ title: string; starts_at: string }>('SELECT title, starts_at FROM meeting WHERE id = ?', meeting) // prettier-ignore
      : undefined;
    if (held) return { meeting, title: held.title, on: held.starts_at, about: about?.title ?? null };
    return about ? { meeting: null, title: about.title, on: about.occurred_at, about: null } : null;
  }
}
