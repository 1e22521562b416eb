import type { Router } from "@koa/router";
import type { Context, Middleware } from "koa";
import { now } from "../../api/kernel/clock.ts";
import { setStatus } from "../../api/people/actions/set-status.ts";
import { sayActivity } from "../../api/people/presence/directory.ts";
import type { StatusInput } from "../../api/people/presence/status.ts";
import { dayKey, type Eyes } from "../../words/time.ts";
import { paths } from "../paths.ts";
import { showRefusal } from "../problem/refusal.ts";
import { fieldOf, type Screen, seeOther, type Visit, wantsPart } from "../visit.ts";
import { wordsOf } from "./mark.ts";
import { type End, ENDS, SUGGESTED, SUGGESTIONS } from "./status-form.ts";

/** The addresses by which an agent says what they do: in words, and by using their window or not. */
export function presenceRoutes(router: Router, signedIn: (screen: Screen) => Middleware): void {
  router.post(paths.status, signedIn(save));
  router.post(paths.presence, signedIn(say));
}

async function save(ctx: Context, visit: Visit): Promise<void> {
  const set = await setStatus(visit.agent, fieldOf(ctx, "clear") ? {} : statusIn(ctx, visit));
  if (!set.ok) return showRefusal(ctx, visit, set.refusal);
  if (wantsPart(ctx)) ctx.status = 204;
  else seeOther(ctx, pageBefore(ctx));
}

function statusIn(ctx: Context, { reader }: Visit): StatusInput {
  const suggestion = SUGGESTIONS.find((name) => name === fieldOf(ctx, "suggestion"));
  if (suggestion)
    return { ...wordsOf(reader).suggestions[suggestion], endsAt: endAt(SUGGESTED[suggestion], now(), reader) };
  const availability = (["available", "away", "do_not_disturb"] as const).find(
    (each) => each === fieldOf(ctx, "availability"),
  );
  const end = ENDS.find((each) => each === fieldOf(ctx, "end")) ?? "never";
  return { availability, ...readWords(fieldOf(ctx, "text")), endsAt: endAt(end, now(), reader) };
}

const LEADING_EMOJI = /^\s*(\p{RGI_Emoji})/v;

/** An emoji that comes first stands beside the text. */
function readWords(words: string): { emoji: string | null; text: string } {
  const emoji = LEADING_EMOJI.exec(words)?.[1] ?? null;
  return { emoji, text: words.replace(LEADING_EMOJI, "") };
}

const MINUTE = 60_000;

/** When a status ends that is to end so: "today" with the day where the agent is. */
export function endAt(end: End, at: Date, eyes: Eyes): Date | null {
  if (end === "never") return null;
  if (end !== "today") return new Date(at.getTime() + (end === "half" ? 30 : 60) * MINUTE);
  const today = dayKey(at, eyes);
  // No day has more than 25 hours; where it changes is found by halves, to the minute.
  let [within, beyond] = [Math.floor(at.getTime() / MINUTE), Math.floor(at.getTime() / MINUTE) + 26 * 60];
  while (beyond - within > 1) {
    const middle = Math.floor((within + beyond) / 2);
    if (dayKey(new Date(middle * MINUTE), eyes) === today) within = middle;
    else beyond = middle;
  }
  return new Date(beyond * MINUTE);
}

/** Without a script the browser goes back to the page on which the form stood. */
function pageBefore(ctx: Context): string {
  const page = URL.parse(ctx.get("referer"));
  return page?.pathname.startsWith("/portal/") ? page.pathname + page.search : paths.profile;
}

const DEVICE = /^[\w-]{8,64}$/;

async function say(ctx: Context, { agent }: Visit): Promise<void> {
  ctx.status = 204;
  const device = fieldOf(ctx, "device");
  const activity = fieldOf(ctx, "activity") === "away" ? "away" : "online";
  if (DEVICE.test(device)) sayActivity(agent, { device, activity, isHeld: fieldOf(ctx, "held") === "yes" });
}

/** The device and what is done at it, as a stream's request says. A window that does not say is a device of its own, in use. */
export function deviceOf(ctx: Context): { device: string | undefined; activity: "online" | "away" } {
  const device = ctx.get("beseda-device");
  return {
    device: DEVICE.test(device) ? device : undefined,
    activity: ctx.get("beseda-activity") === "away" ? "away" : "online",
  };
}
