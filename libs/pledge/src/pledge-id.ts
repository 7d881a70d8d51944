import { uuid5 } from '#event-store/ids';

const PLEDGES = '4f0a6b52-0c6e-5d0b-9d58-6d6f7e1a2b93';

/** The stream of a pledge follows from its code, so that the same file loaded anywhere leads to the same one. */
export const pledgeId = (code: string): string => uuid5(PLEDGES, code);
