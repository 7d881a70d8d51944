import type { CommandBus } from '@nestjs/cqrs';
import { MakeCommitment, StepCommitment } from '#commitments/commitment.commands';
import type { PromiseStep } from '#lifecycle/promise-steps';
import type { Storyteller } from './load-example.js';

const PLEDGE = 'east-of-england';
const MADE_DAYS_AGO = 90;

/** What Example Council promised under the pledge: one kept, one late with a date that moved, one claimed and not checked. */
export const makeCommitments = async (story: Storyteller, commands: CommandBus, authority: string): Promise<void> => {
  const make = (name: string, part: string, what: string, dueIn: number, owner: string, role: string, proofWanted: string) =>
    commands.execute(
      new MakeCommitment(story.at(`commitment ${name}`, MADE_DAYS_AGO, 'pledge-lead'), story.id(`commitment ${name}`), {
        authority, pledge: PLEDGE, part, what, due: story.day(dueIn), proofWanted,
        owner: { person: story.id(`staff ${owner}`), name: owner, role },
        checker: { role: 'Co-chair of the team' },
      }),
    ); // prettier-ignore
  const step = (name: string, daysAgo: number, role: string, given: PromiseStep) =>
    commands.execute(
      new StepCommitment(
        story.at(`commitment ${name} ${given.do} ${daysAgo}`, daysAgo, role),
        story.id(`commitment ${name}`),
        given,
      ),
    );
  const proof = (name: string, title: string): PromiseStep => ({
    do: 'evidence',
    evidence: story.id(`evidence commitment ${name}`),
    kind: 'document',
    hash: SHA256_OF_NOTHING,
    title,
    suppliedByRole: 'owner',
  });

  await make('training', 'P1b', 'Run six training days with the local carers group.', -40, 'Priya Patel (example)', 'Business support officer', 'The six dates, and how many people came to each.'); // prettier-ignore
  await step('training', 85, 'owner', { do: 'accept' });
  await step('training', 45, 'owner', proof('training', 'Six dates with the number of people who came'));
  await step('training', 44, 'owner', { do: 'report-done', byRole: 'owner', words: 'Six days were held. 41 people came.' }); // prettier-ignore
  await step('training', 30, 'checker', { do: 'check', confirmed: true, person: story.id('staff checker'), byRole: 'checker', words: 'I was at four of the six.' }); // prettier-ignore
  await step('training', 20, 'checker', { do: 'effect', what: 'Seven people who came have joined a team.', forWhom: 'Carers', source: 'data', before: '2', after: '9' }); // prettier-ignore

  await make('report', 'I4', 'Publish a report that says how we are doing, also in easy read.', -60, 'Tom Brown (example)', 'Activities coordinator', 'The report on the website, in both forms.'); // prettier-ignore
  await step('report', 62, 'chair', { do: 'move-date', due: story.day(-15), reason: 'The people who check easy read were on holiday.', agreedBy: 'the team' }); // prettier-ignore
  await step('report', 25, 'owner', { do: 'progress', words: 'The first half is written and was read by three people.' }); // prettier-ignore

  await make('papers', 'P2a', 'Send the papers of every meeting two weeks before it.', -5, 'Jane Smith (example)', 'Day services manager', 'The day each paper was sent, for three meetings.'); // prettier-ignore
  await step('papers', 4, 'owner', { do: 'report-done', byRole: 'owner', words: 'We do this now.' });

  await make('toolkit', 'I3', 'Go through the toolkit with two teams.', 60, 'Lena Novak (example)', 'Kitchen lead', 'What each team said about each question.'); // prettier-ignore
};

/** SHA-256 of no bytes at all (FIPS 180-4): the example has no files. */
const SHA256_OF_NOTHING = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
