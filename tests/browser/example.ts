import { Cards } from '#contributions/cards';
import { ExampleLoader } from '#example/load-example';
import type { TestServer } from '../http/server.js';

export interface Example {
  /** Take-home codes by the name that the story gives a view. */
  readonly codes: Readonly<Record<string, string>>;
  readonly promises: Readonly<Record<string, string>>;
  readonly nextMeeting: string;
}

/** The worked example, loaded as its button does it. */
export const loadExample = async ({ app, engine }: TestServer): Promise<Example> => {
  await engine.caughtUp(await app.get(ExampleLoader, { strict: false }).load());
  const cards = app.get(Cards, { strict: false });
  const views = engine.rows.all<{ ref: string; item: string }>(
    `SELECT ref, item FROM meeting_outcome WHERE kind = 'contribution'`,
  );
  const decisions = engine.rows.all<{ ref: string; item: string }>(
    `SELECT ref, item FROM meeting_outcome WHERE kind = 'decision'`,
  );
  const promises = engine.rows.all<{ id: string; decision: string }>('SELECT id, decision FROM service_change');
  const next = engine.rows.get<{ id: string }>('SELECT id FROM meeting WHERE recorded_at IS NULL');
  return {
    codes: Object.fromEntries(views.map(({ ref, item }) => [ref, cards.codeOf(Cards.firstCardOf(item)) ?? ''])),
    promises: Object.fromEntries(
      promises.map(({ id, decision }) => [decisions.find(({ item }) => item === decision)?.ref ?? '', id]),
    ),
    nextMeeting: next?.id ?? '',
  };
};
