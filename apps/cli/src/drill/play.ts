/** One tampering that was played, and what came of it: for a person to read, and for a program to count. */
export interface Play {
  readonly id: string;
  /** What was done, in one sentence. */
  readonly done: string;
  readonly found: boolean;
  /** Where it was found; empty when it was not. */
  readonly where: string;
  /** Whether that is where it was done. */
  readonly located: boolean;
  /** Who found it; empty when nobody did. */
  readonly by: string;
  /** In the words of whoever found it. */
  readonly says: string;
  /** What that means for whoever relies on the record; empty where it is said already. */
  readonly means: string;
}

export const isCaught = ({ found, located }: Play): boolean => found && located;

const verdictOf = (play: Play): string =>
  isCaught(play) ? 'Found.' : play.found ? 'FOUND, BUT NOT WHERE IT WAS DONE.' : 'NOT FOUND.';

const linesOf = (play: Play, number: number): string[] => [
  `${number}. ${play.done}`,
  `   ${verdictOf(play)}`,
  ...(play.where ? [`   Where: ${play.where}`] : []),
  ...(play.by ? [`   By: ${play.by}`] : []),
  ...(play.says ? [`   It says: ${play.says}`] : []),
  ...(play.means ? [`   What it means: ${play.means}`] : []),
];

export const playLines = (plays: readonly Play[]): string[] => [
  ...plays.flatMap((play, at) => [...linesOf(play, at + 1), '']),
  `${plays.length} tamperings played on a record made for it: ${plays.filter(isCaught).length} found and located.`,
];
