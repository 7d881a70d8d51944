import { Injectable } from '@nestjs/common';
import { belongsTo, type Who } from '#identity/who';
import { missing } from '#kernel/refusal';
import { Pledges } from '#pledge/pledges';
import { RoundSlips, type RoundRow } from '#statements/round-slips';
import { questionsOf } from '#statements/statement.handlers';
import { LocalResults } from './local-results.js';

/** Rounds of one's own council, and what is asked in them: by the pages and by the API. */
@Injectable()
export class RoundDesk {
  constructor(
    private readonly slips: RoundSlips,
    private readonly pledges: Pledges,
    private readonly local: LocalResults,
  ) {}

  /** @throws Refusal when it is another council's: it is not there for them */
  own(id: string, who: Who): RoundRow {
    const round = this.slips.round(id);
    if (!round || !belongsTo(who, round.authority)) throw missing('round');
    return round;
  }

  /** Each wording of the pledge once, then what the team asks itself. */
  askedIn({ authority, team }: RoundRow): readonly string[] {
    const own = team === null ? [] : this.local.list(authority, team).filter(({ retired_on: retired }) => retired === null); // prettier-ignore
    return [...questionsOf(this.pledges, authority).asked, ...own.map(({ code }) => code)];
  }
}
