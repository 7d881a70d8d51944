import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { LogKeeper } from '#ledger/log-keeper';
import { PublishedLog } from '#ledger/published-log';
import { publicPolicy } from '#ledger/witness-policy';
import { parseVerifierKey } from '#transparency-log/key';
import { nodeSha256 } from '#transparency-log/node-sha256';
import type { Config } from '../config.js';
import { Allow } from '../edge/allow.js';
import { CONFIG } from '../shell/pages.js';
import type { OpenLog } from './open-log.js';

export const OPEN_LOG = Symbol('open-log');

const squeeze = promisify(gzip);
const TEXT = 'text/plain; charset=utf-8';
/** What is under such a name never changes. */
const FOR_EVER = 'public, max-age=31536000, immutable';
const BRIEFLY = 'public, max-age=5';
const NOT_SEALED = 'This is not in the record, or not sealed yet. What is recorded is sealed within a minute.\n';

/** The transparency log, as C2SP tlog-tiles and tlog-proof serve it: for anyone, from anywhere, and the same for all. */
@ApiExcludeController()
@Controller('log')
@Allow('anyone')
export class LogApi {
  constructor(
    private readonly published: PublishedLog,
    private readonly keeper: LogKeeper,
    @Inject(OPEN_LOG) private readonly log: OpenLog,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get('checkpoint')
  checkpoint(@Res() reply: FastifyReply): void {
    send(reply, this.published.checkpoint(), TEXT, BRIEFLY, 'Nothing is sealed yet.\n');
  }

  /** Hashes as they are; entries compressed for whoever takes that. */
  @Get('tile/*')
  async tile(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const rest = (request.params as Record<string, string>)['*'] ?? '';
    const tile = this.published.tile(`tile/${rest}`);
    const isEntries = tile?.kind === 'entries';
    if (isEntries) void reply.header('vary', 'accept-encoding');
    const packed = isEntries && takesGzip(request) ? await squeeze(tile.bytes) : undefined;
    if (packed) void reply.header('content-encoding', 'gzip');
    send(reply, packed ?? tile?.bytes, 'application/octet-stream', FOR_EVER, 'There is no such tile.\n');
  }

  @Get('proofs/:file')
  proofFile(@Param('file') file: string, @Res() reply: FastifyReply): void {
    const [, id] = /^(.*)\.tlog-proof$/.exec(file) ?? [];
    this.proof(id ?? '', reply);
  }

  @Get('proof/:id')
  proof(@Param('id') id: string, @Res() reply: FastifyReply): void {
    send(reply, isId(id) ? this.published.proof(id) : undefined, TEXT, BRIEFLY, NOT_SEALED);
  }

  /** The bytes that were hashed, letter for letter. */
  @Get('leaf/:id')
  leaf(@Param('id') id: string, @Res() reply: FastifyReply): void {
    const leaf = isId(id) ? this.published.leaf(id) : undefined;
    send(reply, leaf, 'application/json', FOR_EVER, NOT_SEALED);
  }

  /** To be compared with what is printed elsewhere: whoever serves the record could serve another key. */
  @Get('key')
  key(@Res() reply: FastifyReply): void {
    const vkey = this.keeper.published?.vkey;
    send(reply, vkey && `${vkey}\n`, TEXT, BRIEFLY, 'Nothing is sealed yet.\n');
  }

  @Get('policy')
  policy(@Res() reply: FastifyReply): void {
    const vkey = this.keeper.published?.vkey;
    const policy =
      vkey && publicPolicy(parseVerifierKey(vkey, nodeSha256), `${this.config.baseUrl}/log`, this.log.policy);
    send(reply, policy, TEXT, BRIEFLY, 'Nothing is sealed yet.\n');
  }

  /** How the seal stands, for machines: what the page says in words. */
  @Get('state')
  state(@Res() reply: FastifyReply): void {
    const { witness } = this.log;
    const watching = { vkey: witness?.vkey ?? null, logs: witness?.watched ?? [], conflicts: witness?.conflicts ?? [] };
    void reply.header('access-control-allow-origin', '*').send({ ...this.keeper.state(), watching });
  }
}

const isId = (id: string): boolean => /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id);

const takesGzip = ({ headers }: FastifyRequest): boolean =>
  /(?:^|,)\s*(?:x-)?gzip\s*(?:;\s*q=(?!0(?:\.0*)?\s*(?:,|$))[0-9.]+\s*)?(?:,|$)/i.test(
    headers['accept-encoding'] ?? '',
  );

/** A page saved from here may read it too, wherever it was opened. */
const send = (
  reply: FastifyReply,
  body: string | Uint8Array | undefined,
  type: string,
  cache: string,
  none: string,
): void => {
  void reply
    .status(body === undefined || body === '' ? 404 : 200)
    .header('access-control-allow-origin', '*')
    .header('cache-control', body ? cache : 'no-store')
    .type(body ? type : TEXT)
    .send(typeof body === 'string' || body === undefined ? body || none : Buffer.from(body));
};
