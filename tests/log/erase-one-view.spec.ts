import { randomId } from '#event-store/ids';
import { decodeLeaf, sealedRefOf } from '#event-store/leaf';
import { nowAt } from '#kernel/time';
import { participant, registerParticipant } from '#participants/participant';
import { called, outcomes, view } from '../http/bodies.js';
import { Client } from '../http/client.js';
import { startServer, type TestServer } from '../http/server.js';

const BASIS = { basis: 'objection' } as const;

/** One person with several views: what is done with one must not stop at its own stream, and not reach the others. */
describe('one of several views of one person', () => {
  let server: TestServer;
  let chair: Client;
  let person: string;
  beforeEach(async () => {
    server = await startServer();
    chair = await Client.as(server, 'chair');
    person = randomId();
    await server.engine.recorder.act(participant, person, context(), (state) =>
      registerParticipant(state, { authority: 'essex' }),
    );
  });
  afterEach(() => server.close());
  const context = () => ({
    commandId: randomId(),
    actor: { role: 'data-protection-officer', ref: 'tests' },
    now: nowAt(new Date()),
  });
  const told = (ref: string, words: string) => ({ ref, participant: person, words, capacity: 'uses-services', voice: 'helped', helper: `${words} helper`, agreed: true, attribution: 'group', readBack: true }); // prettier-ignore
  /** Two views of theirs, told at one meeting. */
  const twoAtAMeeting = async (): Promise<{ one: string; two: string; decided: string }> => {
    const { meeting } = await called(chair);
    const body = outcomes();
    body.discussions[0]?.contributions.push(told('one', 'First of two'), told('two', 'Second of two'));
    const answers = body.discussions[0]?.decisions[0]?.answers as { contribution: string; effect: string }[];
    answers.push({ contribution: 'one', effect: 'helped' }, { contribution: 'two', effect: 'heard' });
    const { contributions, decisions } = await chair.made(`/meetings/${meeting}/outcomes`, body);
    const { one = '', two = '' } = contributions as Record<string, string>;
    return { one, two, decided: (decisions as Record<string, string>)['d1'] ?? '' };
  };
  /** Every sealed text that still opens, wherever it stands in the log. */
  const opened = async (): Promise<string[]> => {
    const all: string[] = [];
    for await (const { leaf: bytes } of server.engine.store.readAll()) {
      const leaf = decodeLeaf(bytes);
      for (const [pointer, field] of Object.entries(leaf.sealed)) {
        const found = server.engine.vault.open(sealedRefOf(leaf, pointer, field));
        if (found.state === 'readable') all.push(`${leaf.stream.split('-')[0]}: ${JSON.stringify(found.value)}`);
      }
    }
    return all.filter((each) => /of two|"understood"/.test(each));
  };

  it('erased, its words are nowhere, also not as the meeting noted them, nor what was said with its card; the other is whole', async () => {
    const { one, two, decided } = await twoAtAMeeting();
    for (const [contribution, word] of [
      [one, 'First'],
      [two, 'Second'],
    ] as const) {
      await chair.made(`/decisions/${decided}/review-requests`, { contribution, why: `${word} of two asks why` });
      await Client.card(server, contribution).made(`/contributions/${contribution}/understanding`, {
        understood: 'no',
      });
    }
    expect(await opened()).toHaveLength(12);
    await server.engine.eraser.erase(one, context(), BASIS);
    const left = await opened();
    expect(left.filter((each) => each.includes('First') || each.includes(one))).toEqual([]);
    expect(left).toHaveLength(6);
    await server.engine.eraser.erase(person, context(), BASIS);
    expect(await opened()).toEqual([]);
  });

  it('a hold on the person keeps each of their views, and a hold on a view keeps the person', async () => {
    const { id: one } = await chair.made('/contributions', { ...view(), participant: person });
    const { id: two } = await chair.made('/contributions', { ...view(), participant: person });
    const { eraser } = server.engine;
    const hold = await eraser.hold(person, context(), 'court');
    await expect(eraser.erase(one, context(), BASIS)).rejects.toMatchObject({ code: 'legal-hold' });
    await eraser.lift(person, context(), hold);
    await eraser.hold(two, context(), 'inquiry');
    await expect(eraser.erase(person, context(), BASIS)).rejects.toMatchObject({ code: 'legal-hold' });
    // What is not held may go.
    await eraser.erase(one, context(), BASIS);
    expect(server.engine.vault.forgetting.underWay()).toEqual([]);
  });
});
