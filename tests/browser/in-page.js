// Runs inside the page under test, handed over as text: the page's own policy lets no foreign script in.
({
  /** What sticks out sideways at this width: nothing may. */
  overflow() {
    const wide = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= wide) return [];
    return [...document.querySelectorAll('body *')]
      .map((element) => ({ element, right: Math.round(element.getBoundingClientRect().right) }))
      .filter(({ right }) => right > wide + 1)
      .slice(0, 5)
      .map(({ element, right }) => `${element.tagName}.${element.className} reaches ${right} of ${wide}`);
  },

  /** Controls smaller than 24 px (WCAG 2.5.8); links inside a sentence may be. */
  smallTargets() {
    return [...document.querySelectorAll('a[href], button, summary, select, input:not([type=hidden])')]
      .filter(
        (element) =>
          element.checkVisibility() &&
          !element.closest('p, dd, td, blockquote, .govuk-skip-link, .govuk-error-summary'),
      )
      .map((element) => ({ element, box: element.getBoundingClientRect() }))
      .filter(({ box }) => box.height < 24 || box.width < 24)
      .map(
        ({ element, box }) =>
          `${element.outerHTML.slice(0, 80)} is ${Math.round(box.width)} × ${Math.round(box.height)}`,
      );
  },

  toTheTop() {
    document.activeElement?.blur();
    getSelection()?.removeAllRanges();
    scrollTo(0, 0);
    return document.querySelectorAll('a, button, input, select, textarea, summary, [tabindex]').length;
  },

  /** Where the focus is now. Its mark is whatever looks different once the focus is taken away. */
  stop() {
    const element = document.activeElement;
    if (!element || element === document.body || element === document.documentElement) return null;
    const box = element.getBoundingClientRect();
    const looks = (of) =>
      [getComputedStyle(of), getComputedStyle(of, '::before')].flatMap((style) => [
        style.outlineStyle,
        style.outlineWidth,
        style.outlineColor,
        style.boxShadow,
        style.borderColor,
        style.borderWidth,
        style.backgroundColor,
        style.textDecoration,
      ]);
    const label = element.matches('[type=radio], [type=checkbox]') ? (element.labels?.[0] ?? element) : element;
    const marked = [...looks(element), ...looks(label)].join();
    // A date or time goes on to its next part only while the focus stays in it: looked at once, then left alone.
    const isAgain = element === window.lookedAt;
    window.lookedAt = element;
    if (!isAgain) element.blur();
    const plain = isAgain ? '' : [...looks(element), ...looks(label)].join();
    if (!isAgain) element.focus({ preventScroll: true });
    return {
      order: [...document.querySelectorAll('*')].indexOf(element),
      name: `<${element.tagName.toLowerCase()}> “${(element.textContent || element.getAttribute('name') || '').trim().slice(0, 40)}”`,
      isSeen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight,
      isMarked: marked !== plain,
    };
  },
});
