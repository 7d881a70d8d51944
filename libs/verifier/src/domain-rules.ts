import { auditRules } from './audit-rules.js';
import { BIRTHS } from './births.js';
import { decisionRules } from './decision-rules.js';
import { type Book, HAS_RULE, OF_BIRTH } from './book.js';
import type { EntryType, TypeRules } from './entry-types.js';
import type { Envelope } from './envelope.js';
import { judgeDemand } from './demands.js';
import { factRules } from './fact-rules.js';
import type { Findings } from './finding.js';
import { Links } from './links.js';
import { meetingRules } from './meeting-rules.js';
import { promiseRules } from './promise-rules.js';
import { RowEntry } from './row-entry.js';
import type { Rule } from './rule.js';
import { type KnownOrder, successionRules } from './succession-rules.js';
import type { Thing } from './thing.js';
import type { StreamRules } from './stream-rules.js';

/** Something that must exist by the end of the log, whenever it was written. */
interface Reference {
  readonly entry: Pick<Envelope, 'index' | 'stream' | 'rev' | 'type'>;
  readonly stream: string;
  readonly says: string;
}

export interface RuleContext {
  readonly entry: Envelope;
  readonly thing: Thing;
  /** What is linked to it. */
  readonly links: Pick<Links, 'add' | 'delete'>;
  /** Orders of succession, in the whole record. */
  readonly orders: Map<unknown, KnownOrder>;
  /** Reports that the entry breaks a rule. */
  readonly breaks: (says: string) => void;
  /** The entry names a thing of another stream, which must be in the log. */
  readonly names: (category: string, id: unknown, what: string) => void;
  /** The same for a member of its data, which is not made an object for that. */
  readonly namesMember: (category: string, member: string, what: string) => void;
}

/** One rule per stored type, for the version that it knows; a function where nothing of it can be told from the bytes. */
export type Rules = Readonly<Record<string, Rule | ((context: RuleContext) => void)>>;

const BIRTH_KINDS = Object.values(BIRTHS);
/** What may stand in a stream before its thing exists, and says nothing of it. */
const OF_KEYS = ['subject-key-created', 'subject-erased'];

const CREATION = 'log-created';

const RULES: Rules = {
  ...decisionRules,
  ...promiseRules,
  ...meetingRules,
  ...auditRules,
  ...factRules,
  ...successionRules,
};
const ruleOf = (type: string): Rule | undefined => {
  const rule = Object.hasOwn(RULES, type) ? RULES[type] : undefined;
  return typeof rule === 'function' ? { also: rule } : rule;
};
const birthOf = (kind: string): number => BIRTH_KINDS.indexOf(kind) + 1;

/** What the machine is told, so that it need not ask about every entry. */
export const TYPE_RULES: TypeRules = {
  asksAlways: ({ name, kind }) => {
    const rule = ruleOf(name);
    return kind === CREATION || (rule?.also !== undefined && rule.plain === undefined);
  },
  steps: ({ name }) => [...(ruleOf(name)?.demands ?? []), ...(ruleOf(name)?.plain ?? [])],
  isOfKeys: (kind) => OF_KEYS.includes(kind),
  birthOf,
};
/** The number of the kind that such a thing begins with; 0 for things that this release does not know. */
export const firstOf = (category: string): number =>
  Object.hasOwn(BIRTHS, category) ? birthOf(BIRTHS[category] ?? '') : 0;

/** So many open references before those that have come true are looked for. */
const FEW = 4_096;

/** The rules that `decide` held to when the entry was written, as far as leaves without personal words can show it. */
export class DomainRules {
  /** By stream: what rules remember of its thing. */
  private readonly things = new Map<number, Thing>();
  private open: Reference[] = [];
  private mostOpen = FEW;
  private readonly rules = new Map<EntryType, Rule | undefined>();
  private readonly context: Context;

  constructor(
    private readonly findings: Findings,
    private readonly streams: StreamRules,
    private readonly origin: string | undefined,
    private readonly book: Book,
  ) {
    this.context = new Context(this.things, book, {
    breaks: (entry, says) => this.breaks(entry, says),
    has: (entry, category, member) => this.has(entry, category, member),
    names: ({ index, stream, rev, type }, target, what) => {
      if (this.streams.has(target)) return;
      this.open.push({ entry: { index, stream, rev, type }, stream: target, says: `names ${what} that is not in the record` });
      if (this.open.length > this.mostOpen) this.forget();
    },
  }); // prettier-ignore
  }

  /** What there is to do for an entry that the machine has taken. */
  tell(entry: RowEntry, stream: number, type: EntryType, said: number): void {
    if ((said & HAS_RULE) !== 0) this.first(entry, type);
    if ((said & OF_BIRTH) !== 0) this.birth(entry, stream, type);
    if ((said & HAS_RULE) !== 0) this.judge(entry, stream, type);
  }

  /** The same for an entry that is not in form. */
  take(entry: Envelope, stream: number, type: EntryType): void {
    this.first(entry, type);
    this.birth(entry, stream, type);
    this.judge(entry, stream, type);
  }

  private judge(entry: Envelope, stream: number, type: EntryType): void {
    if (!this.rules.has(type)) this.rules.set(type, ruleOf(type.name));
    const rule = this.rules.get(type);
    if (!rule) return;
    const context = this.context.of(entry, stream);
    for (const demand of rule.demands ?? []) judgeDemand(demand, context);
    rule.also?.(context);
  }

  /** Whether a member of the data of an entry is the id of a thing that is there, or is not there at all. */
  private has(entry: RowEntry, category: string, member: string): boolean {
    const found = this.book.member(entry.row, member);
    return found === 'none' || (found === 'id' && this.streams.names.hasRead(category));
  }

  /** Lets go of what has been recorded since it was named. */
  private forget(): void {
    this.open = this.open.filter(({ stream }) => !this.streams.has(stream));
    this.mostOpen = Math.max(FEW, this.open.length * 2);
  }

  /** After the last entry: what was named but never came. */
  end(): void {
    for (const { entry, stream, says } of this.open) if (!this.streams.has(stream)) this.breaks(entry, `${says} (${stream})`); // prettier-ignore
  }

  private first(entry: Envelope, type: EntryType): void {
    const isCreation = type.kind === CREATION;
    if (!isCreation && entry.index > 0) return;
    const { index, stream, rev, data } = entry;
    const where = { leaf: index, stream, revision: rev };
    if (index === 0 && !isCreation)
      this.findings.add('first-entry', where, 'The first entry does not say which record this is.');
    if (index > 0 && isCreation)
      this.findings.add('first-entry', where, `Entry ${index} says again which record this is. Only the first may.`);
    const { origin } = data;
    if (isCreation && this.origin !== undefined && origin !== undefined && origin !== this.origin)
      this.findings.add('first-entry', where, `The first entry says that this is the record ${JSON.stringify(origin)}, the seal says ${this.origin}.`); // prettier-ignore
  }

  private birth(entry: Envelope, stream: number, { kind }: EntryType): void {
    const isBorn = this.book.code.isBegun(stream) === 1;
    if (isBorn && !BIRTH_KINDS.includes(kind)) return;
    if (OF_KEYS.includes(kind)) return;
    if (isBorn && this.beginsAgain(stream)) return;
    if (isBorn) return this.breaks(entry, 'records something for the second time');
    const name = entry.stream;
    const category = name.slice(0, name.indexOf('-'));
    const expected = Object.hasOwn(BIRTHS, category) ? BIRTHS[category] : undefined;
    if (expected !== undefined && kind !== expected)
      this.breaks(entry, `is about something that was never recorded: its first entry should be ${expected}`);
    this.book.code.begin(stream);
  }

  private beginsAgain(stream: number): boolean {
    const thing = this.things.get(stream);
    if (!thing?.mayBeginAgain) return false;
    thing.mayBeginAgain = false;
    return true;
  }

  private breaks({ index: leaf, stream, rev: revision, type }: Reference['entry'], says: string): void {
    this.findings.add('rule-broken', { leaf, stream, revision }, `Entry ${leaf} (${type}) ${says}.`);
  }
}

interface Notes {
  readonly breaks: (entry: Envelope, says: string) => void;
  readonly has: (entry: RowEntry, category: string, member: string) => boolean;
  readonly names: (entry: Envelope, stream: string, what: string) => void;
}

/** What a rule is given: one and the same, moved from entry to entry. Things are kept only where a rule remembers something. */
class Context implements RuleContext {
  readonly orders = new Map<unknown, KnownOrder>();
  private current: Envelope | undefined;
  private stream = 0;
  private readonly linked: Links;

  constructor(
    private readonly things: Map<number, Thing>,
    private readonly book: Book,
    private readonly notes: Notes,
  ) {
    this.linked = new Links(book);
  }

  of(entry: Envelope, stream: number): this {
    this.current = entry;
    this.stream = stream;
    return this;
  }

  get entry(): Envelope {
    return this.current as Envelope;
  }
  get thing(): Thing {
    const known = this.things.get(this.stream);
    if (known) return known;
    const thing: Thing = this.book.handOver(this.stream);
    this.things.set(this.stream, thing);
    return thing;
  }
  get links(): Links {
    return this.linked.of(this.stream);
  }
  readonly breaks = (says: string): void => this.notes.breaks(this.entry, says);
  readonly names = (category: string, id: unknown, what: string): void => {
    if (typeof id === 'string') this.notes.names(this.entry, `${category}-${id}`, what);
  };
  readonly namesMember = (category: string, member: string, what: string): void => {
    const { entry } = this;
    if (entry instanceof RowEntry && this.notes.has(entry, category, member)) return;
    this.names(category, entry.data[member], what);
  };
}
