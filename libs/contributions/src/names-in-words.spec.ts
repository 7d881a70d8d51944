import { likelyNames, ownNameIn } from './names-in-words.js';

describe('names in somebody’s own words', () => {
  it.each<[string, string[]]>([
    ['Mrs Jones was rude to me', ['Mrs Jones']],
    ['I told dr. Patel twice', []],
    ['I told Dr Patel twice', ['Dr Patel']],
    ['the driver, Sam Whitlock, never waits', ['Sam Whitlock']],
    ['Ask Zofia Nowak-Kaminska about it', ['Zofia Nowak-Kaminska']],
    ['We went with Éloïse Brontë', ['Éloïse Brontë']],
    ['The form is too long. The bus is late', []],
    ['On Monday I go to the Day Centre', []],
    ['Keep the bus! It is the only one on Sunday', []],
    ['I AM ANGRY ABOUT THIS', []],
    ['my sister Amina helps', ['sister Amina']],
    ['', []],
    ['🚌🚌🚌', []],
  ])('%s: %j', (text, names) => expect(likelyNames(text)).toEqual(names));

  it('knows the giver’s own name, in any case, and no part of another word', () => {
    expect(ownNameIn('I am AMINA and I am cold', 'Amina Khan')).toEqual(['AMINA']);
    expect(ownNameIn('The animals are cold', 'Ani Mals')).toEqual([]);
    expect(ownNameIn('I am here', 'Al I')).toEqual([]);
  });

  it('is quick about a long text', () => {
    const long = 'Mr A'.repeat(2_500);
    const before = performance.now();
    likelyNames(long);
    expect(performance.now() - before).toBeLessThan(500);
  });
});
