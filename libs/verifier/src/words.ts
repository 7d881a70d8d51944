/** Every sentence about what a finding means. The command line and the page show the same ones. */

/** Of a bundle; a single proof has two of them, and one of its own. */
export type BundleLevelId = 'signed' | 'cosigned' | 'whole' | 'earlier' | 'rules' | 'sealed' | 'papers';
export type LevelId = BundleLevelId | 'included';

export const LEVELS: readonly BundleLevelId[] = ['signed', 'cosigned', 'whole', 'earlier', 'rules', 'sealed', 'papers'];

export const TITLES: Readonly<Record<LevelId, string>> = {
  signed: 'Signed by the key you trust',
  cosigned: 'Seen by independent witnesses',
  whole: 'Every entry is the one that was signed',
  earlier: 'Fits what was published earlier',
  rules: 'Nothing is missing in between, and the rules hold',
  sealed: 'Personal words',
  papers: 'Proofs, report and other papers',
  included: 'This entry is in the record',
};

const CHANGED =
  'What is in this bundle is not what the council signed. Do not rely on this entry; ask the council for the bundle again and say what you found.';
const UNTOLD =
  'The record breaks one of its own rules here. Either it was tampered with before it was signed, or the software that wrote it was wrong.';
const PAPER = 'Do not rely on this file. The entries of the record themselves are judged above.';

type Words = Readonly<{ level: LevelId; means: string }>;
const of = (level: LevelId, means: string): Words => ({ level, means });

export const FINDINGS = {
  'checkpoint-bad': of('signed', 'Without a readable seal nothing ties this bundle to the council’s record.'),
  'not-signed': of(
    'signed',
    'Nobody you trust vouches for this bundle. It may be made up from the first entry to the last.',
  ),
  'wrong-log': of('signed', 'This is the record of somebody else, however well it is signed.'),
  'witness-bad': of('cosigned', 'A witness’s name stands under something that the witness did not sign.'),
  'too-few-witnesses': of(
    'cosigned',
    'The council could show you another record than it shows to others. Ask for a bundle that enough witnesses have seen.',
  ),
  'entry-changed': of('whole', CHANGED),
  'entry-missing': of(
    'whole',
    'An entry that the council signed is not in this bundle. Ask for it: it cannot have been lost without the council knowing.',
  ),
  'entry-inserted': of('whole', 'Somebody put this entry in after the record was signed. It counts for nothing.'),
  'entry-moved': of('whole', 'The order of entries shows what came first. Here it was changed.'),
  'entries-broken': of('whole', CHANGED),
  'entries-extra': of('whole', 'Somebody added entries after the record was signed. They count for nothing.'),
  'root-differs': of(
    'whole',
    'At least one entry was changed, taken out or put in. This bundle is not what the council signed.',
  ),
  'hashes-differ': of(
    'whole',
    'The list of fingerprints that helps to find changes was itself changed. If all entries are good, only this list is damaged.',
  ),
  'earlier-bad': of('earlier', 'What was kept earlier cannot be compared.'),
  'earlier-newer': of(
    'earlier',
    'Either this bundle is an old one, or entries were taken back. Ask for a bundle that is newer than your checkpoint.',
  ),
  'earlier-differs': of(
    'earlier',
    'The council has signed two records that contradict each other. Keep both checkpoints: together they prove it.',
  ),
  'history-bad': of('earlier', PAPER),
  'first-entry': of('rules', UNTOLD),
  'unreadable-entry': of('rules', UNTOLD),
  'gap-in-stream': of(
    'rules',
    'Entries about one thing are numbered without a gap. Here one is missing, so you may not see all of its history.',
  ),
  'repeated-in-stream': of(
    'rules',
    'Two entries claim the same place in the history of one thing. One of them does not belong there.',
  ),
  'id-wrong': of(
    'rules',
    'The number of an entry follows from the act that made it. This one was made in some other way.',
  ),
  'id-twice': of('rules', 'The same entry stands in the record twice, or one pretends to be the other.'),
  'cause-unknown': of('rules', UNTOLD),
  'key-unannounced': of('rules', 'Without an announced key nobody can tell whether these words were swapped.'),
  'key-twice': of('rules', UNTOLD),
  'sealed-after-erasure': of('rules', 'The key was said to be destroyed, but it was used again.'),
  'erasure-unexplained': of(
    'rules',
    'An erasure must say on what ground, and who allowed it. This one does not, so it cannot be told from hiding.',
  ),
  'rule-broken': of('rules', UNTOLD),
  'words-changed': of('sealed', 'These words are not the ones that were recorded.'),
  'key-wrong': of(
    'sealed',
    'This key is not the one that was announced. With it, other words could be shown than were written.',
  ),
  'words-missing': of(
    'sealed',
    'These words were not lawfully erased: no entry says so. They were lost or are being held back. Ask why.',
  ),
  'erased-key-kept': of('sealed', 'The record says that this key was destroyed. It was not.'),
  'words-not-in-scope': of('sealed', PAPER),
  'file-damaged': of('papers', 'A file was damaged on its way. Ask for the bundle again.'),
  'file-unknown': of('papers', PAPER),
  'file-missing': of('papers', 'The bundle says that it has this file, but it has not.'),
  'manifest-bad': of(
    'papers',
    'The list of contents cannot be relied on. The entries of the record themselves are judged above.',
  ),
  'proof-bad': of('papers', PAPER),
  'not-included': of(
    'included',
    'This file and this entry do not belong together. Do not rely on either; ask for both again and say what you found.',
  ),
  'policy-bad': of('papers', PAPER),
  'report-bad': of('papers', 'The report says something else than the entries that it names. Believe the entries.'),
} as const satisfies Record<string, Words>;

export type FindingCode = keyof typeof FINDINGS;

/** Said at the end of every verdict, good or bad. */
export const NOT_PROVEN: readonly string[] = [
  'That what was written is true. The record shows that it was written, in what role, and in what order.',
  'That everything was written. What nobody recorded is not here. People can check their own views with their take-home cards.',
  'When something happened. “It happened on” is what the writer said. Only the times of witnesses show when it was there at the latest.',
  'That a change was caused by a view. Links say what the team said.',
  'That the council shows everybody the same record, unless enough independent witnesses have seen it.',
  'Who wrote an entry. Entries name a role and a number for a person, as the council’s system knew them.',
];
