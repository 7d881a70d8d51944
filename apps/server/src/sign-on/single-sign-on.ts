import { Inject, Injectable } from '@nestjs/common';
import * as oidc from 'openid-client';
import { SealedCookie } from '#identity/sealed-cookie';
import { UsedOnce } from '#identity/used-once';
import type { Clock } from '#kernel/aggregate';
import type { Role } from '#kernel/codes';
import { CLOCK } from '#projections/tokens';
import { Vault } from '#vault/vault';
import type { Config } from '../config.js';
import { CONFIG } from '../shell/pages.js';
import { CLOCK_TOLERANCE, faultOf, nameIn, rolesOf, waysIn } from './id-token-rules.js';
import type { SignOnProvider } from './oidc-file.js';

/** What this browser must still have when it comes back from the provider. Sealed, in a cookie of its own, ten minutes. */
interface Begun {
  readonly authority: string;
  readonly issuer: string;
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  readonly next: string;
}

/** Somebody whom their council's own sign-in knows. */
export interface SignedOn {
  readonly issuer: string;
  readonly subject: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly acr: string | null;
  readonly amr: string | null;
  readonly next: string;
}

/** `reason` is one of ours, for the log; what the provider or the browser wrote is never repeated. */
export class SignOnRefused extends Error {
  constructor(readonly reason: string) {
    super(`single sign-on refused: ${reason}`);
    this.name = 'SignOnRefused';
  }
}

const TEN_MINUTES = 600_000;
/** Seconds. A provider that does not answer must not hold requests. */
const PATIENCE = 8;

/**
 * OpenID Connect, authorization code flow with PKCE, `state` and `nonce` (RFC 9700). The code is taken at an address of the
 * provider's own, so that a code of one council cannot be brought to another (mix-up); the ID token's signature is always
 * checked, although it came over TLS.
 */
@Injectable()
export class SingleSignOn {
  private readonly begun: SealedCookie<Begun>;
  private readonly states: UsedOnce;
  private readonly known = new Map<string, Promise<oidc.Configuration>>();

  constructor(
    vault: Vault,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.begun = new SealedCookie(vault.database.master, 'single-sign-on', TEN_MINUTES);
    this.states = new UsedOnce(vault);
  }

  of(authority: string): SignOnProvider | undefined {
    return this.config.providers.find((each) => each.authority === authority);
  }

  /** Where to send the browser, and the cookie that it must bring back. */
  async begin(provider: SignOnProvider, next: string): Promise<{ to: string; cookie: string }> {
    const [state, nonce, verifier] = [oidc.randomState(), oidc.randomNonce(), oidc.randomPKCECodeVerifier()];
    const to = oidc.buildAuthorizationUrl(await this.configuration(provider), {
      redirect_uri: this.returnsTo(provider),
      response_type: 'code',
      scope: 'openid profile',
      state,
      nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    });
    const { authority, issuer } = provider;
    return {
      to: to.href,
      cookie: this.begun.seal({ authority, issuer, state, nonce, verifier, next }, this.nowMs()),
    };
  }

  /** @param query of the address that the browser came back to. @throws SignOnRefused for anything but a clean sign-in. */
  async finish(provider: SignOnProvider, query: string, cookie: string | undefined): Promise<SignedOn> {
    const begun = this.begun.open(cookie, this.nowMs());
    if (begun?.authority !== provider.authority || begun.issuer !== provider.issuer)
      throw new SignOnRefused('not begun here');
    const { state, nonce, verifier, next } = begun;
    const given = new URLSearchParams(query);
    if ([...given.keys()].some((key, index, all) => all.indexOf(key) !== index)) throw new SignOnRefused('given twice');
    if (given.get('state') !== state) throw new SignOnRefused('state');
    if (!(await this.states.first(state, this.nowMs(), this.nowMs() + TEN_MINUTES))) throw new SignOnRefused('used');
    // Built from our own address, whatever host the request asked for.
    const url = new URL(`${this.returnsTo(provider)}?${given.toString()}`);
    const claims = await this.exchange(provider, url, { state, nonce, verifier });
    const fault = faultOf(claims, provider, this.nowMs() / 1000);
    if (fault) throw new SignOnRefused(fault);
    return {
      issuer: provider.issuer,
      subject: claims.sub,
      name: nameIn(claims),
      roles: rolesOf(claims[provider.rolesClaim], provider.roles),
      ...waysIn(claims),
      next,
    };
  }

  /** Exactly this, registered at the provider. An address for each council tells whose code it is (RFC 9700 §4.4.2.2). */
  returnsTo({ authority }: SignOnProvider): string {
    return `${this.config.baseUrl}/sign-in/return/${authority}`;
  }

  private async exchange(
    provider: SignOnProvider,
    url: URL,
    { state, nonce, verifier }: Pick<Begun, 'state' | 'nonce' | 'verifier'>,
  ): Promise<oidc.IDToken> {
    try {
      const tokens = await oidc.authorizationCodeGrant(await this.configuration(provider), url, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      if (claims) return claims;
    } catch (error) {
      if (error instanceof SignOnRefused) throw error;
      throw new SignOnRefused(reasonOf(error));
    }
    throw new SignOnRefused('no ID token');
  }

  /** Found once; a provider that did not answer is asked again the next time. */
  private configuration(provider: SignOnProvider): Promise<oidc.Configuration> {
    const found = this.known.get(provider.authority) ?? this.discover(provider);
    this.known.set(provider.authority, found);
    found.catch(() => this.known.delete(provider.authority));
    return found;
  }

  private async discover(provider: SignOnProvider): Promise<oidc.Configuration> {
    const { issuer, clientId, clientSecret, algorithm } = provider;
    const isHere = issuer.startsWith('http:');
    const configuration = await oidc
      .discovery(
        new URL(issuer),
        clientId,
        { id_token_signed_response_alg: algorithm, [oidc.clockTolerance]: CLOCK_TOLERANCE },
        oidc.ClientSecretBasic(clientSecret),
        // http:// only for a provider on this very machine: OIDC_FILE refuses every other (isSafeIssuer).
        // eslint-disable-next-line @typescript-eslint/no-deprecated
        { timeout: PATIENCE, execute: isHere ? [oidc.allowInsecureRequests] : [] },
      )
      .catch((error: unknown) => {
        throw new SignOnRefused(`no discovery: ${reasonOf(error)}`);
      });
    if (configuration.serverMetadata().issuer !== issuer) throw new SignOnRefused('issuer of discovery');
    oidc.enableNonRepudiationChecks(configuration);
    return configuration;
  }

  private nowMs(): number {
    return Date.parse(this.clock.now().instant);
  }
}

/** The library's own code, never a text of the provider: it may hold anything, also a name. */
const reasonOf = (error: unknown): string => {
  const code = (error as { code?: unknown } | undefined)?.code;
  return typeof code === 'string' && /^[A-Z_]{1,60}$/.test(code) ? code : 'provider';
};
