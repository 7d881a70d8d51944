import framework from './cqc/local-authority-2023.json' with { type: 'json' };
import type { Report } from './report-book.js';
import type { ReportRow } from './report-row.js';

export interface QualityStatement {
  readonly code: string;
  readonly title: string;
  /** Lines of the pledge that speak to it. Empty: this record shows nothing of it, and says so. */
  readonly rows: readonly string[];
  readonly why: string;
}
export interface Framework {
  readonly framework: string;
  readonly version: string;
  readonly title: string;
  readonly source: string;
  /** When somebody last looked that the names are still the commission's. */
  readonly checkedOn: string;
  readonly note: string;
  readonly pledge: string;
  readonly themes: readonly {
    readonly code: string;
    readonly title: string;
    readonly statements: readonly QualityStatement[];
  }[];
}

/** By which the Care Quality Commission assesses councils, with our reading of what speaks to it: data, not code. */
export const CQC: Framework = framework;

export interface PackStatement extends QualityStatement {
  readonly theme: string;
  readonly evidence: readonly ReportRow[];
}

/** For each quality statement the lines of the pledge behind it, in the order of the file. */
export const cqcPack = ({ rows }: Pick<Report, 'rows'>, { themes }: Framework = CQC): readonly PackStatement[] =>
  themes.flatMap(({ title: theme, statements }) =>
    statements.map((statement) => ({
      ...statement,
      theme,
      evidence: statement.rows.flatMap((code) => rows.find(({ row }) => row === code) ?? []),
    })),
  );
