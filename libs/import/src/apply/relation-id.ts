import { uuid5 } from '#event-store/ids';

/** The stream of a relation: the same two things, related in the same way, are one relation. */
export const relationId = (from: string, to: string, as: string): string => uuid5(from, `${as} ${to}`);
