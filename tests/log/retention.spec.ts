import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PersonAccounts } from '#accounts/person-accounts';
import { contribution, giveContribution } from '#contributions/contribution';
import { Cards } from '#contributions/cards';
import { dataRequest, receiveRequest, takeDataRequestStep } from '#data-requests/data-request';
import { Letters } from '#data-requests/letters';
import { Engine } from '#engine/engine';
import { randomId } from '#event-store/ids';
import { Sessions } from '#identity/sessions';
import type { Now } from '#kernel/aggregate';
import { nowAt } from '#kernel/time';
import { callMeeting, meeting } from '#meetings/meeting';
import { participant, registerParticipant } from '#participants/participant';
import { People } from '#participants/people';
import { Retention } from '#retention/retention';
import { PERIODS } from '#retention/periods';
import { VaultRecords } from '#vault/vault-records';

const YEARS = 10;
const WEEK = 7 * 86_400_000;

let folder: string;
let engine: Engine;
let now: Now;
const context = () => ({ commandId: randomId(), actor: { role: 'data-protection-officer', ref: 'tests' }, now });
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'retention-'));
  now = nowAt(new Date('2027-01-01T12:00:00Z'));
  engine = Engine.open({ dataDir: join(folder, 'data'), clock: { now: () => now } });
  engine.start();
  await engine.whenSeeded();
});
afterEach(async () => {
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
});

/** One of everything that is kept for a time. Answers whose. */
const leaveThings = async (): Promise<string> => {
  const { recorder, vault } = engine;
  const [person, view, request, met] = [randomId(), randomId(), randomId(), randomId()];
  await recorder.act(participant, person, context(), (state) => registerParticipant(state, { authority: 'essex' }));
  await new People(vault).put(person, { authority: 'essex', name: 'Ann', contact: null, format: null });
  await recorder.act(contribution, view, context(), (state) =>
    giveContribution(state, view, { authority: 'essex', participant: person, words: 'Keep the bus', channel: 'online', capacity: 'uses-services', voice: 'own', attribution: 'hidden' }),
  ); // prettier-ignore
  await new Cards(vault, recorder).register(Cards.firstCardOf(view), view);
  const persons = new PersonAccounts(vault);
  const address = persons.idOf(`${person}@example.org`);
  await persons.open(address, `${person}@example.org`, now.today);
  await persons.keep(address, { contribution: view, card: Cards.firstCardOf(view) });
  await new VaultRecords(vault.database, 'staff-account').put(randomId(), { name: 'Jane Smith', lastSignIn: now.instant });
  await new Letters(vault).put(request, { authority: 'essex', name: 'Ann', contact: '01', words: null, answer: null, person });
  await recorder.act(dataRequest, request, context(), (state) => receiveRequest(state, { authority: 'essex', kind: 'copy', channel: 'online', receivedOn: now.today }, now.today)); // prettier-ignore
  await recorder.act(dataRequest, request, context(), (state) => takeDataRequestStep(state, { do: 'answer', outcome: 'done' }, now.today)); // prettier-ignore
  await recorder.act(meeting, met, context(), (state) => callMeeting(state, { authority: 'essex', team: randomId(), title: 'Monday', startsAt: now.instant })); // prettier-ignore
  await new VaultRecords<string>(vault.database, 'draft').put(met, 'typed');
  await engine.caughtUp(await engine.store.head());
  engine.reads.note({ role: 'chair', ref: 'r' }, now.instant, 'GET /x', [{ record: 'person', id: person, subject: person }]); // prettier-ignore
  await engine.reads.flush();
  vault.database.db.prepare('INSERT INTO request VALUES (?, ?, ?)').run(randomId(), new Uint8Array(32), now.instant);
  await new Sessions<string>(vault, 'staff', { idle: 1, absolute: 1 }).start('s', 'x', Date.parse(now.instant));
  return person;
}; // prettier-ignore
/** Rows of both kinds that a card has. */
const cardRows = (): number =>
  ['card', 'card-code'].reduce((all, kind) => all + new VaultRecords(engine.vault.database, kind).all().length, 0);
const sum = (counts: object): number => Object.values(counts as Record<string, number>).reduce((all, each) => all + each, 0); // prettier-ignore

it(`${YEARS} years of things leave nothing that is overdue, and what is held stays`, async () => {
  const retention = new Retention(engine.vault, engine.rows);
  const held = await leaveThings();
  await engine.eraser.hold(held, context(), 'court');
  const deleted: Record<string, number> = {};
  let [worst, dueAtAll] = [0, 0];
  for (let week = 0; week < YEARS * 52; week++) {
    now = nowAt(new Date(Date.parse(now.instant) + WEEK));
    if (week % 26 === 0) await leaveThings();
    dueAtAll += sum(retention.overdue(now));
    for (const [kind, count] of Object.entries(await retention.run(now))) deleted[kind] = (deleted[kind] ?? 0) + count;
    worst = Math.max(worst, sum(retention.overdue(now)));
  }
  expect(worst).toBe(0);
  expect(dueAtAll).toBeGreaterThan(50);
  expect(Object.entries(deleted).filter(([, count]) => count === 0)).toEqual([]);
  expect(Object.keys(deleted)).toEqual(PERIODS.map(({ kind }) => kind));
  expect(new People(engine.vault).get(held)?.name).toBe('Ann');
  expect(new Letters(engine.vault).about(held)).toHaveLength(1);
  expect(cardRows()).toBe(2 * new VaultRecords(engine.vault.database, 'card-code').all().length);
  console.log(JSON.stringify({ figure: 'retention', years: YEARS, overdue: worst, deleted }));
});
