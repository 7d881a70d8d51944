import type { Counts } from './manifest.js';

interface Said {
  readonly name: string;
  readonly madeAt: string;
  readonly size: number;
  readonly counts: Readonly<Counts>;
  readonly beside: Readonly<Record<string, number>>;
}

/** What lies in the folder, for somebody who has never seen the software. */
export const readMe = ({ name, madeAt, size, counts, beside }: Said): string => `# Everything that was held for ${name}

Made on ${madeAt}. **It holds names, contacts and private words in the open.** Keep it as you keep a case file: encrypted, for few people, and
no longer than you need it. Whoever is erased from now on must be erased from here too.

| File | Holds |
| --- | --- |
| \`events.csv\` | every entry as a table, for a spreadsheet |
| \`events.jsonl\` | every entry with its words, one JSON object a line, for a program: ${counts.entries} |
| \`entries.jsonl\` | the same entries, line by line, byte for byte as they stand in the log; words are not in them |
| \`proofs.jsonl\` | for each, line by line: its place in the log, its hash, and the hashes that lead to the root |
| \`checkpoint.txt\` | the signed root of the whole log, of ${size} entries of all councils |
| \`people.csv\`, \`people.jsonl\` | names, contacts and formats of those who take part and of staff: ${beside['people.jsonl'] ?? 0} |
| \`news-wishes.jsonl\` | how people want to hear from you |
| \`staff-accounts.jsonl\` | who signed in with your council's account |
| \`data-requests.jsonl\` | what people asked about their information, and what they were told |
| \`meeting-drafts.jsonl\` | meetings that were still being written down |
| \`reads.jsonl\` | who of the staff read whose private words, without the words |
| \`files/\` | pictures and recordings: ${counts.files} |
| \`manifest.json\`, \`SHA256SUMS\` | counts, and the SHA-256 of every file (\`sha256sum -c SHA256SUMS\`) |

## Words that are not here

${counts.words} texts are readable. ${counts.restricted} more are readable but **must not be used**, because the person had their use restricted
(\`restricted\` in \`events.jsonl\` names the places). ${counts.erased} were erased for good: \`{"erased": DATE}\` stands in their place. ${counts.beingErased} are being erased now.
${counts.lost} are lost${counts.lost > 0 ? ': **ask whoever runs the server, that is a fault**' : ''}.

## What is left out

- What belongs to all councils: the pledge, the list of councils, orders of succession. It is public.
- Entries of other councils${counts.takenOver > 0 ? `, save ${counts.takenOver} of things that passed from another council to this one: their past came along` : ''}.
- Keys, codes of cards, sessions and tokens: they open the server, not your data. Cards that people have at home end with the server.

## How to check it without trusting anybody

The hash of an entry is SHA-256 of one zero byte and then the line in \`entries.jsonl\` (without its line feed). With \`index\` and \`path\` of the same line in
\`proofs.jsonl\` it leads to the root in \`checkpoint.txt\` (RFC 9162, section 2.1.3.2). The checkpoint is signed with the key in \`manifest.json\`; get the
key from elsewhere too. That shows that nothing here was changed. That nothing is missing only the whole log shows, at \`/log\` of the server.

## What you can do with it

Read it, search it, answer people who ask what you hold, keep the record that you must keep, and bring rows into another system. It is
no log of its own: another server of this software cannot continue it, and starts with a new log.
`;
