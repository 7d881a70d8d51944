import { CLOCK_TOLERANCE, faultOf, nameIn, rolesOf, waysIn } from './id-token-rules.js';

const NOW = 1_800_000_000;
const EXPECTED = { issuer: 'https://sign-in.example', clientId: 'us', requiredAmr: ['mfa'] };
const GOOD = { iss: EXPECTED.issuer, sub: 'somebody', aud: 'us', iat: NOW, amr: ['pwd', 'mfa'] };

describe('what an ID token must say', () => {
  it.each<[string, object, string | undefined]>([
    ['all as it should be', {}, undefined],
    ['one audience in a list', { aud: ['us'] }, undefined],
    ['ourselves as the authorised party', { azp: 'us' }, undefined],
    ['another issuer', { iss: 'https://evil.example' }, 'issuer'],
    ['no issuer', { iss: undefined }, 'issuer'],
    ['another audience', { aud: 'them' }, 'audience'],
    ['another audience in a list', { aud: ['them'] }, 'audience'],
    ['two audiences, one of them us', { aud: ['us', 'them'] }, 'audience'],
    ['no audience', { aud: [] }, 'audience'],
    ['another authorised party', { azp: 'them' }, 'authorised-party'],
    ['a subject that is no text', { sub: 7 }, 'subject'],
    ['an empty subject', { sub: '' }, 'subject'],
    ['the longest subject', { sub: 'x'.repeat(255) }, undefined],
    ['a longer one', { sub: 'x'.repeat(256) }, 'subject'],
    ['letters in the subject that look like others', { sub: 'ѕomebody' }, 'subject'],
    ['issued as far ahead as clocks may differ', { iat: NOW + CLOCK_TOLERANCE }, undefined],
    ['issued further ahead', { iat: NOW + CLOCK_TOLERANCE + 1 }, 'issued-at'],
    ['issued ten minutes ago', { iat: NOW - 600 }, undefined],
    ['issued longer ago', { iat: NOW - 601 }, 'issued-at'],
    ['issued at no time', { iat: '1800000000' }, 'issued-at'],
    ['proved in one way only', { amr: ['pwd'] }, 'how-proved'],
    ['proved in no way', { amr: undefined }, 'how-proved'],
    ['ways that are no list', { amr: 'mfa' }, 'how-proved'],
  ])('%s', (_, more, fault) => expect(faultOf({ ...GOOD, ...more }, EXPECTED, NOW)).toBe(fault));

  it('asks for every way of proving that the council asks for', () => {
    const both = { ...EXPECTED, requiredAmr: ['mfa', 'hwk'] };
    expect(faultOf(GOOD, both, NOW)).toBe('how-proved');
    expect(faultOf({ ...GOOD, amr: ['hwk', 'mfa'] }, both, NOW)).toBeUndefined();
  });

  it('asks for no way of proving where the council asks for none', () =>
    expect(faultOf({ ...GOOD, amr: undefined }, { ...EXPECTED, requiredAmr: [] }, NOW)).toBeUndefined());

  it('names roles by the council’s own words only', () => {
    const mapping = { Chair: 'chair', Head: 'chair', Lead: 'pledge-lead' };
    expect(rolesOf(['Chair', 'Head', 'Lead', 'Other', 7], mapping)).toEqual(['chair', 'pledge-lead']);
    for (const odd of ['Chair', { 0: 'Chair' }, undefined, null, ['constructor', '__proto__', 'toString']])
      expect(rolesOf(odd, mapping)).toEqual([]);
  });

  it('keeps a name to one line and a bearable length, and how it was proved', () => {
    expect(nameIn({ name: ' Ada\n\t\u202eBaker\u0000 ' })).toBe('Ada Baker');
    expect([nameIn({ name: 7 }), nameIn({}), nameIn({ name: 'x'.repeat(300) }).length]).toEqual(['', '', 200]);
    expect(waysIn({ acr: 'high', amr: ['pwd', 7, 'mfa'] })).toEqual({ acr: 'high', amr: 'pwd mfa' });
    expect(waysIn({ acr: 7, amr: 'mfa' })).toEqual({ acr: null, amr: null });
  });
});
