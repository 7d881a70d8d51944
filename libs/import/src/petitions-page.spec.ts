import { readFileSync } from 'node:fs';
import { importing } from './testing/importing.js';

/** A page as the petitions site gives it, with petitions made up for this test. */
const page = {
  links: { self: 'https://petition.parliament.uk/petitions.json?page=1', next: null },
  data: [
    {
      type: 'petition',
      id: 1,
      links: { self: 'https://petition.parliament.uk/petitions/1.json' },
      attributes: {
        action: 'Plant more trees <b>now</b>',
        background: 'They give shade.\r\n\r\nThey cool the air.',
        additional_details: '',
        state: 'rejected',
        created_at: '2021-01-02T10:00:00.000Z',
        updated_at: '2021-01-05T10:00:00.000Z',
        rejected_at: '2021-01-04T09:30:00.000Z',
        rejection: {
          code: 'duplicate',
          details: 'See https://petition.parliament.uk/petitions/2 and https://petition.parliament.uk/petitions/999.',
        },
        government_response_at: null,
        government_response: null,
        debate_outcome_at: null,
        debate: null,
      },
    },
    {
      type: 'petition',
      id: 2,
      links: { self: 'https://petition.parliament.uk/petitions/2.json' },
      attributes: {
        action: 'Plant a wood',
        background: 'For everyone.',
        additional_details: 'Please.',
        state: 'closed',
        created_at: '2021-01-01T10:00:00.000Z',
        updated_at: '2021-09-01T10:00:00.000Z',
        rejected_at: null,
        rejection: null,
        government_response_at: '2021-05-06T08:00:00.000Z',
        government_response: {
          responded_on: '2021-05-05',
          summary: 'We value woods.',
          details: 'There is a fund for them.',
        },
        debate_outcome_at: '2021-07-02T08:00:00.000Z',
        debate: { debated_on: '2021-07-01', transcript_url: 'https://hansard.example/1', video_url: '', overview: '' },
        other_parliamentary_business: [
          { subject: ' A report on woods ', body: 'It is out.', created_at: '2021-08-01T12:00:00.000Z' },
        ],
      },
    },
  ],
};

it('the shipped mapping reads a page of the petitions site as it is', async () => {
  const mapping = JSON.parse(readFileSync('libs/import/mappings/uk-petitions.json', 'utf8')) as unknown;
  const { facts, report, problems } = await importing({ 'petitions.json': JSON.stringify(page) }, mapping);
  expect(problems).toEqual([]);
  expect(facts.map(({ concept, sourceId, occurredAt }) => [concept, sourceId, occurredAt.at])).toEqual([
    ['contribution', '2', '2021-01-01T10:00:00.000Z'],
    ['contribution', '1', '2021-01-02T10:00:00.000Z'],
    ['discussion', 'debate-2', '2021-07-01'],
    ['discussion', 'business-2-2021-08-01T12:00:00.000Z', '2021-08-01T12:00:00.000Z'],
    ['decision', 'rejection-1', '2021-01-04T09:30:00.000Z'],
    ['decision', 'response-2', '2021-05-05'],
    ['link', '1-2', '2021-01-04T09:30:00.000Z'],
    ['link', '1-999', '2021-01-04T09:30:00.000Z'],
  ]);
  expect(facts[1]?.fields).toMatchObject({
    words: 'Plant more trees <b>now</b>\n\nThey give shade.\r\n\r\nThey cool the air.',
  });
  expect(facts[4]?.fields).toMatchObject({
    answer: 'no',
    reasonCodes: [],
    reasonSource: 'duplicate',
    reasonWords: expect.stringContaining('See https'),
  });
  expect(facts[5]?.fields).toMatchObject({
    answer: null,
    reasonCodes: null,
    statement: 'We value woods.',
    reasonWords: 'There is a fund for them.',
  });
  expect(report.links).toMatchObject({ unresolved: 1, first: [{ sourceId: '1-999', to: { sourceId: '999' } }] });
});
