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
