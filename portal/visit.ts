import type { Context } from "koa";
import type { AgentActor } from "../api/kernel/actor.ts";
import type { PageAssets } from "./frame.ts";
import type { Reader } from "./reader.ts";

/** What every screen is given: who looks, and how they read. */
export type Visit = { agent: AgentActor; reader: Reader; assets: PageAssets };

/** Something that answers a request of an agent who is signed in. */
export type Screen = (ctx: Context, visit: Visit) => Promise<void>;

/** Whether htmx asks for a part of the page, which is then answered alone. */
export function wantsPart(ctx: Context): boolean {
  return ctx.get("hx-request") === "true" && ctx.get("hx-request-type") !== "full";
}
