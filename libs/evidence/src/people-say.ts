import { Injectable } from '@nestjs/common';

/** For whom and for when figures are asked; months as `YYYY-MM`, both included. */
export interface EvidenceFilter {
  readonly authority?: string;
  readonly team?: string;
  readonly from?: string;
  readonly to?: string;
}

/** What people answered to one statement, with few answers hidden already: no figure comes back that may not be shown. */
export interface PeopleSaid {
  /** The statement that was asked. */
  readonly code: string;
  /** Null: people have not been asked yet. Never the same as nobody having answered. */
  readonly lines: readonly { readonly label: string; readonly text: string }[] | null;
  /** Who asked and counted, about when, and what was held back. */
  readonly notes: readonly string[];
}

/** Where people's own answers come from. Kept apart from the record for good: two columns, never one score. */
export abstract class PeopleSay {
  abstract to(code: string, filter: EvidenceFilter): Promise<PeopleSaid>;
}

/** Where nobody asks the statements yet. */
@Injectable()
export class NobodyAsked extends PeopleSay {
  override async to(code: string): Promise<PeopleSaid> {
    return { code, lines: null, notes: [] };
  }
}
