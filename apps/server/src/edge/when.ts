import type { CommandContext } from '#event-store/recorder';
import { readOccurred } from '#kernel/occurred';
import { Refusal } from '#kernel/refusal';

/** When something happened, if a body says so; a day stays a day. @throws Refusal for a moment in the future. */
export const when = (
  given: string | undefined,
  { now }: CommandContext,
  pointer?: string,
): Pick<CommandContext, 'occurredAt' | 'about'> => {
  if (given === undefined) return {};
  const occurred = readOccurred(given, now, pointer);
  if (occurred instanceof Refusal) throw occurred;
  const { occurredAt, precision } = occurred;
  return { occurredAt, ...(precision && { about: { precision } }) };
};
