import { CAPACITIES } from '#kernel/codes';
import { FORMATS, YES_NO_NOT_KNOWN } from '#facts/options';
import { Code, Codes, Day, Id, OneOf, Text } from './fields.js';

const FORMAT_CODES = FORMATS.map(({ value }) => value);
const CHECKED_CODES = YES_NO_NOT_KNOWN.map(({ value }) => value);

export class DueReportBody {
  @Code({ missing: 'Choose a council.' }) authority: string;
  @Id({ optional: true }) team?: string;
  @Text(200, { missing: 'Enter the name of the report.' }) title: string;
  @Day({ missing: 'Enter the first day that it is about, like 2026-01-01.' }) from: string;
  @Day({ missing: 'Enter the last day that it is about, like 2026-06-30.' }) to: string;
  @Day({ missing: 'Enter when it must be published, like 2026-08-31.' }) due: string;
}

export class PublishBody {
  @Codes(FORMAT_CODES, { missing: 'Choose the formats.' }) formats: string[];
  @Text(200, { missing: 'Say how it was checked that it is easy to read. Write “not checked” if it was not.' })
  readability: string;
  @OneOf(CHECKED_CODES, {
    missing: 'Choose one. “We do not know” is an answer.',
    description: 'Whether people with learning disabilities checked the easy read version.',
  })
  checkedByPeople: 'yes' | 'no' | 'not-known';
  @Codes(CAPACITIES, { optional: true, description: 'Who checked the report.' }) checkedBy?: string[];
}

export class ReportCorrectionBody {
  @Code({ optional: true, description: 'The line of the pledge that it is about, like S8.' }) row?: string;
  @Text(4_000, { missing: 'Enter what the report said.' }) was: string;
  @Text(4_000, { missing: 'Enter what is right.' }) now: string;
  @Text(4_000, { missing: 'Enter why it is corrected.' }) why: string;
}
