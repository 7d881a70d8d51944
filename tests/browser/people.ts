import { PersonAccounts } from '#accounts/person-accounts';
import { Cards } from '#contributions/cards';
import { randomId } from '#event-store/ids';
import { PERSON_COOKIE } from '../../apps/server/src/edge/session-cookies.js';
import { WhoIsAsking } from '../../apps/server/src/edge/who-is-asking.js';
import type { TestServer } from '../http/server.js';

/** People who use the site, as the crawl meets it: each is a set of cookies that they came by honestly. */
export interface Someone {
  readonly name: string;
  readonly cookies: readonly string[];
}

const send = async (
  url: string,
  path: string,
  fields: Readonly<Record<string, string>>,
  cookies: readonly string[] = [],
) => {
  const answer = await fetch(url + path, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie: cookies.join('; '), 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields),
  });
  const got = answer.headers.getSetCookie().map((each) => each.split(';')[0] ?? '');
  if (answer.status !== 303)
    throw new Error(`POST ${path} answered ${answer.status}: ${(await answer.text()).slice(0, 2000)}`);
  return got.filter((each) => !each.endsWith('='));
};

export const nobody: Someone = { name: 'anyone', cookies: [] };

/** Signs in on this computer. Who has the same name is the same person, whatever their role. */
export const staff = async (url: string, role: string, authority: string, name = 'Sam Taylor'): Promise<Someone> => ({
  name: `a ${role} of ${authority}`,
  cookies: await send(url, '/sign-in', { name, role, authority }),
});

/** Types the code of a take-home card. */
export const cardHolder = async (url: string, code: string): Promise<Someone> => ({
  name: 'the holder of a card',
  cookies: await send(url, '/my-view/code', { code }),
});

/** Keeps the view of a card, and one whose card was cancelled, under an e-mail address. */
export const keeperOf = async ({ app }: TestServer, code: string): Promise<readonly string[]> => {
  const persons = app.get(PersonAccounts, { strict: false });
  const { personSessions } = app.get(WhoIsAsking, { strict: false });
  const account = persons.idOf('amina@example.org');
  await persons.open(account, 'amina@example.org', '2026-01-01');
  const found = await app.get(Cards, { strict: false }).find(code);
  if (found) await persons.keep(account, { contribution: found.contribution, card: found.card });
  await persons.keep(account, { contribution: randomId(), card: randomId() });
  await persons.wish(account, 'text', '07700 900123');
  return [`${PERSON_COOKIE}=${await personSessions.start(account, { account }, Date.now())}`];
};

/** An officer's first audit: a finding of the first promise under the pledge, a recommendation, and a sample. */
export const findSomething = async ({ url, engine }: TestServer, { cookies }: Someone): Promise<void> => {
  const thing = engine.rows.get<{ id: string }>('SELECT id FROM commitment ORDER BY number LIMIT 1')?.id ?? '';
  const audit = { title: 'Promises of the pledge', body: 'Health Overview and Scrutiny Committee' };
  const found = { about: 'commitment', thing, found: 'not-satisfied', reason: 'There is no list of who came.' };
  await send(url, '/scrutiny/findings', { ...audit, ...found, what: 'Publish the list of dates.', to: 'The cabinet' }, cookies); // prettier-ignore
  await send(url, '/scrutiny/samples', { ...audit, of: 'promises', asked: '3', authority: 'example-council' }, cookies);
};
