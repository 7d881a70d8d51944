import { Injectable } from '@nestjs/common';
import { contribution } from '#contributions/contribution';
import { decision } from '#decisions/decision';
import { uuid5 } from '#event-store/ids';
import { Recorder } from '#event-store/recorder';
import type { Now } from '#kernel/aggregate';
import { participant } from '#participants/participant';
import { People } from '#participants/people';
import { team } from '#teams/team';
import { heldAt, type Meeting } from './meeting.js';
import { isEarlier, type ItemKind, type OutcomeFacts, type OutcomesBody } from './outcomes.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The id of an item of a meeting: the same body recorded again would name the same things. */
export const outcomeId = (meeting: string, kind: ItemKind, ref: string): string => uuid5(meeting, `${kind} ${ref}`);

/** Collects what stands outside the meeting's stream and the rules must be told: read from the streams, so it is current. */
@Injectable()
export class OutcomeFactsReader {
  constructor(
    private readonly recorder: Recorder,
    private readonly people: People,
  ) {}

  async read(id: string, state: Meeting, body: OutcomesBody, now: Now): Promise<OutcomeFacts> {
    const authority = state.about.authority ?? '';
    const named = namedIn(body);
    const known = new Set<string>();
    const withdrawn = new Set<string>();
    for (const view of named.views.filter((each) => UUID.test(each))) {
      const { state: found } = await this.recorder.load(contribution, `${contribution.category}-${view}`);
      if (found.exists && found.about.authority === authority) known.add(view);
      if (found.withdrawn) withdrawn.add(view);
    }
    for (const each of named.decisions.filter((name) => UUID.test(name))) {
      const { state: found } = await this.recorder.load(decision, `${decision.category}-${each}`);
      if (found.exists && found.about.authority === authority) known.add(each);
    }
    for (const each of named.people.filter((name) => UUID.test(name))) {
      const { state: found } = await this.recorder.load(participant, `${participant.category}-${each}`);
      if (found.exists && found.about.authority === authority) known.add(each);
    }
    return {
      itemId: (kind, ref) => outcomeId(id, kind, ref),
      known,
      withdrawn,
      staff: new Map(),
      namesNotToShow: await this.namesNotToShow(state, body, known),
      heldAt: heldAt(state, now),
      today: now.today,
    };
  }

  /** Only for a body that will be recorded: names are written down here for the first time. */
  async withStaff(facts: OutcomeFacts, state: Meeting, body: OutcomesBody): Promise<OutcomeFacts> {
    const staff = new Map<string, string>();
    for (const { serviceChanges } of body.discussions)
      for (const { owner } of serviceChanges)
        staff.set(owner.name, await this.people.staff(state.about.authority ?? '', owner.name));
    return { ...facts, staff };
  }

  /** People of the team, of this meeting and of its views who did not choose to be shown by name. */
  private async namesNotToShow(state: Meeting, body: OutcomesBody, known: ReadonlySet<string>): Promise<string[]> {
    const { state: members } = await this.recorder.load(team, `${team.category}-${state.about.team ?? ''}`);
    const speakers = body.discussions.flatMap(({ contributions }) =>
      contributions.flatMap((view) => (isEarlier(view) ? [] : [view])),
    );
    const everyone = new Set([...members.members, ...namedIn(body).people.filter((each) => known.has(each))]);
    const names: string[] = [];
    for (const person of everyone) {
      const { state: chosen } = await this.recorder.load(participant, `${participant.category}-${person}`);
      const asks = [
        chosen.attribution,
        ...speakers.flatMap((view) => (view.participant === person ? [view.attribution] : [])),
      ];
      const name = this.people.get(person)?.name;
      if (name && asks.some((each) => each === 'group' || each === 'hidden')) names.push(name);
    }
    return names;
  }
}

const namedIn = (body: OutcomesBody): { views: string[]; decisions: string[]; people: string[] } => {
  const views = new Set<string>();
  const decisions = new Set<string>();
  const people = new Set(body.people);
  for (const discussion of body.discussions) {
    for (const view of discussion.contributions)
      if (isEarlier(view)) views.add(view.id);
      else if (view.participant) people.add(view.participant);
    for (const { answers } of discussion.decisions) for (const { contribution: view } of answers) views.add(view);
    for (const { decision: behind } of discussion.serviceChanges) decisions.add(behind);
  }
  return { views: [...views], decisions: [...decisions], people: [...people] };
};
