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

/** Which pane of the desk htmx asks for, by what it will put it into; null: for the whole page. */
export function wantedPane(ctx: Context): "list" | "conversation" | null {
  if (!wantsPart(ctx)) return null;
  return ctx.get("hx-target").endsWith("#list") ? "list" : "conversation";
}

/** The id in the address. */
export function idOf(ctx: Context): string {
  return (ctx as Context & { params: { id: string } }).params.id;
}

/** A field of the form that was sent; empty when it was not. */
export function fieldOf(ctx: Context, name: string): string {
  const [value = "", ...others] = fieldsOf(ctx, name);
  return others.length === 0 ? value : "";
}

/** All values of a field that a form may send several times, as boxes that are ticked. */
export function fieldsOf(ctx: Context, name: string): string[] {
  // As it was sent: what parses it into an object makes something else of a field that comes more than 20 times.
  const { rawBody = "" } = ctx.request as { rawBody?: string };
  return new URLSearchParams(rawBody).getAll(name);
}

/** Sends a browser that posted a form on to a page, so that reloading it posts nothing again. */
export function seeOther(ctx: Context, address: string): void {
  ctx.redirect(address);
  ctx.status = 303;
}
