import { Transform } from 'class-transformer';
import { ATTRIBUTIONS, type Attribution, CAPACITIES, type Capacity, STAGES, type Stage } from '#kernel/codes';
import { Code, Flag, Id, OneOf, Text, Texts } from '../../api/fields.js';

/** One box that is ticked is sent as a text, several as a list. */
const listed = () => Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? [value] : value));
const ticked = () => Transform(({ value }: { value: unknown }) => (value === 'yes' ? true : value));

export class TeamForm {
  @Code({ missing: 'Choose a council.' }) authority: string;
  @Text(200, { missing: 'Enter the name of the team.' }) name: string;
  @OneOf(STAGES, { missing: 'Choose what the team does.' }) stage: Stage;
  @Text(2_000, { optional: true }) remit?: string;
  @Text(100, { optional: true }) phone?: string;
  @listed() @Texts(20, 40, { optional: true }) pledge?: string[];
  @ticked() @Flag({ optional: true }) coChairConfirms?: boolean;
}

export class PersonForm {
  @Text(200, { missing: 'Enter their name.' }) name: string;
  @OneOf(CAPACITIES, { missing: 'Choose how they take part.' }) capacity: Capacity;
  @OneOf(['yes', 'no'], { optional: true }) firstTime?: 'yes' | 'no';
  @OneOf(ATTRIBUTIONS, { missing: 'Choose how they want to be shown.' }) attribution: Attribution;
  @Text(500, { optional: true }) contact?: string;
  @Text(40, { optional: true }) format?: string;
}

export class MemberStepForm {
  @Id() participant: string;
  @OneOf(['chair', 'co-chair']) step: 'chair' | 'co-chair';
}

export class LeaveForm {
  @Text(2_000, { optional: true }) reason?: string;
}
