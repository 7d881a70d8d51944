import { SetMetadata } from '@nestjs/common';
import type { Role } from '#kernel/codes';

/** `anyone`: no account, no card. `card`: the holder of a take-home card, for their own view only. */
export type Permission = 'anyone' | 'card' | Role;

export const ALLOW = 'throughline:allow';

/** Declares who may use a route. A route without it is refused by the guard and fails the build's route test. */
export const Allow = (...who: readonly (Permission | readonly Permission[])[]): MethodDecorator & ClassDecorator =>
  SetMetadata(ALLOW, who.flat());
