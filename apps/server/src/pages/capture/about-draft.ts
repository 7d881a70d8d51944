import type { Draft } from '#meetings/draft';
import { CAPACITIES_OF_OTHERS } from '../teams/capacities.js';
import { FORMAT_OPTIONS } from '../tell-us/tell-us.view.js';
import type { AboutForm, PeopleForm } from './about.forms.js';
import type { DeskPerson } from './capture-desk.js';
import { MEETING_STATEMENTS } from './options.js';
import { STATEMENT_ANSWERS } from './tallies.js';

/* The draft as the fields of a form, and the form back into the draft: nothing of it is invented on the way. */

export const aboutTyped = ({ about }: Draft) => ({
  openness: about.openness,
  rung: about.rung,
  deciderRole: about.decidedBy?.[0]?.role,
  deciderBody: about.decidedBy?.[0]?.body,
});

export const withAbout = (draft: Draft, form: AboutForm): Draft => ({
  ...draft,
  about: {
    ...(form.openness && { openness: form.openness }),
    ...(form.rung && { rung: form.rung }),
    ...(form.deciderRole && {
      decidedBy: [
        { role: form.deciderRole, capacity: 'staff' as const, ...(form.deciderBody && { body: form.deciderBody }) },
      ],
    }),
  },
});

/** Formats that people of the team need: shown only as tasks with counts, never beside a name. */
const tasksOf = (draft: Draft, roster: readonly DeskPerson[]) => {
  const needed = new Map<string, number>();
  for (const { format } of roster) if (format && format !== 'plain') needed.set(format, (needed.get(format) ?? 0) + 1);
  const due = [...needed].map(([format, count]) => ({
    need: FORMAT_OPTIONS.find(({ value }) => value === format)?.text ?? format,
    count,
  }));
  const known = new Map(draft.attendance.access.map((each) => [each.need, each]));
  const extra = draft.attendance.access.filter(({ need }) => !due.some((each) => each.need === need));
  return [...due.map((task) => known.get(task.need) ?? { ...task, met: undefined, why: undefined }), ...extra];
};

export const peopleTyped = (draft: Draft, roster: readonly DeskPerson[]) => ({
  people: draft.attendance.people.map(({ participant }) => participant),
  others: CAPACITIES_OF_OTHERS.map(({ value }) => ({
    capacity: value,
    count: String(draft.attendance.others.find(({ capacity }) => capacity === value)?.count ?? ''),
  })),
  access: tasksOf(draft, roster).map(({ need, count, met, why }) => ({
    need,
    count: String(count),
    met: met === undefined ? '' : met ? 'yes' : 'no',
    why: why ?? '',
  })),
  interests: [...draft.interests, { role: '', interest: '' }].map(({ role, interest }) => ({ role, interest })),
  decisionMaker:
    draft.attendance.decisionMakerPresent === undefined
      ? undefined
      : draft.attendance.decisionMakerPresent
        ? 'yes'
        : 'no',
});

export const withPeople = (draft: Draft, form: PeopleForm, roster: readonly DeskPerson[]): Draft => ({
  ...draft,
  attendance: {
    people: roster
      .filter(({ participant }) => form.people.includes(participant))
      .map(({ participant, capacity }) => ({ participant, capacity })),
    others: form.others.flatMap(({ capacity, count }) => (count === undefined ? [] : [{ capacity, count }])),
    access: form.access.map(({ need, count, met, why }) => ({
      need,
      count,
      ...(met && { met: met === 'yes' }),
      ...(why && { why }),
    })),
    ...(form.decisionMaker && { decisionMakerPresent: form.decisionMaker === 'yes' }),
  },
  interests: form.interests.flatMap(({ role, interest }) => (role && interest ? [{ role, interest }] : [])),
});

export const tallyTyped = ({ howWasIt }: Draft) => ({
  tally: Object.fromEntries(
    MEETING_STATEMENTS.map(({ code }) => [
      code,
      Object.fromEntries(
        STATEMENT_ANSWERS.map(({ value }) => [
          value,
          String(howWasIt.find(({ statement, answer }) => statement === code && answer === value)?.count ?? ''),
        ]),
      ),
    ]),
  ),
});
