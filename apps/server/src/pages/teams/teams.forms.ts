import { Transform } from 'class-transformer';
import { ATTRIBUTIONS, type Attribution, CAPACITIES, type Capacity, STAGES, type Stage } from '#kernel/codes';
import { Code, Flag, Id, OneOf, Text } from '../../api/fields.js';

const ticked = () => Transform(({ value }: { value: unknown }) => (value === 'yes' ? true : value));

export class TeamForm {
  @Code() authority: string;
  @Text(200) name: string;
  @OneOf(STAGES) stage: Stage;
  @Text(2_000, { optional: true }) remit?: string;
  @Text(100, { optional: true }) phone?: string;
  @ticked() @Flag({ optional: true }) coChairConfirms?: boolean;
}

export class PersonForm {
  @Text(200) name: string;
  @OneOf(CAPACITIES) capacity: Capacity;
  @OneOf(ATTRIBUTIONS) attribution: Attribution;
  @Text(500, { optional: true }) contact?: string;
  @Text(40, { optional: true }) format?: string;
}

export class MemberStepForm {
  @Id() participant: string;
  @OneOf(['chair', 'co-chair', 'leave']) step: 'chair' | 'co-chair' | 'leave';
}
