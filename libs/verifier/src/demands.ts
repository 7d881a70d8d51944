import { at } from './envelope.js';
import type { RuleContext } from './domain-rules.js';
import { type Demand, EACH_SAYS, IS_SEALED, IS_THERE, LINKS, NAMES, NAMES_EACH } from './rule.js';

const isFull = (list: unknown, name: string): boolean =>
  Array.isArray(list) && list.length > 0 && list.every((_, which) => at(list, `/${which}/${name}`));

/** Says what an entry lacks of what its rule asks. */
export const judgeDemand = ({ kind, path, text = '', category = '', isOfOurs, says }: Demand, context: RuleContext): void => {
  const { entry, names, namesMember, breaks } = context;
  if (isOfOurs && entry.isImported) return;
  const member = path.slice(1);
  if (kind === NAMES) namesMember(category, member, says);
  else if (kind === NAMES_EACH) {
    const list = entry.data[member];
    if (Array.isArray(list)) for (const id of list as unknown[]) names(category, id, says);
  } else if (kind === LINKS) {
    if (!context.links.add(entry.data[member])) breaks(says);
  } else if (
    (kind === IS_SEALED && !entry.sealed.some(({ pointer }) => pointer === path)) ||
    (kind === IS_THERE && at(entry.data, path) === undefined) ||
    (kind === EACH_SAYS && !isFull(at(entry.data, path), text))
  )
    breaks(says);
}; // prettier-ignore
