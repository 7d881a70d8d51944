import { Transform } from 'class-transformer';
import { ATTRIBUTIONS, type Attribution, CAPACITIES, type Capacity, STAGES, type Stage } from '#kernel/codes';
import { Code, Flag, Id, OneOf, Text } from '../../api/fields.js';

const ticked = () => Transform(({ value }: { value: unknown }) => (value === 'yes' ? true : value));

export class TeamForm {
  @Code({ missing: 'Choose a council.' }) authority: string;
  @Text(200, { missing: 'Enter the name of the team.' }) name: string;
  @OneOf(STAGES, { missing: 'Choose what the team does.' }) stage: Stage;
  @Text(2_000, { optional: true }) remit?: string;
  @Text(100, { optional: true }) phone?: string;
  @ticked() @Flag({ optional: true }) coChairConfirms?: boolean;
}

export class PersonForm {
  @Text(200, { missing: 'Enter their name.' }) name: string;
  @OneOf(CAPACITIES, { missing: 'Choose how they take part.' }) capacity: Capacity;
  @OneOf(ATTRIBUTIONS, { missing: 'Choose how they want to be shown.' }) attribution: Attribution;
  @Text(500, { optional: true }) contact?: string;
  @Text(40, { optional: true }) format?: string;
}

export class MemberStepForm {
  @Id() participant: string;
  @OneOf(['chair', 'co-chair', 'leave']) step: 'chair' | 'co-chair' | 'leave';
}
