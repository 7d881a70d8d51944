import { FINDINGS, RESPONSES, SAMPLED, SUBJECTS, type Sampled, type Subject } from '#scrutiny/audit.events';
import { Code, Day, Flag, Id, Nested, OneOf, Text, Whole } from './fields.js';

export class AuditBody {
  @Code({ optional: true, description: 'Left out: of every council.' }) authority?: string;
  @Text(500) title: string;
  @Text(200, { description: 'The scrutiny body.' }) body: string;
}

export class SampleFilterBody {
  @Code({ optional: true }) authority?: string;
  @Id({ optional: true }) team?: string;
  @Code({ optional: true }) pledge?: string;
  @Text(20, { optional: true }) part?: string;
  @Code({ optional: true }) status?: string;
  @OneOf(['red', 'amber', 'green', 'grey'], { optional: true }) rag?: string;
  @Flag({ optional: true }) late?: boolean;
  @Whole(1, 9_999, { optional: true }) lateBy?: number;
  @Text(200, { optional: true }) ownerRole?: string;
  @Day({ optional: true }) from?: string;
  @Day({ optional: true }) to?: string;
}

export class SampleBody {
  @OneOf(SAMPLED) of: Sampled;
  @Whole(1, 500) asked: number;
  @Nested(() => SampleFilterBody, { optional: true }) filter?: SampleFilterBody;
}

export class FindingBody {
  @OneOf(SUBJECTS) about: Subject;
  @Id() thing: string;
  @OneOf(FINDINGS) found: string;
  @Text(10_000) reason: string;
  @Day({ optional: true }) nextCheck?: string;
}

export class PublicationBody {
  @Text(500, { description: 'Which body decided to publish it, and when.' }) decidedBy: string;
}

export class RecommendationBody {
  @Code() authority: string;
  @Text(10_000) what: string;
  @Text(500, { description: 'The body that should do it.' }) to: string;
  @Day({ optional: true, description: 'When a response is wanted; left out: two months from today.' }) due?: string;
  @Id({ optional: true }) finding?: string;
  @Text(100, { optional: true }) reference?: string;
  @Text(500, { optional: true }) area?: string;
}

export class ResponseBody {
  @OneOf(RESPONSES) answer: string;
  @Text(10_000) words: string;
  @Text(10_000, { optional: true, description: 'What is done about it, and by when.' }) action?: string;
  @Day({ optional: true }) executiveDate?: string;
  @Text(200, { optional: true }) lead?: string;
}

export class ClosingBody {
  @Text(10_000, { optional: true }) words?: string;
}

export class TieBody {
  @OneOf(['contribution', 'decision']) to: 'contribution' | 'decision';
  @Id() id: string;
  @Text(2_000) why: string;
}

export class OtherWayBody {
  @Text(10_000) what: string;
  @Text(10_000, { optional: true }) why?: string;
}
