import { Command, Option } from 'commander';
import {
  account,
  type Account,
  type Asker,
  GRANTABLE,
  grantRole,
  startAccount,
  stopAccount,
  withdrawRole,
} from '#accounts/account';
import type { AccountEvent } from '#accounts/account.events';
import { ListAccountsHandler } from '#accounts/accounts.queries';
import { StaffAccounts } from '#accounts/staff-accounts';
import type { Engine } from '#engine/engine';
import { randomId } from '#event-store/ids';
import type { Decided } from '#kernel/aggregate';
import type { Role } from '#kernel/codes';
import { People } from '#participants/people';
import { print, tell, withEngine } from '../with-engine.js';

const CATCH_UP_MS = 600_000;
const PAGE = 200;
const OPERATOR: Asker = { by: 'operator' };
type Act = (state: Account) => Decided<AccountEvent>;

/** Whoever holds the data folder may do this; the record says "operator", because it cannot know who that was. */
export const accountCommand = (): Command =>
  new Command('account')
    .description('People who sign in with their council’s account: who there is, and what each may do')
    .addCommand(listCommand())
    .addCommand(roleCommand('grant', 'Give a role by hand; the council’s own sign-in does not take it away', grantRole))
    .addCommand(roleCommand('withdraw', 'Take a role away; it stops counting at the next request', withdrawRole))
    .addCommand(stateCommand('stop', 'Let nobody in under this account, from the next request on', stopAccount))
    .addCommand(stateCommand('start', 'Let the account be used again', startAccount));

const listCommand = (): Command =>
  new Command('list')
    .description('Every account with its roles; names are shown on this screen and stand nowhere in the record')
    .option('--authority <code>', 'only those of one council, like essex')
    .option('--json', 'print one JSON object a line: { id, name, authority, stopped, roles }')
    .action(async ({ authority, json }: { authority?: string; json?: true }) => {
      await withEngine(async (engine) => {
        await engine.caughtUp(await engine.store.head(), CATCH_UP_MS);
        const names = new StaffAccounts(engine.vault, engine.recorder, new People(engine.vault));
        const list = new ListAccountsHandler(engine.rows);
        let after: string | undefined;
        let count = 0;
        do {
          const filter = { limit: PAGE, ...(authority && { authority }), ...(after && { after }) };
          const { items, next } = await list.execute({ filter } as Parameters<typeof list.execute>[0]);
          for (const { id, authority: of, stopped, roles } of items) {
            const held = roles.map((each) => ({ role: each.role, authority: each.authority || null }));
            const name = names.get(id)?.name ?? '(name not kept)';
            count++;
            if (json) print(JSON.stringify({ id, name, authority: of, stopped: stopped === 1, roles: held }));
            else
              print(
                `${id}\t${of}\t${name}\t${stopped === 1 ? 'stopped' : held.map(({ role }) => role).join(', ') || 'no role'}`,
              );
          }
          after = next ?? undefined;
        } while (after !== undefined);
        if (count === 0 && !json) tell('Nobody has signed in with a council’s account yet.');
      });
    });

const roleCommand = (name: string, description: string, decide: typeof grantRole): Command =>
  new Command(name)
    .description(description)
    .argument('<account>', 'its id, from `account list`')
    .addOption(new Option('--role <role>', 'which role').choices(GRANTABLE).makeOptionMandatory())
    .option('--authority <code>', 'the council; left out: every council, for regional scrutiny and administrators')
    .action(async (id: string, { role, authority }: { role: Role; authority?: string }) => {
      await act(id, (state) => decide(state, { role, ...(authority && { authority }) }, OPERATOR));
    });

const stateCommand = (name: string, description: string, decide: typeof stopAccount): Command =>
  new Command(name)
    .description(description)
    .argument('<account>', 'its id, from `account list`')
    .action(async (id: string) => {
      await act(id, (state) => decide(state, OPERATOR));
    });

const act = (id: string, decide: Act): Promise<void> =>
  withEngine(async (engine: Engine) => {
    const actor = { role: 'administrator', ref: 'command-line' };
    const context = { commandId: randomId(), actor, now: engine.clock.now() };
    const { position } = await engine.recorder.act(account, id, context, decide);
    print(position === null ? 'It is so already. Nothing was recorded.' : 'Recorded.');
  });
