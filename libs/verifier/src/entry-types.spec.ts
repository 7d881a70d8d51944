import { Book } from './book.js';
import { TYPE_RULES } from './domain-rules.js';
import { EntryTypes } from './entry-types.js';
import { Machine } from './machine.js';

describe('types of entries', () => {
  const types = (): EntryTypes => new EntryTypes(new Book(new Machine(), 0, false), TYPE_RULES, false, () => 0);

  it('are made known to the machine, with what it may see by itself', () => {
    const all = types();
    expect(['decision-made.v1', 'commitment-made.v1', 'team-formed.v1'].map((each) => all.add(each))).toEqual([true, true, true]); // prettier-ignore
  });
  it('are not, once there are more of them than it has room for', () => {
    const all = types();
    for (let at = 0; at < 4_095; at += 1) all.of(`made-up-${at}.v1`);
    expect([all.add('decision-made.v1'), all.add('commitment-made.v1')]).toEqual([true, false]);
  });
});
