import { nameFinder } from './name-clash.js';

/** Nobody who asked not to be named is named in passing. */
describe('names in a text', () => {
  it.each<[string, string[], string, string[]]>([
    ['a first name', ['Amina Khan'], 'Amina said it', ['Amina']],
    ['a last name, in small letters', ['Amina Khan'], 'as khan said', ['khan']],
    ['the whole name', ['Amina Khan'], 'Amina Khan and amina', ['Amina', 'Khan', 'amina']],
    ['a part of a word is not a name', ['Ann Lee'], 'Annual sleepers', []],
    ['a possessive', ['Amina Khan'], 'Amina’s form', ['Amina']],
    ['accents', ['Zoë Brontë'], 'zoë', ['zoë']],
    ['written with combining marks', ['Zoë'], 'Zoe\u0308', ['Zoë']],
    ['full-width letters', ['Amina'], 'Ａｍｉｎａ', ['Amina']],
    ['particles are not names', ['Ludwig van Beethoven'], 'the van came', []],
    ['an everyday word written small', ['Will Young'], 'they will be young', []],
    ['an everyday word written like a name', ['Will Young'], 'Will came', ['Will']],
    ['one letter is too little', ['J Smith'], 'J and I', []],
    ['a name typed all small still counts', ['amina khan'], 'Amina', ['Amina']],
    ['names without spaces', ['王小明'], '今天王小明说', ['王小明']],
    ['other scripts', ['Наталья'], 'наталья пришла', ['наталья']],
    ['nobody', [], 'Amina Khan', []],
    ['blank names', [' ', ''], 'a b c', []],
  ])('%s', (_, names, text, then) => expect(nameFinder(names)(text)).toEqual(then));
});
