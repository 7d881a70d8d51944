import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const IN_PAGE = readFileSync(join(import.meta.dirname, 'in-page.js'), 'utf8').replace(/;\s*$/, '');
const WCAG = JSON.stringify({
  runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] },
});

const ask = <Answer>(page: Page, what: 'overflow' | 'smallTargets' | 'toTheTop' | 'stop'): Promise<Answer> =>
  page.evaluate(`(${IN_PAGE}).${what}()`);

/** WCAG 2.2 A and AA as far as a machine can tell: one line a fault, with the element it is about. Needs JavaScript on. */
export const axe = async (page: Page): Promise<string[]> => {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate<AxeResults>(`axe.run(${WCAG})`);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} ${target.join(' ')} ${failureSummary ?? ''}`.replace(/\s+/g, ' ')),
  );
};

/** What sticks out sideways at the page's width. */
export const overflow = (page: Page): Promise<string[]> => ask(page, 'overflow');

export const smallTargets = (page: Page): Promise<string[]> => ask(page, 'smallTargets');

const MOST_PARTS = 6;

interface Stop {
  readonly order: number;
  readonly name: string;
  readonly isSeen: boolean;
  readonly isMarked: boolean;
}

/** Tabs from the top to the end: every stop is seen and marked, in reading order, and the end is reached. */
export const keyboardFaults = async (page: Page): Promise<string[]> => {
  const most = await ask<number>(page, 'toTheTop');
  const stops: Stop[] = [];
  let inside = 0;
  for (let press = 0; press <= most + 1; press++) {
    await page.keyboard.press('Tab');
    const stop = await ask<Stop | null>(page, 'stop');
    // A date or time has a stop for each of its parts; more than that in one place is a trap.
    if (stop && stop.order === stops.at(-1)?.order && stops.length > 1 && ++inside <= MOST_PARTS) {
      press--;
      continue;
    }
    inside = 0;
    if (!stop || stop.order === stops[0]?.order) return faultsOf(stops);
    stops.push(stop);
  }
  return [`the focus never leaves the page: ${stops.at(-1)?.name ?? ''}`, ...faultsOf(stops)];
};

const faultsOf = (stops: readonly Stop[]): string[] => [
  ...(stops.length === 0 ? ['nothing can be reached by keyboard'] : []),
  ...stops.filter(({ isSeen }) => !isSeen).map(({ name }) => `${name} has the focus but cannot be seen`),
  ...stops.filter(({ isMarked }) => !isMarked).map(({ name }) => `${name} does not show that it has the focus`),
  ...stops.flatMap(({ order, name }, at) =>
    order < (stops[at - 1]?.order ?? -1) ? [`${name} comes out of reading order`] : [],
  ),
];
