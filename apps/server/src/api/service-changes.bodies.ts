import { VERDICTS, type Verdict } from '#kernel/codes';
import { EVIDENCE_KINDS } from '#lifecycle/lifecycle.events';
import { Code, Day, Flag, Id, OneOf, Text } from './fields.js';
import { PromiseCore } from './outcomes.bodies.js';

const WORDS = 10_000;

export class ServiceChangeBody extends PromiseCore {
  @Code() authority: string;
  @Id({ optional: true }) team?: string;
  @Id({ optional: true }) decision?: string;
}

export class WordsBody {
  @Text(WORDS) words: string;
}

export class EvidenceBody {
  @OneOf(EVIDENCE_KINDS) kind: (typeof EVIDENCE_KINDS)[number];
  @Text(500) title: string;
  @Text(2_000, { optional: true, description: 'Where it can be seen.' }) url?: string;
  @Text(128, { optional: true, description: 'SHA-256 of the file, hex. Left out: of the title and address.' })
  hash?: string;
  @Text(200, { optional: true, description: 'Who supplied it. Sealed.' }) supplier?: string;
}

export class DueDateBody {
  @Day() due: string;
  @Text(WORDS) reason: string;
  @Text(200, { description: 'Who agreed to the new date.' }) agreedBy: string;
}

export class PauseBody {
  @Text(WORDS) reason: string;
  @Day({ optional: true, description: 'When we look again.' }) lookAgain?: string;
}

export class DropBody {
  @Text(WORDS) reason: string;
}

export class ReportedDoneBody {
  @Text(WORDS, { optional: true }) words?: string;
}

export class VerdictBody {
  @OneOf(VERDICTS) verdict: Verdict;
  @Id({ optional: true }) contribution?: string;
  @Text(WORDS, { optional: true }) comment?: string;
}

export class ConfirmationBody {
  @Flag({ description: 'True: done. False: disputed.' }) confirmed: boolean;
  @Text(200, { optional: true, description: 'Who checked; not the owner. Sealed.' }) name?: string;
  @Text(WORDS, { optional: true }) words?: string;
}

export class ReopenBody {
  @Text(WORDS) reason: string;
  @Day() due: string;
}
