/** How the reader wants pages: kept in a cookie, works without JavaScript, says nothing about who they are. */
export interface Reading {
  readonly size: string;
  readonly colours: string;
  readonly easy: string;
}

interface Group {
  readonly name: keyof Reading;
  readonly legend: string;
  /** The first is the standard. */
  readonly options: readonly { readonly value: string; readonly text: string }[];
}

const GROUPS: readonly Group[] = [
  {
    name: 'size',
    legend: 'Size of the words',
    options: [
      { value: 'normal', text: 'Normal' },
      { value: 'large', text: 'Large' },
      { value: 'largest', text: 'Very large' },
    ],
  },
  {
    name: 'colours',
    legend: 'Colours',
    options: [
      { value: 'standard', text: 'Standard' },
      { value: 'cream', text: 'Black on cream' },
      { value: 'yellow', text: 'Yellow on black' },
    ],
  },
  {
    name: 'easy',
    legend: 'Easy read',
    options: [
      { value: 'off', text: 'Off' },
      { value: 'on', text: 'On' },
    ],
  },
];

export const READING_COOKIE = 'throughline_reading';

/** From the cookie or the panel's form. Anything that is not a known choice is the standard. */
export const readReading = (given: Readonly<Record<string, unknown>> | string | undefined): Reading => {
  const parts = typeof given === 'string' ? given.split('.') : GROUPS.map(({ name }) => given?.[name]);
  const chosen = GROUPS.map(
    ({ name, options }, index) =>
      [name, (options.find(({ value }) => value === parts[index]) ?? options[0])?.value] as const,
  );
  return Object.fromEntries(chosen) as unknown as Reading;
};

export const writeReading = ({ size, colours, easy }: Reading): string => [size, colours, easy].join('.');

export const readingClasses = ({ size, colours, easy }: Reading): string =>
  [
    size !== 'normal' && `tl-size-${size}`,
    colours !== 'standard' && `tl-colours-${colours}`,
    easy === 'on' && 'tl-easy',
  ]
    .filter(Boolean)
    .join(' ');

/** The panel's questions with the present choice. */
export const readingPanel = (reading: Reading) =>
  GROUPS.map(({ name, legend, options }) => ({
    name,
    legend,
    options: options.map((option) => ({ ...option, chosen: reading[name] === option.value })),
  }));
