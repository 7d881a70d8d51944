/** Who can say whether a line of the pledge is kept: the record, people and the record, or people alone. */
export type Judge = 'record' | 'both' | 'people';

export interface PledgeRow {
  readonly judge: Judge;
  /** What the figures do not show, said beside them. */
  readonly honest: string;
  /** The statements by which people speak of it. */
  readonly statements: readonly string[];
  /** Whose answers stand here: those of people, or of staff as staff. Never both. */
  readonly answeredBy: 'people' | 'staff';
}

const row = (
  judge: Judge,
  statements: string,
  honest: string,
  answeredBy: PledgeRow['answeredBy'] = 'people',
): PledgeRow => ({
  judge,
  honest,
  statements: statements.split(' ').filter(Boolean),
  answeredBy,
});

/**
 * What can be honestly shown for each line of the pledge. A statement is spoken of by itself; S8 and S12 are one question
 * with one answer. O1 to O5 are what the opening claims.
 */
export const PLEDGE_ROWS: Readonly<Record<string, PledgeRow>> = {
  P1a: row('both', 'S3 S4 S11', 'Coming to training is not the same as feeling confident. Only people can say that.'),
  P1b: row('both', 'S3 S11', 'Whether training was easy to use is for the people who came to say.'),
  P1c: row('record', 'S1 S14', 'People who leave are the ones to ask why.'),
  P2a: row('both', 'S14 S17', 'A way in is only a way in when people say that they can use it.'),
  P2b: row('both', 'S5 S17', 'Whether people felt equal is for them to say. Numbers of people do not show it.'),
  P2c: row('both', 'S2 S19', 'Whether lives got better is for people to say, and for what was seen afterwards.'),
  P3a: row('both', 'S5 S8', 'Holding a review is not the same as understanding it.'),
  P3b: row('both', 'S6', 'Whether it felt like a celebration is for people to say.'),
  P3c: row('both', 'S11 S7', 'A lesson that was written down is not yet a lesson that was learnt.'),
  I1a: row('record', '', 'A pledge in the papers of a team is a start. It does not show that the team works by it.'),
  I1b: row('record', 'S2', 'What a supplier says about itself has to be checked by someone else.'),
  I2: row('both', 'S5 S17', 'Whether it felt like doing it together is for people to say.'),
  I3: row('both', 'S5', 'What people say and what staff say about the same thing stand side by side. We do not mix them.'),
  I4: row('both', 'S5', 'Whether a report was easy to read is for readers to say.'),
  S1: row('both', '', 'We can count who spoke. Whether they were listened to is for people to say. We never guess who somebody is.'),
  S2: row('both', '', 'Which decisions matter is for people to say.'),
  S3: row('both', '', 'We can count what was asked for and what was given. What people need is for them to say.'),
  S4: row('people', '', 'Nothing in the record can show that somebody feels confident.'),
  S5: row('people', '', 'The record shows what was done so that people could understand. Whether they did is for them to say.'),
  S6: row('people', '', 'A thank you or a payment is not the same as feeling valued.'),
  S7: row('people', '', 'The record shows who did what. How it felt is for people to say.'),
  S8: row('both', '', 'The record shows where each view led. Whether that is understood is for people to say.'),
  S9: row('people', '', 'The record shows choices that were offered and kept. Being in control is for people to say.'),
  S10: row('people', '', 'We count only answers. We never write down anyone’s work, benefits or health. Some people say “This is not about me”. They are not counted.'),
  S11: row('people', '', 'The record shows support that was given. What people learnt is for them to say.'),
  S12: row('both', '', 'The record shows where each view led. Whether that is understood is for people to say.'),
  S13: row('people', '', 'Coming back to a meeting is a hint. It is not the same as being happy there.'),
  S14: row('both', '', 'We can count chances to take part. Whether they are plenty is for people to say.'),
  S15: row('people', '', 'Nothing in the record can show that somebody enjoys it. So we show nothing but answers.'),
  S16: row('both', '', 'We ask if people understand why. We never ask if they agree.'),
  S17: row('people', '', 'The record shows when views were given and what they changed. Power is for people to say.'),
  S18: row('both', '', 'The record shows promises, proof and checks. Whether that is real action is for people to say.'),
  S19: row('both', '', 'The record shows what was seen afterwards. It never says what caused it.'),
  S20: row('both', '', 'The record shows what was answered and why. Whether that is clear is for people to say.'),
  O1: row('both', 'S2 S19', 'The record shows what money decisions had people behind them. It cannot show that something was worth its cost.'),
  O2: row('both', 'S4 S11', 'The record shows what people took part in. Skills are theirs to report.'),
  O3: row('both', 'S1 S14', 'The record shows who joined. Whether a community is stronger is for people to say.'),
  O4: row('both', 'S9 S19', 'Whether care is right for a person is for that person to say.'),
  O5: row('both', 'S5 S17', 'Here staff answer as staff. Their answers are never mixed with those of people and families.', 'staff'),
}; // prettier-ignore

/** The pledge that these lines are of. Lines of another pledge show what councils promised under them. */
export const MAPPED_PLEDGE = 'east-of-england';

export const rowOf = (pledge: string, code: string): PledgeRow =>
  (pledge === MAPPED_PLEDGE ? PLEDGE_ROWS[code] : undefined) ??
  row('both', '', 'Nobody has said yet by what this line is to be judged. It shows what councils promised under it.');

/** The measures' name for a line: S12 is the same question as S8 and shows the same figures. */
export const measuredAs = (pledge: string, code: string, sameAs?: string): string =>
  pledge === MAPPED_PLEDGE ? (sameAs ?? code) : `${pledge} ${code}`;
