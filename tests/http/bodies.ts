import type { Client } from './client.js';

export const TEAM = { authority: 'essex', name: 'Form team', stage: 'plan' } as const;
export const view = (words = 'The form is too long') =>
  ({
    authority: 'essex',
    words,
    channel: 'paper',
    capacity: 'uses-services',
    voice: 'own',
    attribution: 'group',
  }) as const;
export const decision = (more: object = {}) => ({
  authority: 'essex', answer: 'yes', statement: 'The form gets shorter', decidedBy: [{ role: 'team', capacity: 'other' }], ...more,
}); // prettier-ignore
/** A day some days from today. */
export const day = (after: number): string => new Date(Date.now() + after * 86_400_000).toISOString().slice(0, 10);
export const promise = (more: object = {}) => ({
  authority: 'essex', what: 'A form of one page', owner: { name: 'Jane Smith', role: 'forms manager' }, due: day(90),
  proofWanted: 'The new form', checker: { name: 'Joy Bell', role: 'co-chair' }, ...more,
}); // prettier-ignore

/** A meeting that began an hour ago. */
export const called = async (client: Client): Promise<{ team: string; meeting: string }> => {
  const { id: team } = await client.made('/teams', TEAM);
  const startsAt = new Date(Date.now() - 3_600_000).toISOString();
  const { id: meeting } = await client.made('/meetings', { authority: 'essex', team, title: 'November', startsAt });
  return { team, meeting };
};

const { authority: _, ...decided } = decision();
const { authority: _of, ...promised } = promise();
/** A whole meeting: a view told there, one told before, an answer to both, a promise. */
export const outcomes = (earlier?: string, more: object = {}) => ({
  attendance: [{ capacity: 'uses-services', count: 3 }],
  discussions: [
    {
      title: 'The form',
      contributions: [
        { ref: 'v1', words: 'Page 3 is never read', capacity: 'uses-services', voice: 'own', attribution: 'group', readBack: true },
        ...(earlier ? [{ id: earlier }] : []),
      ],
      dissent: ['Two people wanted to keep the long form'],
      decisions: [
        {
          ...decided,
          ref: 'd1',
          answers: [{ contribution: 'v1', effect: 'changed' }, ...(earlier ? [{ contribution: earlier, effect: 'helped' }] : [])],
        },
      ],
      serviceChanges: [{ ...promised, ref: 'p1', decision: 'd1' }],
      ...more,
    },
  ],
}); // prettier-ignore

/** A report on half a year, and what is said of it when it is published. */
export const HALF = { from: '2026-07-01', to: '2026-12-31', due: '2027-02-28', title: 'How we worked together' };
export const SAID = { formats: ['plain', 'easy-read', 'large-print'], readability: 'read aloud at a meeting', checkedByPeople: 'yes', checkedBy: ['uses-services'] }; // prettier-ignore
