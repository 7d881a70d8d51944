import fc from 'fast-check';
import { clean, CLEAN_STEPS } from './clean.js';

describe('cleaning a text', () => {
  it.each([
    ['<p>One</p><p>Two<br>three</p>', 'One\n\nTwo\nthree'],
    ['<ul><li>a</li><li>b</li></ul>', '- a\n\n- b'],
    ['See <a href="https://x.test/a?b=1&amp;c">this</a>.', 'See this (https://x.test/a?b=1&c).'],
    ['<a href="https://x.test">https://x.test</a>', 'https://x.test'],
    ['<a href="javascript:alert(1)">go</a>', 'go'],
    ['ages < 18 & > 5 &lt;b&gt;', 'ages < 18 & > 5 <b>'],
    ['a<script>alert("<b>")</script>b<!-- no > -->c', 'abc'],
    ['unclosed <b tag', 'unclosed <b tag'],
    ['caf&eacute; &#8220;x&#x201D; &nosuch; &amp;lt;', 'café “x” &nosuch; &lt;'],
  ])('takes the words out of %s', (html, words) => {
    expect(clean(html, ['html-to-text'])).toBe(words);
  });

  it('makes a code of a name', () => {
    expect(clean(' St. Mary’s & Çınar County ', ['to-code'])).toBe('st-marys-c-nar-county');
  });

  it('decodes entities once', () => {
    expect(clean('&amp;amp; &hellip; &#0; &#55296;', ['decode-entities'])).toBe('&amp; … &#0; &#55296;');
  });

  it('does the steps in the order they are written', () => {
    expect(clean(' &lt;b&gt; x ', ['decode-entities', 'html-to-text'])).toBe('x');
    expect(clean(' &lt;b&gt; x ', ['html-to-text', 'decode-entities'])).toBe('<b> x');
    expect(clean('a\r\nb\rc', ['unix-lines'])).toBe('a\nb\nc');
    expect(clean('a\u0000\u0085\r\nb', ['remove-control-characters'])).toBe('a\r\nb');
  });

  it('leaves a text alone when nothing is asked', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => expect(clean(text, [])).toBe(text)));
  });

  it('never fails, and a text without markup keeps its words', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.subarray(CLEAN_STEPS), (text, steps) => {
        expect(typeof clean(text, steps)).toBe('string');
      }),
    );
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z]{1,8}$/), { maxLength: 9 }), (words) => {
        expect(clean(words.join(' '), ['html-to-text'])).toBe(words.join(' '));
      }),
    );
  });

  it('takes time in proportion to the text', () => {
    // By the processor's own time: what else runs on the machine is no fault of the text.
    const started = process.cpuUsage();
    clean('<a href='.repeat(50_000), ['html-to-text']);
    clean('<'.repeat(500_000), ['html-to-text']);
    clean('&'.repeat(500_000), ['decode-entities']);
    const { user, system } = process.cpuUsage(started);
    expect((user + system) / 1_000).toBeLessThan(2_000);
  });
});
