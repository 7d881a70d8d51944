import { uuid5 } from '#event-store/ids';

const AUTHORITIES = '1f0c3a57-6a4e-5d0b-9b86-2f1d9a4c7e35';

/** The stream of a council or body that a file names follows from its code: two loads at once make one. */
export const authorityId = (code: string): string => uuid5(AUTHORITIES, code);
