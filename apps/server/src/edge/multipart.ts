import { SetMetadata } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { kindOf, LONGEST_FILE } from './uploads.js';
import { UnreadableBody } from './body-parsers.js';
import type { FieldProblem } from './bad-input.js';

export const TAKES_FILES = 'throughline:takes-files';
/** Only a route that declares it is sent forms with files; elsewhere they are refused unread. */
export const TakesFiles = (): MethodDecorator => SetMetadata(TAKES_FILES, true);

export interface UploadedFile {
  readonly field: string;
  readonly type: string;
  readonly media: NonNullable<ReturnType<typeof kindOf>>['media'];
  readonly bytes: Uint8Array;
}

export interface Uploaded {
  readonly fields: Readonly<Record<string, string>>;
  readonly files: readonly UploadedFile[];
  readonly problems: readonly FieldProblem[];
}

/** A form with files, read in one pass. A file is judged by its first bytes; its name is thrown away. */
export const readMultipart = async (request: FastifyRequest): Promise<Uploaded> => {
  const fields: Record<string, string> = {};
  const files: UploadedFile[] = [];
  const problems: FieldProblem[] = [];
  for await (const part of request.parts()) {
    const pointer = `/${part.fieldname}`;
    if (part.type === 'field') {
      const value = String(part.value);
      if (!value.isWellFormed() || value.includes('\ufffd'))
        throw new UnreadableBody('The text is not valid UTF-8. Check special characters and send it again.');
      fields[part.fieldname] = value.replaceAll('\r\n', '\n');
      continue;
    }
    const bytes = await part.toBuffer().catch(() => undefined);
    if (!bytes)
      problems.push({
        pointer,
        code: 'file-too-large',
        detail: `This file is too large. Use a file of ${LONGEST_FILE / 1_048_576} MB or less.`,
      });
    else if (bytes.length > 0) {
      const kind = kindOf(bytes);
      if (kind) files.push({ field: part.fieldname, ...kind, bytes });
      else
        problems.push({
          pointer,
          code: 'file-kind',
          detail:
            'We cannot take this kind of file. Use a photo (JPG, PNG, GIF, WebP) or a recording (MP3, WAV, OGG, M4A, MP4, WebM).',
        });
    }
  }
  return { fields, files, problems };
};
