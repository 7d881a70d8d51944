import { uuid5 } from '#event-store/ids';
import type { CommandContext, Recorder } from '#event-store/recorder';
import { Refusal, Refusals } from '#kernel/refusal';
import type { Authorities, AuthorityRow } from './authorities.js';
import { authority, type AuthorityFacts, registerAuthority } from './authority.js';
import { authorityId } from './authority-id.js';

/**
 * Registers the councils of a file; those that are known just so are left alone.
 * @returns how many were new
 * @throws Refusals when the record knows one otherwise: then none is registered.
 */
export const loadCouncils = async (
  recorder: Recorder,
  authorities: Authorities,
  councils: readonly AuthorityFacts[],
  context: CommandContext,
): Promise<number> => {
  const problems = councils.flatMap((given, n) => {
    const known = authorities.get(given.authority);
    if (!known || isSame(known, given)) return [];
    return [new Refusal('known-otherwise', `${given.authority} is in the record already, with other facts.`, `/${n}`)];
  });
  if (problems.length > 0) throw new Refusals(problems);
  let added = 0;
  for (const given of councils.filter((each) => !authorities.get(each.authority))) {
    const own = { ...context, commandId: uuid5(context.commandId, given.authority) };
    const acted = await recorder.act(authority, authorityId(given.authority), own, (state) =>
      registerAuthority(state, given),
    );
    added += acted.eventIds.length;
  }
  return added;
};

const isSame = (known: AuthorityRow, { name, gss, validFrom }: AuthorityFacts): boolean =>
  known.name === name && known.gss === (gss ?? null) && known.valid_from === (validFrom ?? null);
