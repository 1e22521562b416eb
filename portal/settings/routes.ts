import type { Router } from "@koa/router";
import type { Middleware } from "koa";
import { paths } from "../paths.ts";
import type { Screen } from "../visit.ts";
import { showSettings } from "./frame.ts";
import { inboxRoutes } from "./inboxes/routes.ts";
import { peopleRoutes } from "./people/routes.ts";
import { profileRoutes } from "./profile/routes.ts";
import { teamRoutes } from "./teams/routes.ts";
import { tokenRoutes } from "./tokens/routes.ts";

/** What the settings' pages tell of their surroundings. */
export type SettingsSurroundings = { publicUrl: string; isProviderEmbedded: boolean };

type SignedIn = (screen: Screen) => Middleware;

/** The addresses of the settings: one's own and the teams for everyone, people and inboxes for owners and admins. */
export function settingsRoutes(router: Router, signedIn: SignedIn, surroundings: SettingsSurroundings): void {
  router.get(paths.settings, signedIn(showNothing));
  profileRoutes(router, signedIn);
  tokenRoutes(router, signedIn);
  peopleRoutes(router, signedIn, surroundings);
  teamRoutes(router, signedIn);
  inboxRoutes(router, signedIn, surroundings);
}

const showNothing: Screen = async (ctx, visit) => {
  await showSettings(ctx, visit, { title: visit.reader.words.settings, at: paths.settings, content: null });
};
