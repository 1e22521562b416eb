import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Koa from "koa";
import { authenticateSession } from "../../api/edge/authenticate.ts";
import type { IdentitySettings } from "../../api/edge/identity-client.ts";
import { addAccount } from "../../api/edge/identity-provider/identity-file.ts";
import { identityProvider } from "../../api/edge/identity-provider/identity-provider.ts";
import { embeddedIdentity } from "../../api/edge/identity-provider/provider.ts";
import { readSessionCookie } from "../../api/edge/session-cookie.ts";
import { signInRoutes } from "../../api/edge/sign-in.ts";

const secret = "a secret of at least thirty-two characters";

/** Beseda's sign-in and its embedded provider on a real port; every other path tells who is signed in. */
export type SignInServer = { url: string; stateDir: string; close: () => Promise<void> };

/** Starts the server. `identity` changes what the sign-in believes of its provider. */
export async function signInServer(identity: Partial<IdentitySettings> = {}): Promise<SignInServer> {
  const app = new Koa();
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://localhost:${(server.address() as AddressInfo).port}`;
  const stateDir = mkdtempSync(join(tmpdir(), "beseda-identity-"));

  const settings = { publicUrl: url, secret, stateDir };
  app.use(await identityProvider({ ...settings, isProduction: false }));
  app.use(
    signInRoutes({
      publicUrl: url,
      secret,
      identity: { ...embeddedIdentity(settings), ...identity },
    }).routes() as Koa.Middleware,
  );
  app.use(async (ctx) => {
    const actor = await authenticateSession(readSessionCookie(ctx.get("cookie"), url));
    ctx.status = actor ? 200 : 401;
    ctx.body = actor ? `Hello ${actor.name}` : "Nobody";
  });
  server.on("request", app.callback());
  return { url, stateDir, close: () => close(server, stateDir) };
}

async function close(server: Server, stateDir: string): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  rmSync(stateDir, { recursive: true, force: true });
}

/** Gives each of these people an account at the server's provider, with the password "correct horse". */
export async function addPeople(
  stateDir: string,
  people: { sub: string; name: string; email: string }[],
): Promise<void> {
  await Promise.all(
    people.map((person) => addAccount(stateDir, { ...person, password: "correct horse", roles: ["agent"] })),
  );
}
