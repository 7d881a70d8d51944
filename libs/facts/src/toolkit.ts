import type { Aggregate, Decided } from '#kernel/aggregate';
import { refuse } from '#kernel/refusal';
import { canonicalJson } from '#event-store/canonical-json';
import { uuid5 } from '#event-store/ids';
import { toolkitProblems } from './read-toolkit.js';
import type { Toolkit, ToolkitEvent } from './toolkit.events.js';

const TOOLKITS = '9c1f5e0a-6f7b-5a58-8f6d-3a4be0c7d215';

/** One version of a toolkit has a stream of its own: the same file loaded anywhere leads to the same one. */
export const toolkitId = ({ toolkit, version }: Toolkit): string => uuid5(TOOLKITS, JSON.stringify([toolkit, version]));

export interface PublishedToolkit {
  readonly published?: Toolkit;
}

export const toolkit: Aggregate<PublishedToolkit, ToolkitEvent> = {
  category: 'toolkit',
  initial: {},
  about: () => ({}),
  evolve: (state, event) => ((event.type as string) === 'ToolkitPublished' ? { published: event.data } : state),
};

/** A version once published never changes: ratings refer to its words. The same file again adds nothing. */
export const publishToolkit = (
  { published }: PublishedToolkit,
  given: Toolkit,
  shipped: readonly Toolkit[],
): Decided<ToolkitEvent> => {
  const [problem] = toolkitProblems(given);
  if (problem) return refuse('toolkit-wrong', problem.reason, problem.path);
  const same = published ?? shipped.find((each) => each.toolkit === given.toolkit && each.version === given.version);
  if (same === undefined) return [{ type: 'ToolkitPublished', data: given }];
  if (canonicalJson(same) === canonicalJson(given)) return [];
  return refuse(
    'version-taken',
    `Version ${given.version} of ${given.toolkit} was published with other words. Give the new words a version of their own.`,
    '/version',
  );
};
