import type { OutcomesBody } from '#meetings/outcomes';
import { decisions, views } from './story.js';

const TITLES: Readonly<Record<string, string>> = {
  form: 'The form', letters: 'Letters', bus: 'The evening bus', worker: 'Key workers', crossing: 'The road outside', quiet: 'A quiet room',
  swimming: 'Swimming', menu: 'The lunch menu', evening: 'When we meet', garden: 'The garden',
}; // prettier-ignore

/** The summer meeting of the example as the body that records it: one discussion for each view. */
export const outcomesOf = (personId: (name: string) => string, day: (inDays: number) => string): OutcomesBody => ({
  attendance: [
    { capacity: 'uses-services', count: 9 },
    { capacity: 'family-carer', count: 3 },
    { capacity: 'advocate', count: 1 },
    { capacity: 'staff', count: 4 },
  ],
  decisionMakerPresent: true,
  openness: 'open',
  rung: 'co-designed',
  interests: [{ role: 'councillor', interest: 'Her sister works at the day centre.' }],
  accessTasks: [{ need: 'Large print', count: 2, met: true }],
  howWasIt: [
    { statement: 'S13', answer: 'yes', count: 10 },
    { statement: 'S16', answer: 'a-bit', count: 8 },
  ],
  discussions: views.map((view) => {
    const { person, ref, helper, ...said } = view;
    const answers = decisions.filter((each) => each.view === ref);
    return {
      ref: `talk-${ref}`,
      title: TITLES[ref] ?? ref,
      contributions: [
        {
          ...said,
          ref,
          readBack: ref !== 'evening',
          ...(person && { participant: personId(person) }),
          ...(helper && { helper }),
          ...(said.voice === 'proxy' && { agreed: true }),
        },
      ],
      ...(ref === 'bus' && { dissent: ['Two people wanted the late bus now, and a smaller trip budget.'] }),
      ...(ref === 'evening' && { decideBy: day(14) }),
      decisions: answers.map(({ view: _view, effect, lookAgainIn, alternatives = [], ...decision }) => ({
        ...decision,
        ...(lookAgainIn !== undefined && { lookAgain: day(lookAgainIn) }),
        alternatives,
        interests: [],
        decidedBy: [{ role: 'Head of day services', body: 'Example Council', capacity: 'staff' as const }],
        answers: [{ contribution: ref, effect }],
      })),
      serviceChanges: [],
    };
  }),
});
