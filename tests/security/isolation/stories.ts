import { day, decision } from '../../http/bodies.js';

export interface Answered {
  readonly id: string;
  readonly code?: string | null;
  readonly request?: string;
}

export interface Teller {
  readonly authority: string;
  /** Words that stand nowhere else, for a field of a write. */
  readonly words: (where: string) => string;
  /** A write by whoever of the council may make it. @throws Error when nobody may */
  readonly write: (path: string, body: object) => Promise<Answered>;
  /** As somebody of the council reads it. */
  readonly read: (path: string) => Promise<unknown>;
}

/** Writes that the description of the API alone does not lead to: something must have happened first. */
export const tellStories = async ({ authority, words, write, read }: Teller): Promise<void> => {
  const { id: team } = await write('/teams', { authority, name: words('story team name'), stage: 'plan' });
  const { id: participant } = await write('/participants', { authority, name: words('participants name'), attribution: 'group' }); // prettier-ignore
  await write(`/teams/${team}/members`, { participant, capacity: 'uses-services' });
  await write(`/teams/${team}/leavers`, { participant, reason: words('leavers reason (private)') });

  const own = await write(`/teams/${team}/statements`, { text: words('local statement') });
  const { id: round } = await write('/statement-rounds', { authority, team, slips: 5, until: day(30) });
  const { codes, statements } = (await read(`/statement-rounds/${round}`)) as { codes: string[]; statements: string[] };
  const [statement = ''] = statements;
  await write('/statements/answers', { code: codes[0], statement, answer: 'yes', voice: 'own' });
  await write(`/statement-rounds/${round}/paper`, { tallies: [{ statement, answer: 'yes', count: 3, voice: 'own' }] });
  await write(`/teams/${team}/statements/${own.code ?? ''}/retire`, {});

  const decided = { ...decision({ statement: words('story statement') }), authority };
  const [{ id: first }, { id: second }] = [await write('/decisions', decided), await write('/decisions', decided)];
  const { request } = await write(`/decisions/${first}/review-requests`, { why: words('review-requests why') });
  await write(`/decisions/${first}/review-answers`, { request, words: words('review answer'), changed: false });
  await write(`/decisions/${first}/supersede`, { by: second, why: words('supersede why') });

  const { id: report } = await write('/reports', { authority, title: words('report title'), from: '2026-01-01', to: '2026-06-30', due: day(30) }); // prettier-ignore
  await write(`/reports/${report}/publish`, { formats: ['plain'], readability: words('readability'), checkedByPeople: 'no' }); // prettier-ignore
  await write(`/reports/${report}/corrections`, { was: words('report was'), now: words('report now'), why: words('report why') }); // prettier-ignore

  const { id: audit } = await write('/audits', { authority, title: words('story audit'), body: words('audit body') });
  const asked = { authority, what: words('recommendation what'), to: words('recommendation to'), due: day(60) };
  const { id: recommendation } = await write(`/audits/${audit}/recommendations`, asked);
  await write(`/recommendations/${recommendation}/responses`, {
    answer: 'accepted',
    words: words('response'),
    action: words('response action'),
  });

  const { id: thanks } = await write('/facts/thanks', { authority, people: 3, how: 'letter' });
  const { entries } = (await read(`/facts/thanks/${thanks}`)) as { entries: { id: string }[] };
  await write(`/facts/thanks/${thanks}/entries/${entries[0]?.id ?? ''}/mended`, { why: words('mended why') });
};
