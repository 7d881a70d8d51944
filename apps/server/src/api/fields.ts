import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsDefined,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsString,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
  Validate,
  ValidateIf,
  ValidateNested,
  type ValidationArguments,
  ValidatorConstraint,
  type ValidatorConstraintInterface,
} from 'class-validator';
import { isDay } from '#kernel/time';

/*
 * One decorator a field: what class-validator checks and what OpenAPI says come from the same words, so that the
 * description cannot drift from the check.
 */

interface Options {
  readonly optional?: true;
  readonly description?: string;
  /** What to do when it was left out, in the words of the page that asks: "Enter the name of the team." */
  readonly missing?: string;
  /** What to do when it cannot be taken, in the same words. */
  readonly wrong?: string;
}

/** One message for a field that was left out, another for one that is wrong. */
const or =
  ({ missing = 'This is missing.', wrong }: Options, usual: string) =>
  ({ value }: ValidationArguments): string =>
    value === undefined || value === '' ? missing : (wrong ?? usual);

const field = (options: Options, schema: object, ...checks: readonly PropertyDecorator[]): PropertyDecorator =>
  applyDecorators(
    ApiProperty({
      ...schema,
      required: !options.optional,
      ...(options.description && { description: options.description }),
    }),
    // Left out is left out; null is not a text, and nothing that is stored may be null.
    ...(options.optional ? [ValidateIf((_, value) => value !== undefined)] : []),
    ...checks,
  );

export const Text = (max: number, options: Options = {}): PropertyDecorator =>
  field(
    options,
    { type: String, maxLength: max },
    MaxLength(max, { message: or(options, `Use ${max.toLocaleString('en-GB')} characters or fewer.`) }),
    ...(options.optional ? [] : [IsNotEmpty({ message: or(options, 'This must not be empty.') })]),
    IsString({ message: or(options, 'This must be text.') }),
  );

export const OneOf = (codes: readonly string[], options: Options = {}): PropertyDecorator =>
  field(options, { enum: codes }, IsIn([...codes], { message: or(options, `Choose one of: ${codes.join(', ')}.`) }));

export const Codes = (codes: readonly string[], options: Options = {}): PropertyDecorator =>
  field(
    options,
    { enum: codes, isArray: true },
    IsIn([...codes], { each: true, message: `Choose from: ${codes.join(', ')}.` }),
    ArrayMaxSize(codes.length, { message: 'Name each code once.' }),
    IsArray({ message: 'This must be a list.' }),
  );

/** Ids are the same in small and big letters (RFC 9562); ours are kept in small ones. */
export const Id = (options: Options = {}): PropertyDecorator =>
  applyDecorators(
    Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.toLowerCase() : value)),
    field(
      options,
      { type: String, format: 'uuid' },
      IsUUID('all', { message: or(options, 'This is not an id of ours.') }),
    ),
  );

export const Code = (options: Options = {}): PropertyDecorator =>
  field(
    options,
    { type: String, pattern: '^[a-z0-9][a-z0-9-]{0,63}$' },
    Matches(/^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/, { message: or(options, 'This is not a code.') }),
  );

@ValidatorConstraint({ name: 'isDay' })
class IsRealDay implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    return typeof value === 'string' && isDay(value);
  }
  defaultMessage(): string {
    return 'Give a date that exists, like 2027-03-01.';
  }
}

export const Day = (options: Options = {}): PropertyDecorator =>
  field(
    options,
    { type: String, format: 'date' },
    Validate(IsRealDay, { message: or(options, 'Give a date that exists, like 2027-03-01.') }),
  );

@ValidatorConstraint({ name: 'isInstant' })
class IsRealInstant implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    return (
      typeof value === 'string' &&
      /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d))?$/.test(value) &&
      isDay(value.slice(0, 10)) &&
      !Number.isNaN(Date.parse(value))
    );
  }
  defaultMessage(): string {
    return 'Give a moment with its zone, like 2026-11-23T14:30:00Z.';
  }
}

/** An instant; kept as UTC with milliseconds whatever zone it came in. */
export const Instant = (options: Options = {}): PropertyDecorator =>
  applyDecorators(
    Transform(({ value }: { value: unknown }) =>
      typeof value === 'string' && !Number.isNaN(Date.parse(value)) && value.length > 10 && isDay(value.slice(0, 10))
        ? new Date(value).toISOString()
        : value,
    ),
    field(options, { type: String, format: 'date-time' }, Validate(IsRealInstant)),
  );

export const Whole = (min: number, max: number, options: Options = {}): PropertyDecorator =>
  field(
    options,
    { type: 'integer', minimum: min, maximum: max },
    Max(max, { message: or(options, `Use ${max} or less.`) }),
    Min(min, { message: or(options, `Use ${min} or more.`) }),
    IsInt({ message: or(options, 'This must be a whole number.') }),
  );

export const Flag = (options: Options = {}): PropertyDecorator =>
  field(options, { type: Boolean }, IsBoolean({ message: 'This must be true or false.' }));

export const Nested = (type: () => new () => object, options: Options = {}): PropertyDecorator =>
  applyDecorators(
    Type(type),
    field(
      options,
      { type },
      ValidateNested({ message: 'This must be an object.' }),
      // What is left out has nothing nested to judge, and would pass.
      ...(options.optional ? [] : [IsDefined({ message: or(options, 'This must be an object.') })]),
    ),
  );

export const ListOf = (type: () => new () => object, max: number, options: Options = {}): PropertyDecorator =>
  applyDecorators(
    Type(type),
    field(
      options,
      { type, isArray: true, maxItems: max },
      ValidateNested({ each: true, message: 'Each must be an object.' }),
      ArrayMaxSize(max, { message: `Give ${max} or fewer.` }),
      IsArray({ message: 'This must be a list.' }),
    ),
  );

export const Texts = (each: number, max: number, options: Options = {}): PropertyDecorator =>
  field(
    options,
    { type: String, isArray: true, maxItems: max },
    MaxLength(each, { each: true, message: `Use ${each.toLocaleString('en-GB')} characters or fewer in each.` }),
    IsString({ each: true, message: 'Each must be text.' }),
    ArrayMaxSize(max, { message: `Give ${max} or fewer.` }),
    IsArray({ message: 'This must be a list.' }),
  );
