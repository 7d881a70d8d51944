import { Injectable } from '@nestjs/common';
import { type Figure, ShowEvidence, ShowEvidenceHandler } from '#evidence/evidence.queries';
import { figureName, figureSentence } from '#evidence/figure-words';
import { type EvidenceFilter, type PeopleSaid, PeopleSay } from '#evidence/people-say';
import { measuredAs, rowOf } from '#evidence/pledge-rows';
import { linesOf, type PledgeLine } from '#pledge/pledge-lines';
import type { PledgeVersion } from '#pledge/pledge.events';
import { Pledges } from '#pledge/pledges';
import { biggestFirst, type FigureLine, gapsOf, type ReportRow, type SaidLine } from './report-row.js';

/** One place and one period: everywhere, one council, or one team of it; whole months, both included. */
export interface ReportFilter extends EvidenceFilter {
  readonly from: string;
  readonly to: string;
}

export interface Report {
  readonly pledge: string;
  readonly wording: string;
  readonly filter: ReportFilter;
  /** The biggest gaps first. */
  readonly rows: readonly ReportRow[];
}

/** All lines of the pledge with what people say and what the record shows, from the same figures as their own pages. */
@Injectable()
export class ReportBook {
  constructor(
    private readonly pledges: Pledges,
    private readonly evidence: ShowEvidenceHandler,
    private readonly people: PeopleSay,
  ) {}

  async of(filter: ReportFilter): Promise<Report> {
    const version = this.pledges.of(filter.authority);
    const lines = version ? linesOf(version).filter(({ kind }) => kind !== 'promise' && kind !== 'group') : [];
    const rows = version ? await Promise.all(lines.map((line) => this.row(version, line, lines, filter))) : [];
    return { pledge: version?.pledge ?? '', wording: version?.version ?? '', filter, rows: biggestFirst(rows) };
  }

  private async row(
    { pledge }: PledgeVersion,
    line: PledgeLine,
    lines: readonly PledgeLine[],
    filter: ReportFilter,
  ): Promise<ReportRow> {
    const { code, kind, text, sameAs } = line;
    const { judge, honest, statements, answeredBy } = rowOf(pledge, code);
    const codes = kind === 'statement' ? [sameAs ?? code] : statements;
    const measured = { row: measuredAs(pledge, code, sameAs), part: `${pledge}.${code}` };
    const figures = await this.evidence.execute(new ShowEvidence(measured, filter));
    const told = await Promise.all(
      codes.map(async (each) => saidLine(await this.people.to(each, filter, answeredBy), lines.find((of) => of.code === each)?.text ?? '')),
    ); // prettier-ignore
    const shown = figures.filter(({ withheld }) => !withheld);
    const facts = {
      judge,
      people: told,
      record: shown.filter(({ counted }) => counted !== null).map(figureLine),
      notRecorded: shown.filter(({ counted }) => counted === null).map(figureName),
    };
    const better = Object.fromEntries(shown.map(({ terms }) => [terms.code, terms.better]));
    return { row: code, kind, text, ...(sameAs && { sameAs }), honest, ...facts, gaps: gapsOf(facts, better) };
  }
}

const figureLine = (figure: Figure): FigureLine => ({
  measure: figure.terms.code,
  says: figureSentence(figure),
  met: figure.counted?.met ?? 0,
  of: figure.counted && figure.terms.as === 'share' ? figure.counted.met + figure.counted.unmet : null,
  notKnown: figure.counted?.unknown ?? 0,
  kinds: figure.kinds,
});

const saidLine = ({ code, lines, results }: PeopleSaid, text: string): SaidLine => {
  const last = results.findLast(({ state }) => state !== 'not-asked') ?? results.at(-1);
  return {
    statement: code,
    text,
    state: !last || last.state === 'open' ? 'no-half' : last.state,
    yes: last?.all?.answers.yes ?? null,
    total: last?.all?.total ?? null,
    says: (lines ?? []).map(({ label, text: words }) => (label && results.length > 1 ? `${label}: ${words}` : words)),
    ...(last?.trend && { trend: last.trend }),
  };
};
