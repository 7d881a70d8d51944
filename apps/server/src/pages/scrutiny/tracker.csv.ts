import { londonDay } from '#kernel/time';
import type { RecommendationRow, ResponseRow, Standing } from '#scrutiny/recommendations.queries';
import { OUR_COLUMNS, TRACKER_COLUMNS, type TrackerColumn } from '#scrutiny/tracker';
import { TRACKER_ROLE } from '#scrutiny/tracker-import';
import { csvText } from '../../shell/csv.js';
import { say } from '../../wording/wording.js';

type Row = RecommendationRow & { readonly standing: Standing };

interface Taken {
  readonly at: string;
  /** Address of the list with its filter; of the command line: what was asked for. */
  readonly list: string;
}

/** Opens a sealed reference; null where there is none. */
type Open = (ref: string | null) => string | null;

/**
 * A recommendation tracker as scrutiny teams keep it. A file that was brought in comes out with the same words in the
 * same columns; a cell that a spreadsheet would run is made text. Described in docs/how-to/scrutinise-a-promise.md.
 */
export const trackerCsv = (rows: readonly Row[], responses: readonly ResponseRow[], open: Open, taken: Taken): string => {
  const answeredHere = new Set(
    responses.filter(({ by_role: role }) => role !== TRACKER_ROLE).map(({ recommendation }) => recommendation),
  );
  const value: Readonly<Record<TrackerColumn, (row: Row) => string | null>> = {
    Reference: ({ reference }) => reference,
    Origin: ({ origin }) => open(origin),
    Date: ({ made_at: at, precision }) =>
      londonDay(at).slice(0, precision === 'year' ? 4 : precision === 'month' ? 7 : 10),
    Area: ({ area }) => open(area),
    Recommendation: ({ what }) => open(what),
    'Executive date': ({ executive_date: date }) => date,
    Lead: ({ lead }) => open(lead),
    'Action taken': ({ action }) => open(action),
    // What the tracker itself calls it, until somebody answers here.
    Status: ({ id, source_status: status, standing }) =>
      status === null || answeredHere.has(id) ? say(`standing.${standing}`, 'formal') : open(status),
    To: ({ to_body: to }) => open(to),
    'Response wanted by': ({ due }) => due,
    Answer: ({ answer }) => answer,
  };
  const columns = [...TRACKER_COLUMNS, ...OUR_COLUMNS];
  return csvText([
    [...columns, 'Council', 'List', 'Taken at'],
    ...rows.map((row) => [...columns.map((column) => value[column](row)), row.authority, taken.list, taken.at]),
  ]);
}; // prettier-ignore
