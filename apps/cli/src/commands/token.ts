import { Command, Option } from 'commander';
import { Tokens } from '#identity/tokens';
import { ROLES, type Role } from '#kernel/codes';
import { print, tell, withEngine } from '../with-engine.js';

export const tokenCommand = (): Command =>
  new Command('token')
    .description('API tokens for machines')
    .addCommand(listCommand())
    .addCommand(revokeCommand())
    .addCommand(
      new Command('create')
        .description('Make a token and print it once. It is the last word of the last line.')
        .addOption(new Option('--role <role>', 'what the holder may do').choices(ROLES).makeOptionMandatory())
        .option(
          '--authority <code>',
          'the council it belongs to, like essex; left out: every council (administrators only)',
        )
        .option('--json', 'print { token, role, authority }')
        .action(async (given: { role: Role; authority?: string; json?: true }) => {
          if (!given.authority && given.role !== 'administrator' && given.role !== 'scrutiny-officer')
            throw new Error(`A ${given.role} belongs to one council. Add --authority, for example --authority essex.`);
          const token = await withEngine(async (engine) => {
            const known = engine.rows
              .all<{ code: string }>('SELECT code FROM authority ORDER BY code')
              .map(({ code }) => code);
            if (given.authority && !known.includes(given.authority))
              throw new Error(`There is no council ${given.authority}. Choose one of: ${known.join(', ')}.`);
            return new Tokens(engine.vault).create(given.role, given.authority, engine.clock.now().instant);
          });
          if (given.json) return print(JSON.stringify({ token, role: given.role, authority: given.authority ?? null }));
          tell('Keep this token safe. It cannot be shown again.');
          print(`Token: ${token}`);
        }),
    );

const listCommand = (): Command =>
  new Command('list')
    .description('Every token: its number, role, council and end; never the token itself')
    .option('--json', 'print one JSON object a line: { ref, role, authority, createdAt, endsAt }')
    .action(async ({ json }: { json?: true }) => {
      await withEngine(async (engine) => {
        const all = new Tokens(engine.vault).list();
        for (const { ref, role, authority, createdAt, endsAt } of all)
          print(
            json
              ? JSON.stringify({ ref, role, authority, createdAt, endsAt })
              : `${ref}\t${role}\t${authority ?? 'every council'}\tmade ${createdAt.slice(0, 10)}\tends ${endsAt.slice(0, 10)}`,
          );
        if (all.length === 0 && !json) tell('There is no token.');
      });
    });

const revokeCommand = (): Command =>
  new Command('revoke')
    .description('A token does not count from now on, in no process')
    .argument('<number>', 'as `token list` shows it')
    .action(async (ref: string) => {
      const done = await withEngine((engine) => new Tokens(engine.vault).revoke(ref));
      if (!done) throw new Error('There is no token with this number. See: throughline token list');
      print('Revoked.');
    });
