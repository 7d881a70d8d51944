import type { RecommendationRow, ResponseRow, Standing } from '#scrutiny/recommendations.queries';
import { exactDate, longDate } from '../../shell/dates.js';
import type { Thing } from '../../scrutiny/scrutiny-desk.js';
import { roleName, say, type WordingKey } from '../../wording/wording.js';
import { daysWords } from '../pledge-log/pledge-log.view.js';
import { placeOf, recommendationView } from './audit.view.js';
import { brief, NOT_RECORDED, type ScrutinyNames } from './promises.view.js';

type Row = RecommendationRow & { readonly standing: Standing };

/** One recommendation with its clock, its tracker columns and every answer; silence is a line of its own. */
export const oneRecommendation = (
  row: Row,
  responses: readonly ResponseRow[],
  thing: Thing | undefined,
  names: ScrutinyNames,
  today: string,
) => {
  const { tag, tone } = recommendationView(row, names);
  const said = (value: string | null): string => (value === null ? NOT_RECORDED : names.words(value));
  return {
    id: row.id,
    tag,
    tone,
    clock: clockLine(row, today),
    silence:
      row.overdue_at === null ? null : `${longDate(row.overdue_at)}: we wrote down that no response had come in time.`,
    unpublished: row.published === 0,
    facts: [
      { term: 'Reference', value: row.reference ?? NOT_RECORDED },
      { term: 'Origin', value: said(row.origin) },
      { term: 'Date', value: exactDate(row.made_at, row.precision) },
      { term: 'Area', value: said(row.area) },
      { term: 'Council', value: names.council(row.authority) },
      { term: 'To', value: said(row.to_body) },
      { term: 'Executive date', value: row.executive_date === null ? NOT_RECORDED : longDate(row.executive_date) },
      { term: 'Lead', value: said(row.lead) },
      { term: 'Action taken', value: said(row.action) },
      ...(row.source_status === null ? [] : [{ term: 'Status in the source', value: names.words(row.source_status) }]),
    ],
    about:
      row.about && row.thing
        ? {
            href: placeOf(row.about, row.thing),
            text: thing?.words ? brief(names.words(thing.words)) : 'What was looked at',
          }
        : null,
    audit: `/scrutiny/audits/${row.audit}`,
    responses: responses.map((each) => ({
      answer: each.answer === null ? NOT_RECORDED : say(`response.${each.answer}` as WordingKey, 'formal'),
      words: each.words === null ? '' : names.words(each.words),
      action: each.action === null ? null : names.words(each.action),
      lead: each.lead === null ? null : names.words(each.lead),
      meta: `${longDate(each.responded_at)}, ${roleName(each.by_role).toLowerCase()}${each.after_due ? ', after the day that was set' : ''}`,
      executiveDate: each.executive_date === null ? null : longDate(each.executive_date),
    })),
  };
};

const clockLine = ({ due, standing, answered_at: answered }: Row, today: string): string => {
  if (due === null) return 'No day was set for a response.';
  const wanted = `Response wanted by ${longDate(due)}.`;
  if (answered !== null) return `${wanted} The first response came on ${longDate(answered)}.`;
  const days = Math.abs(Math.round((Date.parse(due) - Date.parse(today)) / 86_400_000));
  if (standing === 'overdue') return `${wanted} It is late by ${daysWords(days)}.`;
  return days === 0 ? `${wanted} That is today.` : `${wanted} There ${days === 1 ? 'is' : 'are'} ${daysWords(days)} left.`; // prettier-ignore
};
