import { CAPACITIES, type Voice, VOICES } from '#kernel/codes';
import { ANSWER_CODES } from '#suppression/answer-table';
import { MOST_SLIPS } from '#statements/round';
import { Type } from 'class-transformer';
import { Code, Day, Id, ListOf, OneOf, Text, Whole } from './fields.js';

export class RoundBody {
  @Code({ missing: 'Choose a council.' }) authority: string;
  @Id({ optional: true, description: 'The team that asks; its own statements are asked too.' }) team?: string;
  @Type(() => Number)
  @Whole(1, MOST_SLIPS, { missing: 'Enter how many slips you need.', wrong: `Enter a whole number from 1 to ${MOST_SLIPS}.` })
  slips: number; // prettier-ignore
  @Day({ missing: 'Enter the last day, like 2026-12-15.' }) until: string;
}

export class TallyBody {
  @Text(80) statement: string;
  @OneOf(ANSWER_CODES) answer: string;
  @Whole(0, 10_000) count: number;
  @OneOf(VOICES, { missing: 'Say who gave these answers: the person, the person with help, or someone for the person.' })
  voice: Voice; // prettier-ignore
  @OneOf(CAPACITIES, { optional: true, description: '`staff`: answered as staff, counted apart.' }) capacity?: string;
}

export class TalliesBody {
  @ListOf(() => TallyBody, 600, { missing: 'Enter at least one count.' }) tallies: TallyBody[];
}

export class SlipAnswerBody {
  @Text(40, { missing: 'Enter the code from your slip.', description: 'The code on the slip: it is the right to answer.' })
  code: string; // prettier-ignore
  @Text(80, { missing: 'Say which statement.' }) statement: string;
  @OneOf(ANSWER_CODES, { missing: 'Choose an answer.' }) answer: string;
  @OneOf(VOICES, { missing: 'Say who gives the answer. If someone answers for the person, use proxy.' }) voice: Voice;
  @OneOf(CAPACITIES, { optional: true }) capacity?: (typeof CAPACITIES)[number];
}

export class LocalStatementBody {
  @Text(300, { missing: 'Enter the statement, like “The room is easy to get into”.' }) text: string;
}

export class PaperHead {
  @OneOf(VOICES, { missing: 'Say who gave the answers on these slips.' }) voice: Voice;
  @OneOf(['people', 'staff'], { missing: 'Say whose slips these are.' }) whose: 'people' | 'staff';
}
