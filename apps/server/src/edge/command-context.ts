import {
  BadRequestException,
  type CallHandler,
  createParamDecorator,
  type ExecutionContext,
  Inject,
  Injectable,
  type NestInterceptor,
  SetMetadata,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { catchError, from, type Observable, switchMap, throwError } from 'rxjs';
import { Authorities } from '#authorities/authorities';
import { CLOCK } from '#projections/tokens';
import { commandId, randomId } from '#event-store/ids';
import { StoreUnavailable } from '#event-store/event-store';
import type { CommandContext } from '#event-store/recorder';
import { actorOf } from '#identity/who';
import type { Clock } from '#kernel/aggregate';
import { missing, refuse } from '#kernel/refusal';
import { Deliveries } from './deliveries.js';
import type { Asked } from './guard.js';

type Commanding = Asked & { command?: CommandContext };

/** Characters; more than any UUID or hash needs. */
const LONGEST_KEY = 200;

/** The hidden field in which a form carries its Idempotency-Key. */
export const KEY_FIELD = 'idempotencyKey';

/** Forms that save drafts or show themselves again may be sent many times with one key. */
const REPEATABLE = 'throughline:repeatable';
export const Repeatable = (): MethodDecorator => SetMetadata(REPEATABLE, true);

/** Who, when and which command: made once per request, before the handler. */
@Injectable()
export class CommandContextInterceptor implements NestInterceptor {
  constructor(
    private readonly deliveries: Deliveries,
    private readonly reflector: Reflector,
    private readonly authorities: Authorities,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<Commanding>();
    if (request.method === 'GET' || request.method === 'HEAD') return next.handle();
    const given = keyOf(request);
    const actor = actorOf(request.who);
    this.mustBeThere(request);
    const id = given === undefined ? randomId() : commandIdOf(request, given);
    // An authority's own people act within it; what belongs to another is not there for them.
    const within = (request.who.kind === 'staff' || request.who.kind === 'token') && request.who.authority;
    request.command = { commandId: id, actor, now: this.clock.now(), ...(within && { within }) };
    // A form with files is told from its retry where its files are looked at.
    if (given === undefined || request.uploaded || this.reflector.get(REPEATABLE, context.getHandler()))
      return next.handle();
    return from(this.deliveries.reserve(id, request.body, this.clock.now().instant)).pipe(
      switchMap((delivery) => {
        if (delivery === 'other')
          return throwError(() =>
            refuse(
              'key-reused',
              // A form carries its key where nobody sees it: whoever went back and typed something else wants both.
              typeof request.headers['idempotency-key'] === 'string'
                ? 'This Idempotency-Key was used before with another body. Use a new key.'
                : 'You sent this before, with other words. If you send it again, both count.',
              '/',
            ),
          );
        return next
          .handle()
          .pipe(
            catchError((error: unknown) => from(this.forget(id, error)).pipe(switchMap(() => throwError(() => error)))),
          );
      }),
    );
  }

  /** Someone who may act for every council still needs one that there is: elsewhere nobody would ever read it. */
  private mustBeThere({ who, body }: Commanding): void {
    const named = (body as Record<string, unknown> | undefined)?.['authority'];
    const acts = who.kind === 'staff' || who.kind === 'token';
    // Left out is left out: the form itself asks for it.
    if (!acts || typeof named !== 'string' || named === '') return;
    if (!this.authorities.get(named)) throw missing('council');
    const after = this.authorities.endedBy(named);
    if (after)
      throw refuse('council-ended', `This council is no more. Choose ${after.map(({ name }) => name).join(' or ')}.`, '/authority'); // prettier-ignore
  }

  /** After an unknown outcome the key must stay tied to its body; after a refusal it need not. */
  private async forget(id: string, error: unknown): Promise<void> {
    if (!(error instanceof StoreUnavailable)) await this.deliveries.release(id);
  }
}

/** One command per actor, route and key. */
const commandIdOf = (request: Asked, key: string): string => {
  const actor = actorOf(request.who);
  return commandId(
    `${actor.role} ${actor.ref}`,
    `${request.method} ${request.url.split('?')[0]}`,
    key.slice(0, LONGEST_KEY),
  );
};

const keyOf = (request: Commanding): string | undefined => {
  const header = request.headers['idempotency-key'];
  const field = (request.body as Record<string, unknown> | undefined)?.[KEY_FIELD];
  const key = typeof header === 'string' ? header : typeof field === 'string' ? field : undefined;
  // Quietly not counting a key would record a retry twice.
  if (key !== undefined && key.length > LONGEST_KEY)
    throw new BadRequestException(`The Idempotency-Key is too long. Use ${LONGEST_KEY} characters or fewer.`);
  return key || undefined;
};

/** The context of this request's command. */
export const Ctx = createParamDecorator(
  (_: unknown, context: ExecutionContext) => context.switchToHttp().getRequest<Commanding>().command,
);

/** Who is asking. */
export const Asking = createParamDecorator(
  (_: unknown, context: ExecutionContext) => context.switchToHttp().getRequest<Asked>().who,
);
