import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { PersonAccounts } from '#accounts/person-accounts';
import { answerRequest, makeRequest } from '#contributions/asked-of-us';
import { Cards } from '#contributions/cards';
import { contribution, correctContribution, giveContribution, withdrawContribution } from '#contributions/contribution';
import type { ContributionEvent } from '#contributions/contribution.events';
import { giveReply } from '#contributions/replies';
import { stopClock } from '#contributions/reply-clock-rules';
import { Letters } from '#data-requests/letters';
import { randomId } from '#event-store/ids';
import type { Decided } from '#kernel/aggregate';
import { nowAt } from '#kernel/time';
import { participant, registerParticipant } from '#participants/participant';
import { People } from '#participants/people';
import { promiseServiceChange, serviceChange } from '#service-changes/service-change';
import { SealedFiles } from '#vault/sealed-files';
import { VaultRecords } from '#vault/vault-records';
import { WhoIsAsking } from '../../apps/server/src/edge/who-is-asking.js';
import type { TestServer } from '../http/server.js';

export const context = () => ({ commandId: randomId(), actor: { role: 'data-protection-officer', ref: 'tests' }, now: nowAt(new Date()) }); // prettier-ignore
/** Beside the data folder of a test server. */
export const placesOf = ({ engine }: TestServer) => {
  const folder = join(engine.settings.dataDir, '..');
  return { folder, dataDir: engine.settings.dataDir, keyFile: join(folder, 'data-keys/master.key'), erasures: join(folder, 'data-erasures') }; // prettier-ignore
};

/** No dictionary has it, and no two share three letters in a row but by chance. */
const LETTERS = 'bcdfghjklmnpqrstvwxz';
const canaryOf = (n: number): string =>
  [...createHash('sha256').update(`canary ${n}`).digest().subarray(0, 16)].map((byte) => LETTERS[byte % LETTERS.length]).join(''); // prettier-ignore

/** Words that can be found again anywhere. */
export class Canaries {
  readonly planted: { readonly kind: string; readonly canary: string }[] = [];

  /** @param first so that two lists have no word in common. */
  constructor(private readonly first = 1) {}

  plant(kind: string): string {
    const canary = canaryOf(this.first + this.planted.length);
    this.planted.push({ kind, canary });
    return `Say "${canary}" – é`;
  }
}

/** A person, and one of every kind of personal field in each of `count` views. */
export const somebody = async (
  server: TestServer,
  canaries: Canaries,
  count: number,
  authority = 'essex',
): Promise<{ person: string; views: string[] }> => {
  const { recorder, vault } = server.engine;
  const plant = (kind: string): string => canaries.plant(kind);
  const person = randomId();
  await recorder.act(participant, person, context(), (state) => registerParticipant(state, { authority }));
  const views: string[] = [];
  for (let n = 0; n < count; n++) {
    const [view, asked, lettered, promised] = [randomId(), randomId(), randomId(), randomId()];
    views.push(view);
    // One person has one name: the last of 25 is what is kept, and what was there before must be gone as well.
    await new People(vault).put(person, { authority, name: plant('name'), contact: plant('contact'), format: null }); // prettier-ignore
    const file = await new SealedFiles(vault).put(person, `contribution-${view}`, { type: 'image/png', bytes: Buffer.from(plant('file')) }); // prettier-ignore
    await new Letters(vault).put(lettered, { authority, name: plant('asker'), contact: plant('asker-contact'), words: plant('letter'), answer: plant('letter-answer'), person }); // prettier-ignore
    await new VaultRecords(vault.database, 'draft').put(randomId(), { people: [{ id: person, note: plant('draft') }] });
    await server.app.get(Cards, { strict: false }).register(Cards.firstCardOf(view), view);
    const session = { card: Cards.firstCardOf(view), contribution: view };
    await server.app.get(WhoIsAsking, { strict: false }).cardSessions.start(view, session, Date.now());
    const persons = new PersonAccounts(vault);
    const address = plant('address');
    const account = persons.idOf(address);
    await persons.open(account, address, '2026-01-01');
    await persons.keep(account, session);
    await persons.wish(account, 'text', plant('news-to'));
    const now = context().now;
    const acts: ((state: never) => Decided<ContributionEvent>)[] = [
      (state) =>
        giveContribution(state, view, {
          authority, participant: person, words: plant('words'), channel: 'online', capacity: 'uses-services', voice: 'helped', helper: plant('helper'),
          agreed: true, attribution: 'name', language: 'pl', translation: { words: plant('translation'), by: 'a translator' }, media: [{ kind: 'photo', description: plant('picture'), file }],
        }),
      (state) => makeRequest(state, view, { request: asked, kind: 'call-me', note: plant('request'), contact: plant('request-contact') }),
      (state) => answerRequest(state, view, { request: asked, answer: plant('request-answer'), by: 'chair' }),
      (state) => stopClock(state, view, { reason: 'other', words: plant('clock') }, { today: now.today, days: 20 }),
      (state) => giveReply(state, view, { channel: 'letter', format: 'plain', givenAt: now.instant, byRole: 'chair', words: plant('reply') }, now.instant),
      (state) => correctContribution(state, view, { words: plant('correction'), why: plant('correction-why') }),
    ]; // prettier-ignore
    if (n === 1) acts.push((state) => withdrawContribution(state, view, plant('withdrawal')));
    for (const act of acts) await recorder.act(contribution, view, { ...context(), now }, act as never);
    // In a promise they are one of two: what was promised is not theirs.
    await recorder.act(serviceChange, promised, context(), (state) =>
      promiseServiceChange(state, promised, {
        authority, decision: randomId(), what: 'Run the bus until 8pm.', owner: { person, name: plant('owner'), role: 'manager' }, due: '2099-01-01', proofWanted: 'x', checker: { role: 'A rider', name: 'Kept Checker' },
      }, now.today),
    ); // prettier-ignore
  }
  await server.engine.caughtUp(await server.engine.store.head());
  return { person, views };
};

/** Ways in which words may stand in a file; parts of eight letters find what was cut, stemmed or split. */
export const formsOf = (canary: string): string[] => {
  const latin = (bytes: Buffer): string => bytes.toString('latin1');
  const utf16 = Buffer.from(canary, 'utf16le');
  const base64 = [0, 1, 2].map((pad) =>
    Buffer.from(`${' '.repeat(pad)}${canary}`)
      .toString('base64')
      .slice(4, -4),
  );
  const parts = [0, 4, 8].map((at) => canary.slice(at, at + 8));
  return [...parts, canary.toUpperCase(), latin(utf16), latin(Buffer.from(utf16).swap16()), Buffer.from(canary).toString('hex'), ...base64]; // prettier-ignore
};
