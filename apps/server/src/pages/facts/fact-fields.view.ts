import type { Control, FactField, FactFields } from '#facts/fact-kind';
import type { Choice } from './fact-choices.js';

/** One field of a form, as the template needs it. */
export interface FieldView {
  readonly name: string;
  readonly as: 'line' | 'number' | 'date' | 'words' | 'radios' | 'checkboxes' | 'select' | 'counts' | 'none';
  readonly label: string;
  readonly hint?: string | undefined;
  readonly options?: readonly Choice[];
  readonly classes?: string;
  readonly rows?: number;
}

type Choices = Readonly<Record<string, readonly Choice[]>>;

const LEAVE: Choice = { value: '', text: 'Leave this out' };
const NOT_KNOWN: Choice = { value: '', text: 'We do not know' };
const YES_NO = [
  { value: 'yes', text: 'Yes' },
  { value: 'no', text: 'No' },
];

/** Fields that say themselves that they may stay empty are not told it twice. */
const labelOf = ({ label, hint, missing }: FactField): string =>
  missing !== undefined || /leave this|if you have|if there is/i.test(hint ?? '')
    ? label
    : `${label} (you can leave this empty)`;

export const fieldViews = (fields: FactFields, choices: Choices): readonly FieldView[] =>
  Object.entries(fields).map(([name, field]) => ({
    name,
    label: labelOf(field),
    hint: field.hint?.replace(/^Like \d{4}-\d\d-\d\d\.? ?/, ''),
    ...controlView(field.control, field.missing === undefined, choices[name]),
  }));

const controlView = (control: Control, isOptional: boolean, choices: readonly Choice[] = []): Pick<FieldView, 'as'> & Partial<FieldView> => {
  switch (control.as) {
    case 'line':
      return { as: 'line', ...(control.max <= 20 && { classes: 'govuk-input--width-10' }) };
    case 'words':
      return { as: 'words', rows: 4 };
    case 'list':
      return { as: 'words', rows: 3 };
    case 'number':
      return { as: 'number' };
    case 'date':
      return { as: 'date' };
    case 'yes-no':
      return { as: 'radios', options: YES_NO };
    case 'one':
      return { as: 'radios', options: isOptional ? [...control.options, NOT_KNOWN] : control.options };
    case 'many':
      return { as: 'checkboxes', options: control.options };
    case 'counts':
      return { as: 'counts', options: control.options };
    case 'people':
      return choices.length > 0 ? { as: 'checkboxes', options: choices } : { as: 'none' };
    case 'person':
      return choices.length > 0 ? { as: 'select', options: [LEAVE, ...choices] } : { as: 'none' };
    case 'code':
      if (control.from === 'level') return { as: 'radios', options: choices };
      return choices.length > 0 ? selected(choices, isOptional) : { as: 'line' };
    case 'thing':
      return choices.length > 0 || !isOptional ? selected(choices, isOptional) : { as: 'none' };
  }
}; // prettier-ignore

const selected = (choices: readonly Choice[], isOptional: boolean) => ({
  as: 'select' as const,
  options: [isOptional ? LEAVE : { value: '', text: choices.length > 0 ? 'Choose one' : 'There is none yet' }, ...choices],
}); // prettier-ignore
