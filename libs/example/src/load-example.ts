import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { authority, registerAuthority } from '#authorities/authority';
import type { Position } from '#event-store/event-store';
import { uuid5 } from '#event-store/ids';
import { type CommandContext, Recorder } from '#event-store/recorder';
import type { Clock } from '#kernel/aggregate';
import { CallMeeting, type OutcomesAnswer, RecordOutcomes } from '#meetings/meeting.commands';
import { RegisterParticipant } from '#participants/participants.module';
import { Rows } from '#projections/rows';
import { refuse } from '#kernel/refusal';
import { CLOCK } from '#projections/tokens';
import { FormTeam, JoinTeam } from '#teams/team.commands';
import { afterwards } from './afterwards.js';
import { makeCommitments } from './commitments.js';
import { outcomesOf } from './outcomes.js';
import { EXAMPLE_AUTHORITY, EXAMPLE_TEAM, PEOPLE } from './story.js';

/** Fixed: loaded twice, even by two servers at once, it is there once. */
const EXAMPLE = '3c7f2f5e-54b1-5d3a-9a53-0b8a1c6f7e42';
const HELD_DAYS_AGO = 70;
const NEXT_IN_DAYS = 0;

/** Makes one command context of the example after another. */
export interface Storyteller {
  /** The context of a command that happened some days ago: recorded now, honestly, about then. */
  at(name: string, daysAgo: number, role?: string): CommandContext;
  day(inDays: number): string;
  id(name: string): string;
}

/** Tells the worked example with the same commands that people use, so that it can show nothing which they could not. */
@Injectable()
export class ExampleLoader {
  constructor(
    private readonly commands: CommandBus,
    private readonly recorder: Recorder,
    private readonly rows: Rows,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * @returns the position to wait for before showing it.
   * @throws Refusal when the record is in use: invented people must never stand beside real ones.
   */
  async load(): Promise<Position | null> {
    const story = this.teller();
    const council = EXAMPLE_AUTHORITY.authority;
    if (this.rows.get('SELECT 1 FROM team WHERE authority <> ? LIMIT 1', council) !== undefined)
      throw refuse('in-use', 'This record is in use. The worked example is only for an empty one.', '/');
    await this.recorder.act(authority, story.id('authority'), story.at('authority', HELD_DAYS_AGO + 30), (state) =>
      registerAuthority(state, EXAMPLE_AUTHORITY),
    );
    const team = story.id('team');
    const formed = story.at('team', HELD_DAYS_AGO + 20);
    await this.commands.execute(new FormTeam(formed, team, { authority: council, ...EXAMPLE_TEAM }));
    for (const { name, capacity, attribution, format } of PEOPLE) {
      const person = story.id(`person ${name}`);
      const body = { authority: council, name, attribution, ...(format && { format }) };
      await this.commands.execute(
        new RegisterParticipant(story.at(`person ${name}`, HELD_DAYS_AGO + 19), person, body),
      );
      const joins = story.at(`joins ${name}`, HELD_DAYS_AGO + 19);
      await this.commands.execute(new JoinTeam(joins, team, { participant: person, capacity }));
    }
    const recorded = await this.holdMeeting(story, team);
    await afterwards(story, this.commands, recorded, { authority: council, team, meeting: story.id('meeting') });
    await makeCommitments(story, this.commands, council);
    const next = story.at('next meeting', 1);
    const { position } = await this.commands.execute(
      new CallMeeting(next, story.id('next meeting'), {
        authority: council,
        team,
        title: `${EXAMPLE_TEAM.name}: next meeting`,
        startsAt: `${story.day(NEXT_IN_DAYS)}T10:00:00.000Z`,
        place: 'The library, room 2',
        openness: 'open',
      }),
    );
    return position;
  }

  private async holdMeeting(story: Storyteller, team: string): Promise<OutcomesAnswer> {
    const id = story.id('meeting');
    const called = story.at('meeting', HELD_DAYS_AGO + 10);
    await this.commands.execute(
      new CallMeeting(called, id, {
        authority: EXAMPLE_AUTHORITY.authority,
        team,
        title: `${EXAMPLE_TEAM.name}: summer meeting`,
        startsAt: `${story.day(-HELD_DAYS_AGO)}T10:00:00.000Z`,
        place: 'The library, room 2',
        openness: 'open',
      }),
    );
    const body = outcomesOf(
      (name) => story.id(`person ${name}`),
      (days) => story.day(days),
    );
    return this.commands.execute(new RecordOutcomes(story.at('outcomes', 0, 'note-taker'), id, body));
  }

  private teller(): Storyteller {
    const now = this.clock.now();
    const day = (inDays: number): string =>
      new Date(Date.parse(`${now.today}T12:00:00Z`) + inDays * 86_400_000).toISOString().slice(0, 10);
    return {
      day,
      id: (name) => uuid5(EXAMPLE, name),
      at: (name, daysAgo, role = 'chair') => ({
        commandId: uuid5(EXAMPLE, `command ${name}`),
        actor: { role, ref: uuid5(EXAMPLE, `staff ${role}`) },
        // Judged by the day on which it happened; written down now, and every page says so.
        now: { instant: now.instant, today: day(-daysAgo) },
        occurredAt: daysAgo === 0 ? now.instant : `${day(-daysAgo)}T12:00:00.000Z`,
      }),
    };
  }
}
