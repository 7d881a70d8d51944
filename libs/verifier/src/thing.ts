import type { STATES } from './rule.js';

/** What the rules remember of one stream; only what some rule asks for. */
export interface Thing {
  owner?: unknown;
  /** The council that has it, and its team. */
  authority?: unknown;
  team?: unknown;
  due?: unknown;
  /** Where a promise stands, as far as a rule asks. */
  state?: (typeof STATES)[number];
  replacedBy?: unknown;
  recordedBy?: unknown;
  reviews?: Set<unknown>;
  /** Findings and recommendations of an audit; true: published, or overdue. */
  findings?: Map<unknown, boolean>;
  recommendations?: Map<unknown, boolean>;
  isClosed?: boolean;
  /** An entry of a fact was taken back. */
  mayBeginAgain?: boolean;
}
