import Provider, { type Configuration, type KoaContextWithOIDC } from "oidc-provider";
import { purposeKey } from "../../kernel/purpose-key.ts";
import { showSignInProblem } from "../sign-in-problem.ts";
import { keycloakClaims } from "./accounts.ts";
import { type Identity, readIdentityFile } from "./identity-file.ts";
import { memoryStore } from "./memory-store.ts";
import { askSignOut, endSilently, showSignedOut } from "./sign-out-page.ts";

/** Where the embedded provider stands under the public URL. */
export const MOUNT = "/oidc";

const CLIENT_ID = "beseda";
const SESSION_SECONDS = 8 * 3_600;

export type EmbeddedSettings = { publicUrl: string; secret: string; stateDir: string };

/** What the house's own sign-in needs to know to use the embedded provider. */
export function embeddedIdentity({ publicUrl, secret }: Pick<EmbeddedSettings, "publicUrl" | "secret">): {
  issuer: string;
  clientId: string;
  clientSecret: string;
} {
  const clientSecret = Buffer.from(purposeKey(secret, "embedded provider client")).toString("base64url");
  return { issuer: publicUrl + MOUNT, clientId: CLIENT_ID, clientSecret };
}

/**
 * The OpenID Connect provider itself: one client, code flow, PKCE demanded, exact redirect URI, no consent page. Begun
 * sign-ins and its own sessions are in memory: a restart asks for the password again.
 */
export function embeddedProvider(settings: EmbeddedSettings, identity: Identity): Provider {
  const provider = new Provider(settings.publicUrl + MOUNT, configuration(settings, identity));
  // Everything it builds addresses from is set by the mount, see there.
  provider.proxy = true;
  provider.use(endSilently);
  return provider;
}

function configuration(settings: EmbeddedSettings, identity: Identity): Configuration {
  const { clientId, clientSecret } = embeddedIdentity(settings);
  return {
    adapter: memoryStore(),
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: [`${settings.publicUrl}/sign-in/callback`],
        post_logout_redirect_uris: [`${settings.publicUrl}/signed-out`],
      },
    ],
    jwks: { keys: identity.keys as NonNullable<Configuration["jwks"]>["keys"] },
    cookies: {
      keys: identity.cookieKeys,
      names: { session: "beseda-oidc", interaction: "beseda-oidc-login", resume: "beseda-oidc-resume" },
      long: { path: MOUNT, httpOnly: true, sameSite: "lax" },
      short: { httpOnly: true, sameSite: "lax" },
    },
    pkce: { required: () => true },
    allowOmittingSingleRegisteredRedirectUri: false,
    conformIdTokenClaims: false,
    claims: {
      openid: ["sub"],
      email: ["email", "email_verified"],
      profile: ["name", "preferred_username", "realm_access", "groups"],
    },
    scopes: ["openid", "email", "profile"],
    responseTypes: ["code"],
    features: {
      devInteractions: { enabled: false },
      resourceIndicators: { enabled: false },
      dPoP: { enabled: false },
      rpInitiatedLogout: { enabled: true, logoutSource: askSignOut, postLogoutSuccessSource: showSignedOut },
    },
    interactions: { url: (_ctx, interaction) => `${MOUNT}/login/${interaction.uid}` },
    findAccount: async (_ctx, sub) => {
      const account = (await readIdentityFile(settings.stateDir))?.accounts.find((each) => each.sub === sub);
      return account && { accountId: sub, claims: async () => keycloakClaims(account) };
    },
    loadExistingGrant: grantWithoutAsking,
    clientBasedCORS: () => false,
    renderError: (ctx) => showSignInProblem(ctx, "sign_in_refused"),
    ttl: {
      AccessToken: 600,
      AuthorizationCode: 60,
      Grant: SESSION_SECONDS,
      IdToken: 3_600,
      Interaction: 600,
      Session: SESSION_SECONDS,
    },
  };
}

/** Beseda asks for a sign-in at Beseda: there is nobody to consent to. */
async function grantWithoutAsking(ctx: KoaContextWithOIDC) {
  const { client, session, provider } = ctx.oidc;
  const granted = session?.grantIdFor(client!.clientId);
  if (granted) return provider.Grant.find(granted);
  const grant = new provider.Grant({ clientId: client!.clientId, accountId: session!.accountId! });
  grant.addOIDCScope("openid email profile");
  await grant.save();
  return grant;
}
