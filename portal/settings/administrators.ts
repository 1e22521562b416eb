import type { Context } from "koa";
import { mayAdminister } from "../../api/people/policy.ts";
import { showRefusal } from "../problem/refusal.ts";
import type { Screen, Visit } from "../visit.ts";

/** Shows a screen to owners and admins alone; what it does is refused to others by its actions too. */
export function forAdministrators(screen: Screen): Screen {
  return async (ctx: Context, visit: Visit) =>
    mayAdminister(visit.agent) ? screen(ctx, visit) : showRefusal(ctx, visit, "not_permitted");
}
