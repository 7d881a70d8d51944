import multipart from '@fastify/multipart';
import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { LONGEST_FILE } from '../edge/uploads.js';
import { Views } from './views.js';

const CSP = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "img-src 'self' data:",
  "media-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ');

/** Assets under names that never change their content, uploads, and the headers that every answer carries. */
export const registerShell = async (app: NestFastifyApplication, isHttps: boolean): Promise<void> => {
  await app.register(fastifyStatic, {
    root: app.get(Views).assetFolder,
    prefix: '/assets/',
    immutable: true,
    maxAge: 31_536_000_000,
    index: false,
  } as never);
  await app.register(multipart, {
    limits: { fileSize: LONGEST_FILE, files: 3, fields: 40, fieldSize: 100_000, parts: 45 },
  });
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onSend', async (_request, reply) => {
      void reply.headers({
        'content-security-policy': CSP,
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=()',
        ...(isHttps && { 'strict-transport-security': 'max-age=31536000; includeSubDomains' }),
      });
    });
};
