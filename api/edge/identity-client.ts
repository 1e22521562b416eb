import * as oidc from "openid-client";
import { log } from "../kernel/logging.ts";
import { done, type Outcome, refuse } from "../kernel/outcome.ts";
import type { ProviderSubject } from "../people/actions/link-agent.ts";

const TIMEOUT_SECONDS = 10;

/** The identity provider that staff sign in at. */
export type IdentitySettings = {
  /** Exactly as the provider names itself. */
  issuer: string;
  clientId: string;
  /** Absent: a public client, which PKCE alone protects. */
  clientSecret?: string | undefined;
  /** Where this process reaches the issuer, if not under the issuer's own origin: the embedded provider behind a mapped port. */
  reachedAt?: string | undefined;
};

/** A provider's answer that was checked: who it is, and the token to give back at sign-out. */
export type SignedIn = { subject: ProviderSubject; idToken: string | undefined };

export type SignInChecks = { state: string; nonce: string; codeVerifier: string };

export type IdentityClient = {
  /** Where to send the browser to sign in. */
  authorizationUrl: (
    checks: SignInChecks,
    options: { redirectUri: string; prompt?: string; locale: string },
  ) => Promise<Outcome<URL, "provider_unavailable">>;
  /** Takes the provider's answer, as it stands in the callback's address, for a checked person. */
  redeem: (
    callback: URL,
    checks: SignInChecks,
  ) => Promise<Outcome<SignedIn, "provider_unavailable" | "sign_in_refused" | "sign_in_cancelled">>;
  /** Where to send the browser to sign out there too; nothing where the provider has no such place. */
  signOutUrl: (idToken: string | undefined, returnTo: string) => Promise<URL | undefined>;
};

/**
 * Speaks to an OpenID Connect provider: code flow, PKCE S256, state, nonce, exact issuer and audience, signature of the
 * id token. What the provider says of itself is asked for at the first use, and again after a failure.
 */
export function identityClient(settings: IdentitySettings): IdentityClient {
  const configuration = lazily(() => discover(settings));

  return {
    authorizationUrl: async (checks, { redirectUri, prompt, locale }) => {
      const provider = await configuration();
      if (!provider) return refuse("provider_unavailable");
      return done(
        oidc.buildAuthorizationUrl(provider, {
          redirect_uri: redirectUri,
          scope: "openid email profile",
          response_type: "code",
          state: checks.state,
          nonce: checks.nonce,
          code_challenge: await oidc.calculatePKCECodeChallenge(checks.codeVerifier),
          code_challenge_method: "S256",
          ui_locales: locale,
          ...(prompt ? { prompt } : {}),
        }),
      );
    },

    redeem: async (callback, checks) => {
      const provider = await configuration();
      return provider ? redeem(provider, callback, checks) : refuse("provider_unavailable");
    },

    signOutUrl: async (idToken, returnTo) => {
      const provider = await configuration();
      if (!provider?.serverMetadata().end_session_endpoint) return undefined;
      const parameters = new URLSearchParams({ post_logout_redirect_uri: returnTo });
      if (idToken) parameters.set("id_token_hint", idToken);
      return oidc.buildEndSessionUrl(provider, parameters);
    },
  };
}

/** Remembers what was found, never that it was not: a provider that starts after us is found at the next try. */
function lazily<T>(find: () => Promise<T | undefined>): () => Promise<T | undefined> {
  let found: Promise<T | undefined> | undefined;
  return async () => {
    found ??= find();
    const answer = await found;
    if (answer === undefined) found = undefined;
    return answer;
  };
}

async function discover(settings: IdentitySettings): Promise<oidc.Configuration | undefined> {
  const issuer = new URL(settings.issuer);
  const authentication = settings.clientSecret ? oidc.ClientSecretBasic(settings.clientSecret) : oidc.None();
  const execute = [oidc.enableNonRepudiationChecks];
  // Without TLS anyone on the way could answer for the issuer: only where there is no way, on this machine.
  if (issuer.protocol === "http:" && isLoopback(issuer.hostname)) execute.push(oidc.allowInsecureRequests);
  try {
    return await oidc.discovery(issuer, settings.clientId, {}, authentication, {
      timeout: TIMEOUT_SECONDS,
      execute,
      ...(settings.reachedAt ? { [oidc.customFetch]: fetchThrough(issuer.origin, settings.reachedAt) } : {}),
    });
  } catch (fault) {
    log().warn({ issuer: settings.issuer, reason: reasonOf(fault) }, "The identity provider cannot be reached.");
    return undefined;
  }
}

/** Whether the host is this machine by name or number. */
export function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);
}

function fetchThrough(origin: string, reachedAt: string): oidc.CustomFetch {
  return (url, options) =>
    fetch(url.startsWith(`${origin}/`) ? reachedAt + url.slice(origin.length) : url, options as RequestInit);
}

async function redeem(
  provider: oidc.Configuration,
  callback: URL,
  checks: SignInChecks,
): Promise<Outcome<SignedIn, "provider_unavailable" | "sign_in_refused" | "sign_in_cancelled">> {
  try {
    const tokens = await oidc.authorizationCodeGrant(provider, callback, {
      expectedState: checks.state,
      expectedNonce: checks.nonce,
      pkceCodeVerifier: checks.codeVerifier,
      idTokenExpected: true,
    });
    const claims = await allClaims(provider, tokens);
    const email = typeof claims.email === "string" ? claims.email : undefined;
    const subject = { issuer: claims.iss, subject: claims.sub, email, emailVerified: claims.email_verified === true };
    return done({ subject, idToken: tokens.id_token });
  } catch (fault) {
    // Only the reason is logged: the fault itself carries codes and tokens.
    log().warn({ reason: reasonOf(fault) }, "A sign-in was refused.");
    return refuse(refusalOf(fault));
  }
}

type Tokens = Awaited<ReturnType<typeof oidc.authorizationCodeGrant>>;

/** The id token's claims; those of the userinfo endpoint too where the id token does not tell the address. */
async function allClaims(provider: oidc.Configuration, tokens: Tokens): Promise<oidc.IDToken> {
  const claims = tokens.claims()!;
  if (claims.email !== undefined || !provider.serverMetadata().userinfo_endpoint) return claims;
  const more = await oidc.fetchUserInfo(provider, tokens.access_token, claims.sub);
  return { ...claims, email: more.email, email_verified: more.email_verified };
}

function refusalOf(fault: unknown): "provider_unavailable" | "sign_in_refused" | "sign_in_cancelled" {
  if (fault instanceof oidc.AuthorizationResponseError && fault.error === "access_denied") return "sign_in_cancelled";
  const code = fault instanceof oidc.ClientError ? fault.code : undefined;
  const isUnreachable =
    fault instanceof TypeError || code === "OAUTH_TIMEOUT" || code === "OAUTH_RESPONSE_IS_NOT_CONFORM";
  return isUnreachable ? "provider_unavailable" : "sign_in_refused";
}

function reasonOf(fault: unknown): string {
  if (!(fault instanceof Error)) return String(fault);
  const { error, code } = fault as { error?: string; code?: string };
  return [fault.name, code, error, fault.message].filter(Boolean).join(" ");
}
