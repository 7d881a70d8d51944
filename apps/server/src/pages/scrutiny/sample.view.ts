import type { SampleRow } from '#scrutiny/audits.queries';
import { type SampleFilter, shortfall } from '#scrutiny/sampling';
import { longDate, longMoment } from '../../shell/dates.js';
import { filterWords, type ScrutinyNames } from './promises.view.js';

export interface DrawnItem {
  /** Empty: it has no page that everyone may read. */
  readonly href: string;
  readonly title: string;
  readonly meta: string;
}

/** A sample with everything that another officer needs to draw it again. */
export const sampleView = (row: SampleRow, items: readonly DrawnItem[], names: ScrutinyNames) => ({
  id: row.id,
  shortfall: shortfall(row.asked, row.population),
  summary: `${items.length} of ${row.population} ${row.sampled === 'views' ? (row.population === 1 ? 'view' : 'views') : row.population === 1 ? 'promise' : 'promises'}, drawn by chance.`,
  facts: [
    ['Drawn', longMoment(row.drawn_at)],
    ['From', `${row.sampled === 'views' ? 'Views' : 'Promises'} ${filterWords(JSON.parse(row.filter) as SampleFilter, names)}`],
    ['Asked for', String(row.asked)],
    ['How many there were', String(row.population)],
    ['Late and colours as on', longDate(row.day)],
    ['Method', row.method],
    ['Seed', row.seed],
    ['Last entry of the record', row.log_position],
    ['Number of this sample', row.id],
  ],
  items,
}); // prettier-ignore
