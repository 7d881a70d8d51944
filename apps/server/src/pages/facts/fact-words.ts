import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { FindCommitment } from '#commitments/commitments.queries';
import type { Control, FactKind, FactStep } from '#facts/fact-kind';
import { findKind } from '#facts/every-kind';
import { birthIn, type FactEventRow, type FactWithEntries, FindFact } from '#facts/facts.queries';
import type { Toolkit } from '#facts/toolkit.events';
import { Toolkits } from '#facts/toolkits';
import type { Json } from '#kernel/personal';
import { FindMeeting } from '#meetings/meetings.queries';
import { People } from '#participants/people';
import { Pledges } from '#pledge/pledges';
import { FindServiceChange } from '#service-changes/service-changes.queries';
import { FindTeam } from '#teams/teams.queries';
import { Vault } from '#vault/vault';
import { longDate } from '../../shell/dates.js';
import { shownText } from '../list-address.js';

export interface Line {
  readonly label: string;
  readonly texts: readonly { readonly text: string; readonly href?: string | undefined }[];
  /** Only those who act on it see it. */
  readonly isPrivate: boolean;
}

type Shown = readonly { readonly text: string; readonly href?: string | undefined }[];
type Counted = Readonly<Record<string, unknown>>;
const LONGEST = 80;

/** What an entry says, in words for a reader. */
@Injectable()
export class FactWords {
  constructor(
    private readonly queries: QueryBus,
    private readonly people: People,
    private readonly pledges: Pledges,
    private readonly toolkits: Toolkits,
    private readonly vault: Vault,
  ) {}

  /** What a fact is called: its own title, the first public words of it, or its kind. */
  nameOf(kind: FactKind, fact: FactWithEntries): string {
    const birth = birthIn(fact);
    const data = JSON.parse(birth.data) as Record<string, unknown>;
    const fields = Object.entries(kind.birth.fields);
    const line = fields.find(
      ([name, { control }]) => control.as === 'line' && !control.pattern && data[name] !== undefined,
    );
    if (line) return String(data[line[0]]);
    const said = fields.flatMap(([name, { sealed }]) =>
      sealed === 'public' ? [sealedIn(birth)[name] ?? []].flat() : [],
    )[0];
    const { rung } = kind.birth.fields;
    if (rung?.control.as === 'one') return optionText(rung.control, String(data['rung']));
    const text = said === undefined ? kind.name : shownText(this.vault, said);
    return text.length <= LONGEST ? text : `${text.slice(0, LONGEST).replace(/\s+\S*$|[\ud800-\udbff]$/, '')} …`;
  }

  /** All that an entry holds, opened; for those who may see all of it. */
  dataOf(row: FactEventRow): Readonly<Record<string, unknown>> {
    const sealed = Object.entries(sealedIn(row)).flatMap(([name, ref]) => {
      const opened = this.vault.open<Json>(ref);
      return opened.state === 'readable' ? [[name, opened.value] as const] : [];
    });
    return { ...(JSON.parse(row.data) as object), ...Object.fromEntries(sealed) };
  }

  /** What an entry says, and the questions that nobody answered. */
  async said(
    step: FactStep,
    row: FactEventRow,
    seesPrivate: boolean,
  ): Promise<{ readonly lines: readonly Line[]; readonly open: readonly string[]; readonly hidden: boolean }> {
    const clear = JSON.parse(row.data) as Record<string, unknown>;
    const sealed = sealedIn(row);
    const toolkit = await this.toolkitOf(row);
    const lines: Line[] = [];
    const open: string[] = [];
    let hidden = false;
    for (const [name, field] of Object.entries(step.fields)) {
      const isPrivate = field.sealed === 'private';
      const ref = sealed[name];
      if (isPrivate && !seesPrivate) hidden ||= ref !== undefined;
      else if (ref !== undefined) lines.push({ label: field.label, texts: this.opened(field.control, ref), isPrivate });
      else if (clear[name] !== undefined)
        lines.push({ label: field.label, texts: await this.shown(field.control, clear[name], toolkit), isPrivate });
      else open.push(field.label);
    }
    const { daysBefore } = clear;
    if (typeof daysBefore === 'number') lines.push({ label: 'Days before the meeting', texts: [{ text: String(daysBefore) }], isPrivate: false }); // prettier-ignore
    return { lines, open, hidden };
  }

  whyTakenBack(row: FactEventRow): string {
    return shownText(this.vault, row.taken_back_why);
  }

  private opened(control: Control, ref: string): Shown {
    if (control.as === 'words' || control.as === 'line') return [{ text: shownText(this.vault, ref) }];
    const opened = this.vault.open<Json>(ref);
    if (opened.state !== 'readable') return [{ text: shownText(this.vault, ref) }];
    if (control.as === 'person' || control.as === 'people')
      return [opened.value].flat().map((id) => ({ text: this.people.get(id as string)?.name ?? 'Name not recorded' }));
    return plain(control, opened.value);
  }

  private async shown(control: Control, value: unknown, toolkit: Toolkit | undefined): Promise<Shown> {
    if (control.as === 'thing') return [await this.thing(String(value))];
    if (control.as === 'code') return [{ text: this.code(control.from, String(value), toolkit) }];
    return plain(control, value);
  }

  private code(from: string, code: string, toolkit: Toolkit | undefined): string {
    if (from === 'pledge') return this.pledges.find(code)?.title ?? code;
    if (from === 'toolkit') return this.toolkits.find(code)?.title ?? code;
    const kits = toolkit ? [toolkit] : this.toolkits.all();
    if (from === 'criterion') return kits.flatMap(({ criteria }) => criteria).find((each) => each.code === code)?.question ?? code; // prettier-ignore
    if (from === 'level') return kits.flatMap(({ levels }) => levels).find((each) => each.code === code)?.name ?? code;
    return code;
  }

  /** A thing of the record by its id, whichever it is. */
  private async thing(id: string): Promise<Shown[number]> {
    const team = await this.queries.execute(new FindTeam(id));
    if (team) return { text: team.name, href: `/teams/${id}` };
    const meeting = await this.queries.execute(new FindMeeting(id));
    if (meeting) return { text: `${meeting.title}, ${longDate(meeting.starts_at)}`, href: `/meetings/${id}` };
    const promise = await this.queries.execute(new FindServiceChange(id));
    if (promise) return { text: shownText(this.vault, promise.what), href: `/service-changes/${id}` };
    const commitment = await this.queries.execute(new FindCommitment(id));
    if (commitment) return { text: shownText(this.vault, commitment.what), href: `/commitments/${id}` };
    const fact = await this.queries.execute(new FindFact(id));
    const kind = fact && findKind(fact.kind);
    return fact && kind ? { text: this.nameOf(kind, fact), href: `/facts/${id}` } : { text: 'No longer here' };
  }

  /** A level means what the toolkit of its self-assessment says. */
  private async toolkitOf({ fact }: FactEventRow): Promise<Toolkit | undefined> {
    const found = await this.queries.execute(new FindFact(fact));
    const { toolkit, version } = found ? (JSON.parse(birthIn(found).data) as { toolkit?: string; version?: string }) : {};
    return toolkit === undefined ? undefined : this.toolkits.find(toolkit, version);
  } // prettier-ignore
}

const sealedIn = ({ sealed }: FactEventRow): Readonly<Record<string, string>> =>
  JSON.parse(sealed) as Record<string, string>;

const plain = (control: Control, value: unknown): Shown => {
  switch (control.as) {
    case 'yes-no':
      return [{ text: value === true ? 'Yes' : 'No' }];
    case 'date':
      return [{ text: longDate(String(value)) }];
    case 'one':
      return [{ text: optionText(control, String(value)) }];
    case 'many':
      return (value as readonly string[]).map((each) => ({ text: optionText(control, each) }));
    case 'counts':
      return (value as readonly Counted[]).map((each) => ({ text: `${optionText(control, String(each[control.of]))}: ${String(each['count'])}` })); // prettier-ignore
    case 'list':
      return (value as readonly string[]).map((each) => linked(each));
    default:
      return [linked(String(value))];
  }
};

/** Only what is plainly an address of the web, or of this site, becomes a link. */
const linked = (text: string): Shown[number] =>
  /^https?:\/\/[^\s]+$|^\/[a-z][^\s/]*(\/[^\s]*)?$/.test(text) ? { text, href: text } : { text };

const optionText = (control: Extract<Control, { options: unknown }>, code: string): string =>
  control.options.find(({ value }) => value === code)?.text ?? code;
