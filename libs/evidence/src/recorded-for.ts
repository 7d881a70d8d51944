import { everyKind } from '#facts/every-kind';
import { type FactKind, stepsOf } from '#facts/fact-kind';
import { measuresFor } from './every-measure.js';
import { type Elsewhere, ELSEWHERE } from './recorded-elsewhere.js';
import { ASKED_FOR } from './pledge-map.js';

/** What is evidence for a line of the pledge: what the mission table asks for, and what its figures are counted from. */
const eventsFor = (line: string): ReadonlySet<string> => {
  const same = line === 'S12' ? 'S8' : line;
  return new Set([
    ...(ASKED_FOR[line] ?? []),
    ...measuresFor(same)
      .filter(({ rows }) => rows.includes(same))
      .flatMap(({ from }) => from),
  ]);
};

/** Kinds of facts that one may record for a line. */
export const kindsFor = (line: string): readonly FactKind[] => {
  const events = eventsFor(line);
  return everyKind.filter((kind) => kind.pledge.includes(line) || stepsOf(kind).some(({ event }) => events.has(event)));
};

/** Other pages on which something is recorded for a line. */
export const elsewhereFor = (line: string): readonly Elsewhere[] => {
  const events = eventsFor(line);
  return ELSEWHERE.filter((each) => each.events.some((event) => events.has(event)));
};
