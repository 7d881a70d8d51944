import type { Recorded } from '#kernel/event';
import { type Personal, sealedRef } from '#kernel/personal';
import type { LogRow } from '#pledge-log/pledge-log';
import type { Entry, Story } from '#pledge-log/story';
import { exactDate, longDate } from '../../shell/dates.js';
import { type BehindLines } from './behind.js';
import { dueDate } from '../pledge-log/pledge-log.view.js';
import { movedInShort } from '../service-changes/service-change.view.js';
import { roleName, say } from '../../wording/wording.js';

export const NOT_RECORDED = 'Not recorded';

export interface Question {
  readonly question: string;
  /** One sentence in the place of many answers, which are folded below it; null: they are few. */
  readonly short: string | null;
  /** What the record answers, a line each; empty: nothing is recorded, and the page says so. */
  readonly answers: readonly string[];
  /** Numbers of the entries that say so. */
  readonly entries: readonly number[];
}

type Words = (value: Personal | undefined) => string;

/** What an auditor asks of every promise, answered from the entries alone. Nothing is filled in where the record is silent. */
export const twelveQuestions = (row: LogRow, story: Story, part: string | undefined, behind: BehindLines, open: (ref: string | null) => string): Question[] => {
  const words: Words = (value) => (value ? open(sealedRef(value)) : '');
  const of = (...types: readonly Entry['type'][]): number[] =>
    story.entries.filter(({ type }) => types.includes(type)).map(({ n }) => n);
  const made = story.made;
  const question = (text: string, answers: readonly string[], entries: readonly number[] = [], short: string | null = null): Question => ({
    question: text,
    short,
    answers,
    entries: answers.length > 0 ? entries : [],
  });
  const asked = [
    question('Who asked, in what words?', behind.asked, of('CommitmentLinkedToContribution')),
    question(
      'When, and could it still change?',
      made ? [`It was promised ${made.about.precision === 'year' || made.about.precision === 'month' ? 'in' : 'on'} ${day(made)}.`, ...(behind.couldChange.length > 0 ? behind.couldChange : ['Whether it could still change: not recorded.'])] : behind.couldChange,
      of('CommitmentMade', 'CommitmentLinkedToDecision'),
    ),
    question(
      'Who decided, in what role? Interests?',
      [...behind.decided, ...(made ? [`Written down by the ${roleName(made.actor.role).toLowerCase()}.`] : []), ...(made && behind.decided.length === 0 ? ['Interests: not recorded.'] : [])],
      of('CommitmentMade', 'CommitmentLinkedToDecision'),
    ),
    question(
      'What else was considered?',
      [...behind.considered, ...story.alternatives.map(({ data }) => `${words(data.what)}${data.why ? ` Not chosen: ${words(data.why)}` : ''}`)],
      of('AlternativeConsidered', 'CommitmentLinkedToDecision'),
    ),
    question(
      'What was the answer, and why?',
      made ? [words(made.data.what), part ? `Promised under ${row.part}: “${part}”` : `Promised under ${row.part}.`] : [],
      of('CommitmentMade'),
    ),
    question('Who owns it, by when?', ownerLines(row, story, open), of('CommitmentMade', 'OwnerChanged', 'OwnerAccepted')),
    question(
      'Has the date moved?',
      story.moves.length > 0
        ? story.moves.map((move) => moveLine(move, words))
        : row.due === null ? [] : ['No. It is the date that was promised first.'],
      of('DueDateChanged'),
      movedInShort(story.moves.map(({ data }) => ({ old: data.old ?? null, new: data.new }))),
    ),
    question('What proof is there?', story.proofs.map((proof) => proofLine(proof, words)), of('EvidenceAttached')),
    question('Who else says that it is done?', [...story.checks.map((check) => checkLine(check, words)), ...story.verdicts.map((each) => verdictLine(each, words))], of('DoneConfirmed', 'DoneDisputed', 'VerdictGiven')),
    question('Were people told, how soon, in what format? Did they understand?', behind.told, of('CommitmentLinkedToContribution')),
    question('What changed for people?', story.effects.map(({ data }) => `${words(data.what)} For: ${data.forWhom}.${data.before ? ` Before: ${data.before}.` : ''}${data.after ? ` After: ${data.after}.` : ''} Nobody claims that this promise caused it.`), of('EffectObserved')),
  ];
  const silent = asked.filter(({ answers }) => answers.length === 0).map((each) => each.question);
  return [...asked, question('What is missing or late?', missingLines(row, story, silent))];
}; // prettier-ignore

const ownerLines = (row: LogRow, story: Story, open: (ref: string | null) => string): string[] => {
  if (row.owner_name === null && row.owner_role === null && row.due === null) return [];
  const who = row.owner_name
    ? `${open(row.owner_name)}, ${row.owner_role ?? 'role not recorded'}`
    : [row.owner_role, 'Nobody is named'].filter(Boolean).join('. ');
  return [
    `${who}, by ${row.due ? dueDate(row.due, row.due_precision) : 'a date that is not recorded'}.`,
    story.accepted.length > 0 && row.accepted === 1 ? 'They accepted it.' : 'That they accepted it is not recorded.',
    ...(row.checker_role ? [`Checked by: ${row.checker_role}.`] : []),
  ];
};

const day = ({ occurredAt, about }: Pick<Recorded, 'occurredAt' | 'about'>): string =>
  exactDate(occurredAt, about.precision);

const moveLine = (move: Story['moves'][number], words: Words): string => {
  const { reason, agreedBy } = move.data;
  return `${day(move)}: ${movedFromTo(move.data)}. Why: ${words(reason) || 'not recorded'}. Agreed by: ${words(agreedBy) || 'not recorded'}.`.replace(/([.!?])\./g, '$1'); // prettier-ignore
};

/** From which date to which, and whether the old one had gone by when it was moved. */
export const movedFromTo = ({ old, new: to, precision, afterDue }: Pick<Story['moves'][number]['data'], 'old' | 'new' | 'precision' | 'afterDue'>): string =>
  `from ${old ? longDate(old) : 'a date that is not recorded'} to ${dueDate(to, precision)}${afterDue ? ', moved after it had passed' : ''}`; // prettier-ignore

const proofLine = (proof: Story['proofs'][number], words: Words): string =>
  `${day(proof)}: ${words(proof.data.title)}${proof.data.url ? ` (${proof.data.url})` : ''}, from the ${roleName(proof.data.suppliedByRole).toLowerCase()}. Fingerprint ${proof.data.hash.slice(0, 8)}.`; // prettier-ignore

const checkLine = (check: Story['checks'][number], words: Words): string =>
  `${day(check)}: the ${roleName(check.data.byRole).toLowerCase()} says: ${check.type === 'DoneConfirmed' ? 'it is done' : 'it is not done'}. ${words(check.data.words)}`.trim(); // prettier-ignore

const verdictLine = (each: Story['verdicts'][number], words: Words): string =>
  `${day(each)}: a person says: ${say(`verdict.${each.data.verdict}`)} ${words(each.data.comment)}`.trim();

const missingLines = (row: LogRow, story: Story, silent: readonly string[]): string[] => {
  const isCalledDone = row.state === 'reported-done' || row.state === 'confirmed';
  const missing = [
    ...(row.rag.late ? [`It is late by ${row.daysLate === 1 ? '1 day' : `${row.daysLate ?? 0} days`}.`] : []),
    ...(row.owner_name === null ? ['Nobody is named who does it.'] : []),
    ...(row.due === null ? ['No date was recorded.'] : []),
    ...(row.proof_wanted === null ? ['How people will know that it is done is not recorded.'] : []),
    ...(isCalledDone && story.proofs.length === 0 ? ['No proof has been added yet.'] : []),
    ...(row.state === 'reported-done' ? ['Nobody except the owner has checked it.'] : []),
    ...(row.state === 'disputed' ? ['Somebody says that it is not done.'] : []),
    ...(silent.length > 0 ? [`The record says nothing to: ${silent.join(' ')}`] : []),
  ];
  return missing.length > 0 ? missing : ['Nothing is missing or late.'];
};
