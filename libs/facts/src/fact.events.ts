import { type EventMap, events } from '#kernel/event';
import { code, id, optional, words } from '#kernel/shape';
import { everyGroup } from './every-kind.js';
import { shapesOf } from './fact-kind.js';

/** Data of any fact: which fields there are follows from its kind, and the codec holds every event to them. */
export interface FactEvent {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Of any fact: an entry was wrong. It stays in the record and no longer counts; what is right follows as an entry of its own. */
const mendingEvents = events({ EntryTakenBack: { entry: id, why: words } });

/** One map for each group. The first event of every fact also says whose it is. */
export const factEventMaps: readonly EventMap[] = [
  ...everyGroup.map(({ kinds }) =>
    events(
      Object.fromEntries(
        kinds.flatMap(({ birth, steps, needsTeam }) => [
          [birth.event, { authority: code, team: needsTeam ? id : optional(id), ...shapesOf(birth) }] as const,
          ...steps.map((step) => [step.event, shapesOf(step)] as const),
        ]),
      ),
    ),
  ),
  mendingEvents,
];

export const factEventTitles: readonly string[] = [...everyGroup.map(({ title }) => title), 'Mending an entry'];
