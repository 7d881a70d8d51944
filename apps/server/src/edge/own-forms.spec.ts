import { FormNotOurs, isFromHere, refuseForeignForms } from './own-forms.js';

const HOST = 'here.example';
const asked = (headers: Record<string, string>) => ({ headers: { host: HOST, ...headers } }) as never;

describe('where a form comes from', () => {
  it.each<[string, Record<string, string>, boolean, boolean]>([
    ['a page of ours', { 'sec-fetch-site': 'same-origin' }, true, true],
    ['a bookmark', { 'sec-fetch-site': 'none' }, true, false],
    ['a neighbour under the same name', { 'sec-fetch-site': 'same-site' }, false, false],
    ['another website', { 'sec-fetch-site': 'cross-site' }, false, false],
    ['another website that names us', { 'sec-fetch-site': 'cross-site', origin: `https://${HOST}` }, false, false],
    ['a page of ours, whatever Origin says', { 'sec-fetch-site': 'same-origin', origin: 'null' }, true, true],
    ['an old browser, from here', { origin: `https://${HOST}` }, true, true],
    ['an old browser, from elsewhere', { origin: 'https://evil.example' }, false, false],
    ['an old browser, from another port', { origin: `https://${HOST}:444` }, false, false],
    ['an origin that is none', { origin: 'null' }, false, false],
    ['a program that says nothing', {}, true, false],
  ])('%s', (_, headers, isTaken, isOurs) => {
    if (isTaken) expect(() => refuseForeignForms(asked(headers))).not.toThrow();
    else expect(() => refuseForeignForms(asked(headers))).toThrow('another website');
    expect(isFromHere(asked(headers))).toBe(isOurs);
  });

  it('without a host is nowhere', () => {
    const request = { headers: { origin: `https://${HOST}` } } as never;
    expect(() => refuseForeignForms(request)).toThrow('another website');
    expect(isFromHere(request)).toBe(false);
  });

  it('says what to do: look again at a page of ours, or open one', () => {
    expect(new FormNotOurs(true).message).toContain('Look at it and send it again');
    expect(new FormNotOurs(false).message).toContain('did not come from a page of ours');
  });
});
