import type { CommandBus } from '@nestjs/cqrs';
import { GiveReply, MakeRequest, WithdrawContribution } from '#contributions/contribution.commands';
import type { OutcomesAnswer } from '#meetings/meeting.commands';
import { PromiseServiceChange, StepServiceChange } from '#service-changes/service-change.commands';
import type { PromiseStep } from '#lifecycle/promise-steps';
import type { Storyteller } from './load-example.js';
import { promises } from './promises.js';
import { WITHDRAWN } from './story.js';

const PROMISED_DAYS_AGO = 69;

interface Home {
  readonly authority: string;
  readonly team: string;
  readonly meeting: string;
}

/** What came of the summer meeting: promises kept, late, disputed and still ahead; replies; a view taken back. */
export const afterwards = async (
  story: Storyteller,
  commands: CommandBus,
  recorded: OutcomesAnswer,
  home: Home,
): Promise<void> => {
  for (const { decision, dueIn, owner, ...promise } of promises) {
    const body = {
      ...promise,
      ...home,
      decision: recorded.decisions[decision] ?? '',
      due: story.day(dueIn),
      owner: { ...owner, person: story.id(`staff ${owner.name}`) },
    };
    const context = story.at(`promise ${decision}`, PROMISED_DAYS_AGO);
    await commands.execute(new PromiseServiceChange(context, story.id(`promise ${decision}`), body));
  }
  const step = (decision: string, name: string, daysAgo: number, role: string, given: PromiseStep) =>
    commands.execute(
      new StepServiceChange(story.at(`${decision} ${name}`, daysAgo, role), story.id(`promise ${decision}`), given),
    );
  const proof = (name: string, title: string): PromiseStep => ({
    do: 'evidence',
    evidence: story.id(`evidence ${name}`),
    kind: 'photo',
    // The example has no file: what is fingerprinted is what is said to be seen.
    hash: SHA256_OF_NOTHING,
    title,
    suppliedByRole: 'owner',
  });

  await step('d-form', 'accept', 66, 'owner', { do: 'accept' });
  await step('d-form', 'progress', 40, 'owner', {
    do: 'progress',
    words: 'A first draft was read by five people. They asked for bigger boxes.',
  });

  await step('d-letters', 'accept', 66, 'owner', { do: 'accept' });
  await step('d-letters', 'proof', 62, 'owner', proof('letters', 'Three letters of one week, in 16 point print'));
  await step('d-letters', 'done', 61, 'owner', {
    do: 'report-done',
    byRole: 'owner',
    words: 'Every letter of the team is in large print now.',
  });
  await step('d-letters', 'check', 50, 'checker', {
    do: 'check', confirmed: true, person: story.id('staff checker'), byRole: 'checker', words: 'Two of us opened our post together. It was in large print.',
  }); // prettier-ignore
  await step('d-letters', 'effect', 30, 'checker', {
    do: 'effect', what: 'I read my letter myself. I did not have to ask my neighbour.', forWhom: 'People who get letters from the team', source: 'person',
  }); // prettier-ignore

  await step('d-swimming', 'accept', 66, 'owner', { do: 'accept' });
  await step('d-swimming', 'done', 20, 'owner', {
    do: 'report-done',
    byRole: 'owner',
    words: 'The group goes every Tuesday.',
  });
  const swimmer = recorded.contributions['swimming'] ?? '';
  await step('d-swimming', 'verdict', 12, 'participant', {
    do: 'verdict', verdict: 'not-done', contribution: swimmer, subject: swimmer, comment: 'He went once. Then the van was broken and nobody told us.', byRole: 'participant',
  }); // prettier-ignore

  for (const ref of ['form', 'letters', 'quiet', 'worker']) {
    const view = recorded.contributions[ref] ?? '';
    const about = recorded.decisions[`d-${ref}`];
    const context = story.at(`reply ${ref}`, 60);
    await commands.execute(
      new GiveReply(context, view, {
        channel: ref === 'letters' ? 'phone' : 'read-aloud',
        format: ref === 'letters' ? 'large-print' : 'plain',
        givenAt: context.occurredAt ?? context.now.instant,
        by: 'Jo Fox',
        byRole: 'chair',
        ...(about && { about }),
      }),
    );
  }
  const asks = story.at('request', 9, 'participant');
  await commands.execute(
    new MakeRequest(asks, recorded.contributions['bus'] ?? '', {
      request: story.id('request'),
      kind: 'call-me',
      note: 'I want to know if the bus company was asked again.',
    }),
  );
  const takesBack = story.at('withdrawal', 8, 'participant');
  await commands.execute(
    new WithdrawContribution(takesBack, recorded.contributions[WITHDRAWN] ?? '', 'I like the garden now.'),
  );
};

/** SHA-256 of no bytes at all (FIPS 180-4). */
const SHA256_OF_NOTHING = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
