import { fields } from '#kernel/shape';
import { readShapedFile } from '#kernel/shaped-file';
import { pledgeShapes, type PledgeVersion } from './pledge.events.js';
import { pledgeProblems } from './pledge-problems.js';

const shape = fields(pledgeShapes);

/** Reads a pledge from the text of a file. @throws ShapedFileError */
export const readPledge = (text: string, file: string): PledgeVersion =>
  readShapedFile(text, file, shape, pledgeProblems);
