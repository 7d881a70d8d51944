/**
 * Where to go after signing in: a path of this site and nothing else (open redirect, ASVS 3.7.2). Plain letters only, so
 * that no browser can read another site out of backslashes, control characters or a second slash.
 */
export const safeNext = (next: unknown, otherwise = '/work'): string =>
  typeof next === 'string' &&
  next.length <= 300 &&
  /^\/(?:[A-Za-z0-9._~-]+(?:\/[A-Za-z0-9._~-]+)*)?(?:\?[A-Za-z0-9._~=&+-]*)?$/.test(next) &&
  !/(^|\/)\.\.?(\/|$|\?)/.test(next)
    ? next
    : otherwise;
