import { SetMetadata } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { kindOf, LONGEST_FILE } from './uploads.js';
import { UnreadableBody } from './body-parsers.js';
import type { FieldProblem } from './bad-input.js';
import type { Scanned } from './virus-scan.js';

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

const DETAILS = {
  'file-too-large': `This file is too large. Use a file of ${LONGEST_FILE / 1_048_576} MB or less.`,
  'file-kind':
    'We cannot take this kind of file. Use a photo (JPG, PNG, GIF, WebP) or a recording (MP3, WAV, OGG, M4A, MP4, WebM).',
  'file-infected': 'This file holds a virus. We did not keep it. Use another file.',
  'file-unchecked':
    'We cannot check files for viruses just now, so we did not keep it. Send your words without it, or try again later.',
} as const;
const FAULT_OF: Readonly<Record<Scanned, keyof typeof DETAILS | undefined>> = {
  clean: undefined,
  none: undefined,
  infected: 'file-infected',
  unchecked: 'file-unchecked',
};

type Scan = (bytes: Uint8Array) => Promise<Scanned>;

/** A form with files, read in one pass. A file is judged by its first bytes; its name is thrown away. */
export const readMultipart = async (request: FastifyRequest, scan: Scan): Promise<Uploaded> => {
  try {
    return await readParts(request, scan);
  } catch (error) {
    // What the reader of parts has a status for is told as it is; anything else is a body that is no form.
    if (typeof (error as { statusCode?: unknown }).statusCode === 'number') throw error;
    throw new UnreadableBody('The form cannot be read. Open the page and send it again.');
  }
};

const readParts = async (request: FastifyRequest, scan: Scan): Promise<Uploaded> => {
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
    const bytes = await part.toBuffer();
    if (bytes.length === 0) continue;
    const kind = kindOf(bytes);
    const fault = part.file.truncated ? 'file-too-large' : !kind ? 'file-kind' : FAULT_OF[await scan(bytes)];
    if (fault) problems.push({ pointer, code: fault, detail: DETAILS[fault] });
    else if (kind) files.push({ field: part.fieldname, ...kind, bytes });
  }
  return { fields, files, problems };
};
