import { Transform } from 'class-transformer';
import { ATTRIBUTIONS, type Attribution, CAPACITIES, type Capacity, VOICES, type Voice } from '#kernel/codes';
import { Code, Flag, Id, OneOf, Text, Whole } from '../../api/fields.js';

/** "Tell us your view", as it is typed. */
export class TellUsForm {
  @Code({ missing: 'Choose your council.' }) authority: string;
  @Id({ optional: true }) team?: string;
  @Text(10_000, { optional: true }) words?: string;
  @Text(500, { optional: true }) fileShows?: string;
  @OneOf(CAPACITIES, { missing: 'Choose who you are.' }) capacity: Capacity;
  @OneOf(VOICES, { missing: 'Choose whose words these are.' }) voice: Voice;
  @Text(200, { optional: true }) helper?: string;
  @Transform(({ value }: { value: unknown }) => (value === 'yes' ? true : value))
  @Flag({ optional: true })
  agreed?: boolean;
  @Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && /^\d{1,6}$/.test(value) ? Number(value) : value,
  )
  @Whole(2, 100_000, { optional: true })
  groupSize?: number;
  @OneOf(ATTRIBUTIONS, { missing: 'Choose how we shall show it.' }) attribution: Attribution;
  /** The giver has seen what looks like names in the words, and says that they can stay. */
  @Transform(({ value }: { value: unknown }) => (value === 'yes' ? true : value))
  @Flag({ optional: true })
  namesSeen?: boolean;
  @Text(200, { optional: true }) name?: string;
  @Text(500, { optional: true }) contact?: string;
  @Text(40, { optional: true }) format?: string;
}
