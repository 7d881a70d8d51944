import type { Page } from 'playwright-core';

/** More stops than any page of ours has: reaching it means that the thing cannot be reached by keyboard. */
const MOST_STOPS = 250;

/** Presses Tab until the focus is on what is meant, as somebody without a mouse does. */
export const tabTo = async (page: Page, selector: string): Promise<void> => {
  for (let stop = 0; stop < MOST_STOPS; stop++) {
    const isThere = await page.evaluate<boolean>(
      `document.activeElement?.matches(${JSON.stringify(selector)}) ?? false`,
    );
    if (isThere) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`${selector} cannot be reached by keyboard on ${page.url()}`);
};

export const typeInto = async (page: Page, selector: string, text: string): Promise<void> => {
  await tabTo(page, selector);
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText(text);
};

/** Enter on a link or a button, and the page that comes of it. */
export const pressOn = async (page: Page, selector: string): Promise<void> => {
  await tabTo(page, selector);
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
};

/** Space on a radio or a box; radios of one question are reached by arrows. */
export const choose = async (page: Page, name: string, value: string): Promise<void> => {
  await tabTo(page, `input[name="${name}"]`);
  for (let step = 0; step < 20; step++) {
    const now = await page.evaluate<string>('document.activeElement.value');
    if (now === value) break;
    await page.keyboard.press('ArrowDown');
  }
  await page.keyboard.press('Space');
};
