import { Transform, Type } from 'class-transformer';
import { IsArray, IsUUID, ArrayMaxSize, ValidateIf, ValidateNested } from 'class-validator';
import { CAPACITIES, type Capacity } from '#kernel/codes';
import { OPENNESS } from '#meetings/meeting.events';
import type { Openness } from '#meetings/meeting';
import { Id, OneOf, Text, Whole } from '../../api/fields.js';
import { RUNG_OPTIONS } from './options.js';

/** Typed digits as a number; anything else stays as typed, for the check to name. */
export const Typed = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && /^\d{1,6}$/.test(value.trim()) ? Number(value) : value,
  );

/** One box ticked arrives as one text, several as a list. */
const AsList = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) => (value === undefined || Array.isArray(value) ? value : [value]));

export class AboutForm {
  @OneOf(OPENNESS, { optional: true }) openness?: Openness;
  @OneOf(RUNG_OPTIONS.map(({ value }) => value), { optional: true })
  rung?: string;
  @Text(200, { optional: true }) deciderRole?: string;
  @Text(200, { optional: true }) deciderBody?: string;
  @Text(9, { optional: true }) revision?: string;
}

export class OthersForm {
  @OneOf(CAPACITIES) capacity: Capacity;
  @Typed() @Whole(0, 10_000, { optional: true }) count?: number;
}

export class AccessForm {
  @Text(200) need: string;
  @Typed() @Whole(1, 10_000) count: number;
  @OneOf(['yes', 'no'], { optional: true }) met?: 'yes' | 'no';
  @Text(500, { optional: true }) why?: string;
}

/** A row of which something is typed is asked for whole; an empty one is no row. */
const isBegun = ({ role, interest }: { role?: unknown; interest?: unknown }): boolean =>
  role !== undefined || interest !== undefined;

export class InterestForm {
  @ValidateIf(isBegun)
  @Text(200, { missing: 'Enter whose interest it is.' })
  role?: string;
  @ValidateIf(isBegun)
  @Text(2_000, { missing: 'Enter what the interest is.' })
  interest?: string;
  @Id({ optional: true }) person?: string;
}

export class PeopleForm {
  @AsList()
  @IsUUID('all', { each: true, message: 'Choose people from the list.' })
  @ArrayMaxSize(500, { message: 'Choose 500 people or fewer.' })
  @IsArray({ message: 'Choose people from the list.' })
  people: string[] = [];
  @Type(() => OthersForm)
  @ValidateNested({ each: true })
  @ArrayMaxSize(10, { message: 'Give 10 or fewer.' })
  @IsArray({ message: 'Say how many others were here.' })
  others: OthersForm[] = [];
  @Type(() => AccessForm)
  @ValidateNested({ each: true })
  @ArrayMaxSize(50, { message: 'Give 50 or fewer.' })
  @IsArray({ message: 'Say what was needed.' })
  access: AccessForm[] = [];
  @Type(() => InterestForm)
  @ValidateNested({ each: true })
  @ArrayMaxSize(20, { message: 'Give 20 or fewer.' })
  @IsArray({ message: 'Say what interests were declared.' })
  interests: InterestForm[] = [];
  @OneOf(['yes', 'no'], { optional: true }) decisionMaker?: 'yes' | 'no';
  @Text(9, { optional: true }) revision?: string;
}
