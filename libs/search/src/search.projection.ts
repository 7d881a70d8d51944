import type { ContributionEvent } from '#contributions/contribution.events';
import type { DecisionEvent } from '#decisions/decision.events';
import { type Recorded, streamId } from '#kernel/event';
import { sealedRef } from '#kernel/personal';
import { londonDay } from '#kernel/time';
import type { ServiceChangeEvent } from '#lifecycle/lifecycle.events';
import type { DiscussionEvent, MeetingEvent } from '#meetings/meeting.events';
import { type Opener, projection } from '#projections/projection';
import type { Rows } from '#projections/rows';
import type { TeamEvent } from '#teams/team.events';
import { forget, indexWords } from './index-words.js';
import type { SearchKind } from './search-kinds.js';

type Seen = ContributionEvent | DecisionEvent | ServiceChangeEvent | DiscussionEvent | MeetingEvent | TeamEvent;

/**
 * Public words in the open, so that they can be searched: in a file of their own that may be thrown away at any time.
 * `search_entry` keeps where the words are sealed, so that they can be put back, taken out and checked against their
 * keys; `search_text` is the only place that holds them, and overwrites what it forgets (`secure-delete`).
 */
export const searchProjection = projection<Seen>({
  name: 'search',
  version: 2,
  tables: `
    CREATE TABLE search_entry (
      n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, authority TEXT NOT NULL, team TEXT, meeting TEXT, day TEXT NOT NULL,
      title TEXT, words TEXT NOT NULL, may_show INTEGER NOT NULL, hidden INTEGER NOT NULL, withdrawn INTEGER NOT NULL, hidden_with TEXT) STRICT;
    CREATE INDEX search_entry_waiting ON search_entry (hidden_with) WHERE hidden_with IS NOT NULL;
    CREATE TABLE search_key (kid TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (kid, n)) STRICT, WITHOUT ROWID;
    CREATE INDEX search_key_of ON search_key (n);
    CREATE VIRTUAL TABLE search_text USING fts5(title, body, facets, tokenize = 'porter unicode61 remove_diacritics 2', prefix = '2 3');
    INSERT INTO search_text (search_text, rank) VALUES ('secure-delete', 1), ('rank', 'bm25(2.0, 1.0, 0.0)');`,
  on: {
    TeamFormed: (rows, event, opener) => {
      const { name, remit } = event.data;
      enter(rows, event, opener, { kind: 'team', title: [name, remit].filter(Boolean).join('. ') });
    },
    MeetingCalled: (rows, event, opener) => enter(rows, event, opener, { kind: 'meeting', title: event.data.title }),
    ContributionReceived: (rows, event, opener) => {
      const { words, media, translation, published, attribution, meeting } = event.data;
      const all = [words, translation?.words, ...(media ?? []).map(({ description }) => description)];
      enter(rows, event, opener, {
        kind: 'view',
        meeting,
        words: all.flatMap((each) => (each ? [sealedRef(each)] : [])),
        mayShow: published !== false,
        hidden: attribution === 'hidden',
      });
    },
    ContributionCorrected: (rows, event, opener) =>
      change(rows, event, opener, 'words = ?', JSON.stringify([sealedRef(event.data.words)])),
    ContributionWithdrawn: (rows, event, opener) => change(rows, event, opener, 'withdrawn = 1'),
    AttributionChanged: (rows, event, opener) =>
      change(rows, event, opener, 'hidden = ?', event.data.attribution === 'hidden'),
    // What stands in the place of the words, of pictures and of a translation: nothing else of the view is found.
    PublicVersionGiven: (rows, event, opener) =>
      change(rows, event, opener, 'words = ?, may_show = 1', JSON.stringify([sealedRef(event.data.words)])),
    ViewHeldBack: (rows, event, opener) => change(rows, event, opener, 'may_show = 0'),
    ViewReleased: (rows, event, opener) => change(rows, event, opener, 'may_show = 1'),
    DiscussionHeld: (rows, event, opener) => {
      const { title, meeting } = event.data;
      enter(rows, event, opener, { kind: 'discussion', title, meeting });
    },
    DecisionMade: (rows, event, opener) => {
      const { statement, reason, whichPart, easyText, alternatives, meeting } = event.data;
      const all = [statement, reason?.words, whichPart, easyText, ...alternatives.map(({ what }) => what)];
      enter(rows, event, opener, {
        kind: 'decision',
        meeting,
        words: all.flatMap((each) => (each ? [sealedRef(each)] : [])),
      });
    },
    ServiceChangePromised: (rows, event, opener) => {
      const { what, meeting } = event.data;
      enter(rows, event, opener, { kind: 'promise', meeting, words: [sealedRef(what)] });
    },
    PromiseReworded: (rows, event, opener) =>
      change(rows, event, opener, 'words = ?', JSON.stringify([sealedRef(event.data.what)])),
    PassedToSuccessor: (rows, event, opener) => change(rows, event, opener, 'authority = ?', event.data.to),
    ServiceChangeTransferred: (rows, event, opener) => change(rows, event, opener, 'authority = ?', event.data.to),
    OutcomesApplied: (rows, { cause }, opener) => {
      const waiting = rows.all<{ n: number }>('SELECT n FROM search_entry WHERE hidden_with = ?', cause.events[0]);
      for (const { n } of waiting) {
        rows.run('UPDATE search_entry SET hidden_with = NULL WHERE n = ?', n);
        indexWords(rows, n, opener);
      }
    },
  },
});

interface Entry {
  readonly kind: SearchKind;
  readonly meeting?: string | undefined;
  /** Never personal. */
  readonly title?: string;
  readonly words?: readonly string[];
  readonly mayShow?: boolean;
  readonly hidden?: boolean;
}

const enter = (rows: Rows, event: Recorded, opener: Opener, entry: Entry): void => {
  const { kind, meeting, title, words = [], mayShow = true, hidden = false } = entry;
  const hiddenWith = event.about.fanOut ? event.cause.events.at(-1) : undefined;
  const entered = rows.get<{ n: number }>(
    `INSERT INTO search_entry (id, kind, authority, team, meeting, day, title, words, may_show, hidden, withdrawn, hidden_with)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?) ON CONFLICT DO NOTHING RETURNING n`,
    streamId(event.stream), kind, event.about.authority ?? '', event.about.team, meeting, londonDay(event.occurredAt),
    title, JSON.stringify(words), mayShow, hidden, hiddenWith,
  ); // prettier-ignore
  if (entered) indexWords(rows, entered.n, opener);
};

const change = (
  rows: Rows,
  event: Recorded,
  opener: Opener,
  set: string,
  ...values: readonly (string | boolean)[]
): void => {
  const found = rows.get<{ n: number }>(
    `UPDATE search_entry SET ${set} WHERE id = ? RETURNING n`,
    ...values,
    streamId(event.stream),
  );
  if (!found) return;
  forget(rows, found.n);
  indexWords(rows, found.n, opener);
};
