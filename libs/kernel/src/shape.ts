import type { Json, Personal } from './personal.js';
import { isOpen, isSealed } from './personal.js';
import { isDay } from './time.js';

/**
 * The shape of an event's data, written once: the TypeScript type, the check before an append, and the reference page
 * all come from it. JSON values only (no floats: numbers are safe integers), because the bytes are hashed for ever.
 */
export interface Shape<T> {
  /** Returns the value unchanged or throws {@link ShapeError} naming the JSON pointer. */
  check(value: unknown, at: string): T;
  /** What the field holds, in words, for the reference. */
  readonly describes: string;
  /** A value that fits: fixtures are made of it. */
  readonly example: T;
  readonly isOptional?: true;
}

export class ShapeError extends Error {
  constructor(
    readonly pointer: string,
    expected: string,
  ) {
    super(`${pointer || '/'}: expected ${expected}`);
    this.name = 'ShapeError';
  }
}

export type ShapeOf<S> = S extends Shape<infer T> ? T : never;
export type Fields = Readonly<Record<string, Shape<unknown>>>;
type OptionalKeys<F extends Fields> = { [K in keyof F]: F[K] extends { isOptional: true } ? K : never }[keyof F];
export type FieldsOf<F extends Fields> = { readonly [K in Exclude<keyof F, OptionalKeys<F>>]: ShapeOf<F[K]> } & {
  readonly [K in OptionalKeys<F>]?: ShapeOf<F[K]>;
};

const leaf = <T>(describes: string, accepts: (value: unknown) => boolean, example: T): Shape<T> => ({
  describes,
  example,
  check(value, at) {
    if (!accepts(value)) throw new ShapeError(at, describes);
    return value as T;
  },
});

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

const isInstant = (value: unknown): boolean =>
  typeof value === 'string' &&
  INSTANT.test(value) &&
  !Number.isNaN(Date.parse(value)) &&
  new Date(value).toISOString() === value;
/** A text under nobody's key could never be erased with its person. */
const isSomeones = (value: unknown): boolean => isSealed(value) || (isOpen(value) && value.of !== '');

export const text = leaf<string>('text (never personal)', (value) => typeof value === 'string', 'Some text');
export const code = leaf<string>(
  'a code',
  (value) => typeof value === 'string' && /^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(value),
  'some-code',
);
export const id = leaf<string>(
  'an id (UUID)',
  (value) => typeof value === 'string' && UUID.test(value),
  '5b0c2a9e-6f0d-5c3e-9a4b-1d2e3f405162',
);
export const instant = leaf<string>('an instant (UTC)', isInstant, '2026-11-23T12:34:56.789Z');
export const date = leaf<string>('a date', (value) => typeof value === 'string' && isDay(value), '2027-03-28');
export const count = leaf<number>('a whole number', (value) => Number.isSafeInteger(value), 7);
export const flag = leaf<boolean>('true or false', (value) => typeof value === 'boolean', true);
export const words = leaf<Personal>(
  'personal words, sealed',
  (value) => isSomeones(value) && (isSealed(value) || (isOpen(value) && typeof value.open === 'string')),
  { of: 'somebody', open: 'Personal words' },
);

/** A whole value that must not stand in the open, sealed as one (an answer with its question, a list of names). */
export const sealedWhole = <T extends Json>(describes: string): Shape<Personal<T>> =>
  leaf(`${describes}, sealed as a whole`, isSomeones, { of: 'somebody', open: 'Personal words' as never });

export const oneOf = <const T extends readonly string[]>(...codes: T): Shape<T[number]> =>
  leaf(
    codes.map((each) => `\`${each}\``).join(' · '),
    (value) => codes.includes(value as string),
    codes[0] as T[number],
  );

export const optional = <T>(shape: Shape<T>): Shape<T> & { readonly isOptional: true } => ({
  describes: `${shape.describes}, if any`,
  example: shape.example,
  isOptional: true,
  check: (value, at) => (value === undefined ? (value as T) : shape.check(value, at)),
});

export const list = <T>(of: Shape<T>): Shape<readonly T[]> => ({
  describes: `a list of: ${of.describes}`,
  example: [of.example, of.example],
  check(value, at) {
    if (!Array.isArray(value)) throw new ShapeError(at, 'a list');
    return value.map((each, index) => of.check(each, `${at}/${index}`));
  },
});

export const fields = <const F extends Fields>(shapes: F): Shape<FieldsOf<F>> & { readonly shapes: F } => ({
  describes: `{ ${Object.entries(shapes)
    .map(([name, shape]) => `${name}: ${shape.describes}`)
    .join('; ')} }`,
  example: Object.fromEntries(Object.entries(shapes).map(([name, { example }]) => [name, example])) as FieldsOf<F>,
  shapes,
  check(value, at) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new ShapeError(at, 'an object');
    const given = value as Record<string, unknown>;
    for (const name of Object.keys(given))
      if (!Object.hasOwn(shapes, name) && given[name] !== undefined)
        throw new ShapeError(`${at}/${name}`, 'nothing here (unknown field)');
    for (const [name, shape] of Object.entries(shapes)) shape.check(given[name], `${at}/${name}`);
    return value as FieldsOf<F>;
  },
});
