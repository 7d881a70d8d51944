import type { Control, FactFields, FactKind, FactStep } from '#facts/fact-kind';
import { shippedToolkits } from '#facts/toolkits';
import { day } from './bodies.js';

/** Things of one council that facts may refer to. */
export type Things = Readonly<Record<string, string>>;

const LINES = ['Words of ours', '12', '12.50', 'https://example.org/minutes', 'a'.repeat(64)];
const toolkit = shippedToolkits().find((each) => each.toolkit === 'working-together');
const CODES = {
  pledge: 'east-of-england',
  'pledge-version': '2026',
  toolkit: toolkit?.toolkit,
  'toolkit-version': toolkit?.version,
  criterion: toolkit?.criteria[0]?.code,
  level: toolkit?.levels[0]?.code,
};

const valueOf = (control: Control, things: Things): unknown => {
  switch (control.as) {
    case 'line':
    case 'words':
      return LINES.find((each) => control.pattern?.test(each) ?? true);
    case 'number':
      return Math.max(control.min, 1);
    case 'date':
      return day(-1);
    case 'yes-no':
      return true;
    case 'one':
      return control.options[0]?.value;
    case 'many':
      return control.options.slice(0, 2).map(({ value }) => value);
    case 'counts':
      return [{ [control.of]: control.options[0]?.value, count: 1 }];
    case 'code':
      return CODES[control.from];
    case 'list':
      return ['https://example.org/page'];
    case 'thing':
      return things[control.of[0] ?? ''];
    case 'person':
    case 'people':
      return undefined;
  }
};

/** Every field of a step filled in, but for people: nobody has to be named. */
export const bodyOf = (fields: FactFields, things: Things): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, { control }]) => {
      const value = valueOf(control, things);
      return value === undefined ? [] : [[name, value]];
    }),
  );

/** The same for a step that follows its birth: a new version of a plan has a name of its own. */
export const stepBody = (step: FactStep, things: Things): Record<string, unknown> => ({
  ...bodyOf(step.fields, things),
  ...(step.event === 'LocalPlanRevised' && { version: 'Second' }),
});

/** The steps that must come first, then this one. */
export const wayTo = (kind: FactKind, step: FactStep): readonly FactStep[] => {
  const first = kind.steps.find(({ event }) => event === step.after?.[0]);
  return first ? [...wayTo(kind, first), step] : [step];
};
