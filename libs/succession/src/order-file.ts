import { code, date, fields, flag, list, optional, text } from '#kernel/shape';
import { emptyTexts, readShapedFile } from '#kernel/shaped-file';
import type { NewSuccession } from './succession.js';

/** An order of succession as people write it: teams and things by id, promises also by their number. */
const shape = fields({
  on: date,
  from: list(code),
  to: list(
    fields({
      authority: code,
      teams: optional(list(text)),
      things: optional(list(text)),
      otherwise: optional(flag),
    }),
  ),
  reason: text,
});

/** @throws ShapedFileError with file, place and reason */
export const readOrder = (content: string, file: string): NewSuccession =>
  readShapedFile(content, file, shape, (value) => emptyTexts(value, ''));
