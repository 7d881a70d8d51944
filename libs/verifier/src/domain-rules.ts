import { auditRules } from './audit-rules.js';
import { decisionRules } from './decision-rules.js';
import { type Envelope, kindOf } from './envelope.js';
import type { Findings } from './finding.js';
import { meetingRules } from './meeting-rules.js';
import { promiseRules } from './promise-rules.js';
import type { StreamRules } from './stream-rules.js';

/** What the rules remember of one stream; only what some rule asks for. */
export interface Thing {
  isBorn?: boolean;
  owner?: unknown;
  due?: unknown;
  /** Where a promise stands, as far as a rule asks. */
  state?: 'reported-done' | 'confirmed' | 'disputed' | undefined;
  replacedBy?: unknown;
  links?: Set<unknown>;
  recordedBy?: unknown;
  reviews?: Set<unknown>;
  /** Findings and recommendations of an audit; true: published, or overdue. */
  findings?: Map<unknown, boolean>;
  recommendations?: Map<unknown, boolean>;
  isClosed?: boolean;
}

/** Something that must exist by the end of the log, whenever it was written. */
export interface Reference {
  readonly entry: Envelope;
  readonly stream: string;
  readonly says: string;
}

export interface RuleContext {
  readonly entry: Envelope;
  readonly thing: Thing;
  /** Reports that the entry breaks a rule. */
  readonly breaks: (says: string) => void;
  /** The entry names a thing of another stream, which must be in the log. */
  readonly names: (category: string, id: unknown, what: string) => void;
}

/** One rule per stored type, for the version that it knows. */
export type Rules = Readonly<Record<string, (context: RuleContext) => void>>;

/** What the first entry of a stream must be, keys apart. */
const BIRTHS: Readonly<Record<string, string>> = {
  log: 'log-created',
  authority: 'authority-registered',
  team: 'team-formed',
  participant: 'participant-registered',
  meeting: 'meeting-called',
  discussion: 'discussion-held',
  contribution: 'contribution-received',
  decision: 'decision-made',
  serviceChange: 'service-change-promised',
  commitment: 'commitment-made',
  pledge: 'pledge-version-published',
  audit: 'audit-opened',
};
const BIRTH_KINDS = new Set(Object.values(BIRTHS));
/** What may stand in a stream before its thing exists, and says nothing of it. */
const OF_KEYS = ['subject-key-created', 'subject-erased'];

const RULES: Rules = { ...decisionRules, ...promiseRules, ...meetingRules, ...auditRules };

/** The rules that `decide` held to when the entry was written, as far as leaves without personal words can show it. */
export class DomainRules {
  private readonly things = new Map<string, Thing>();
  private readonly open: Reference[] = [];

  constructor(
    private readonly findings: Findings,
    private readonly streams: StreamRules,
    private readonly origin: string | undefined,
  ) {}

  take(entry: Envelope): void {
    this.first(entry);
    const thing = this.things.get(entry.stream) ?? {};
    if (!this.things.has(entry.stream)) this.things.set(entry.stream, thing);
    this.birth(entry, thing);
    const rule = Object.hasOwn(RULES, entry.type) ? RULES[entry.type] : undefined;
    rule?.({
      entry,
      thing,
      breaks: (says) => this.breaks(entry, says),
      names: (category, id, what) => {
        if (typeof id !== 'string') return;
        const stream = `${category}-${id}`;
        if (!this.streams.has(stream))
          this.open.push({ entry, stream, says: `names ${what} that is not in the record` });
      },
    });
  }

  /** After the last entry: what was named but never came. */
  end(): void {
    for (const { entry, stream, says } of this.open) if (!this.streams.has(stream)) this.breaks(entry, `${says} (${stream})`); // prettier-ignore
  }

  private first({ index, stream, rev, type, data }: Envelope): void {
    const isCreation = kindOf(type) === 'log-created';
    const where = { leaf: index, stream, revision: rev };
    if (index === 0 && !isCreation)
      this.findings.add('first-entry', where, 'The first entry does not say which record this is.');
    if (index > 0 && isCreation)
      this.findings.add('first-entry', where, `Entry ${index} says again which record this is. Only the first may.`);
    const { origin } = data;
    if (isCreation && this.origin !== undefined && origin !== undefined && origin !== this.origin)
      this.findings.add('first-entry', where, `The first entry says that this is the record ${JSON.stringify(origin)}, the seal says ${this.origin}.`); // prettier-ignore
  }

  private birth(entry: Envelope, thing: Thing): void {
    const kind = kindOf(entry.type);
    if (OF_KEYS.includes(kind)) return;
    const expected = BIRTHS[entry.stream.slice(0, entry.stream.indexOf('-'))];
    if (expected !== undefined && !thing.isBorn && kind !== expected)
      this.breaks(entry, `is about something that was never recorded: its first entry should be ${expected}`);
    if (thing.isBorn && BIRTH_KINDS.has(kind)) this.breaks(entry, 'records something for the second time');
    thing.isBorn = true;
  }

  private breaks({ index: leaf, stream, rev: revision, type }: Envelope, says: string): void {
    this.findings.add('rule-broken', { leaf, stream, revision }, `Entry ${leaf} (${type}) ${says}.`);
  }
}
