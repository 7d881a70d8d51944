import cookie from '@fastify/cookie';
import { ConsoleLogger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import type { Engine } from '#engine/engine';
import { factPaths } from '#facts/facts-openapi';
import type { SignerClient } from '#ledger/signer-client';
import { AppModule } from './app.module.js';
import type { Config } from './config.js';
import { strictBodies } from './edge/bad-input.js';
import { useBodyParsers } from './edge/body-parsers.js';
import { countRefusals } from './edge/count-refusals.js';
import { Counted } from './edge/counted.js';
import { ErrorsFilter } from './edge/errors.filter.js';
import { answerNoHttp, useHeaders } from './edge/headers.js';
import { noticeReads } from './edge/notice-reads.js';
import { openLog } from './log/open-log.js';
import { Pages } from './shell/pages.js';
import { registerShell } from './shell/register-shell.js';

const MEGABYTE = 1_048_576;

/** Builds the server as it runs: main.ts and every test that speaks HTTP use this and nothing else. */
export const createApp = async (
  engine: Engine,
  config: Config,
  signer?: SignerClient,
): Promise<NestFastifyApplication> => {
  const log = await openLog(engine, config, signer);
  const isHttps = config.baseUrl.startsWith('https://');
  const errors = new ErrorsFilter((problem, said, request, reply) =>
    app.get(Pages).error(request, reply, problem, said),
  );
  const adapter = new FastifyAdapter({
    clientErrorHandler: answerNoHttp(isHttps),
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) =>
      errors.answer(error, request, reply),
    // An address without a host gets an answer of ours and not Node's own, which carries no headers.
    http: { requireHostHeader: false },
    bodyLimit: MEGABYTE,
    trustProxy: config.proxies.length > 0 ? [...config.proxies] : false,
    routerOptions: { maxParamLength: 200, ignoreTrailingSlash: false, caseSensitive: true },
    requestTimeout: 30_000,
  });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.on(engine, config, log), adapter, {
    logger:
      config.logLevel !== 'silent' &&
      new ConsoleLogger({ json: config.logFormat === 'json', logLevels: levelsUpTo(config.logLevel) }),
    bodyParser: false,
  });
  const fastify = app.getHttpAdapter().getInstance();
  useHeaders(fastify, isHttps);
  noticeReads(fastify, engine);
  countRefusals(fastify, () => app.get(Counted));
  useBodyParsers(fastify);
  await app.register(cookie as never);
  app.useGlobalPipes(strictBodies());
  await registerShell(app);
  app.useGlobalFilters(errors);
  const document = SwaggerModule.createDocument(
    app,
    new DocumentBuilder()
      .setTitle('Throughline')
      .setDescription('From a view to a checked change.')
      .setVersion('1')
      .addBearerAuth()
      .setOpenAPIVersion('3.1.0')
      .build(),
  );
  Object.assign(document.paths, factPaths());
  fastify.get('/api/openapi.json', (_request, reply) => reply.type('application/json').send(document));
  app.enableShutdownHooks();
  await app.init();
  return app;
};

/** The framework's own start-up chatter is for `debug`; `info` is what an operator wants to read. */
const levelsUpTo = (level: Exclude<Config['logLevel'], 'silent'>) =>
  level === 'debug'
    ? (['fatal', 'error', 'warn', 'log', 'debug'] as const).slice()
    : (['fatal', 'error', 'warn'] as const).slice(0, ['fatal', 'error', 'warn', 'info'].indexOf(level) + 1);
