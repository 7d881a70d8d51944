import { type News, NEWS } from '#accounts/person-accounts';

const WORDS: Readonly<Record<News, string>> = {
  letter: 'By letter',
  text: 'By text message',
  email: 'By e-mail',
  no: 'No, do not write to me',
};

export const NEWS_OPTIONS = NEWS.map((value) => ({ value, text: WORDS[value] }));

/** How somebody wants to hear from us, and where; empty: they have not told us. */
export const newsWords = (wish: { readonly news: News | null; readonly to: string } | undefined): string =>
  wish?.news ? `${WORDS[wish.news]}${wish.to === '' ? '' : `: ${wish.to}`}` : '';
