import multipart from '@fastify/multipart';
import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { LONGEST_FILE } from '../edge/uploads.js';
import { Views } from './views.js';

/** Assets under names that never change their content, and uploads. */
export const registerShell = async (app: NestFastifyApplication): Promise<void> => {
  await app.register(fastifyStatic, {
    root: app.get(Views).assetFolder,
    prefix: '/assets/',
    immutable: true,
    maxAge: 31_536_000_000,
    index: false,
  } as never);
  await app.register(multipart, {
    // A file that is too large is told as a problem of its field, beside the words that came with it.
    throwFileSizeLimit: false,
    limits: { fileSize: LONGEST_FILE, files: 3, fields: 40, fieldSize: 100_000, parts: 45 },
  });
};
