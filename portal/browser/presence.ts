import type { Present } from "../../api/people/presence/queries.ts";
import { ownLine, saidOf, statusLine } from "../presence/mark.ts";
import { paths } from "../paths.ts";
import { keepPresences, readMarks } from "./faces.ts";
import { myId, type RequestDetail, reader } from "./here.ts";
import { post } from "./post.ts";

/** After how long without a hand on it a window is left alone, in ms. */
const LEFT_ALONE_MS = 5 * 60_000;
/** How often a hidden window says that it is there, in ms: it has no stream, and browsers let it speak no oftener. */
const REPEAT_MS = 60_000;
/** Between two looks at the hand, in ms: pointers move all the time. */
const LOOK_MS = 5_000;

/** Names this window to the server, as long as it is open; other windows have other names. */
const device = crypto.getRandomValues(new Uint32Array(4)).join("-");
let activity: "online" | "away" = "online";
/** A page that is left is hidden after that, and is not there any more. */
let isLeft = false;
let usedAt = 0;
let leaving: ReturnType<typeof setTimeout>;
let repeating: ReturnType<typeof setInterval>;

/** Shows how colleagues are, and tells the server whether this window is used. */
export function watchPresence(): void {
  readMarks();
  document.addEventListener("presence", (event) => show(JSON.parse((event as CustomEvent).detail.data)));
  document.addEventListener("htmx:config:request", (event) => {
    const { sourceElement, request } = (event as CustomEvent<RequestDetail>).detail.ctx;
    if (sourceElement.id === "live")
      Object.assign(request.headers, { "Beseda-Device": device, "Beseda-Activity": activity });
  });
  // A stream that comes again says what it said at first.
  document.addEventListener("htmx:sse:after:connection", () => activity === "away" && say("away"));
  for (const sign of ["pointermove", "pointerdown", "keydown", "wheel", "focus"])
    addEventListener(sign, use, { capture: true, passive: true });
  document.addEventListener("visibilitychange", changeVisibility);
  addEventListener("pagehide", leave);
  addEventListener("pageshow", () => {
    isLeft = false;
    use();
  });
  document.addEventListener("submit", ({ target }) => {
    (target as Element).closest<HTMLDialogElement>("#status-dialog")?.close();
  });
  use();
}

function show(agents: readonly Present[]): void {
  const own = agents.find(({ agentId }) => agentId === myId());
  const line = document.getElementById("own-line");
  const looking = reader();
  keepPresences(agents);
  for (const told of agents) {
    const { endsAt } = told.status;
    const present = { ...told, status: { ...told.status, endsAt: endsAt && new Date(endsAt) } };
    const id = CSS.escape(told.agentId);
    for (const mark of document.querySelectorAll<HTMLElement>(`[data-of="${id}"]`))
      mark.dataset.presence = told.presence;
    for (const place of document.querySelectorAll(`[data-said-of="${id}"]`)) put(place, saidOf(present, looking));
    for (const place of document.querySelectorAll(`[data-status-of="${id}"]`)) put(place, statusLine(present, looking));
    if (told === own && line) put(line, ownLine(present, looking));
  }
  if (own) fillStatusForm(own.status);
}

/** The dialog begins with what is said now. */
function fillStatusForm({ availability, emoji, text }: Present["status"]): void {
  const form = document.querySelector<HTMLFormElement>("#status-dialog:not([open]) .form");
  if (!form) return;
  form.reset();
  const fields = form.elements as HTMLFormControlsCollection & Record<"availability" | "text", HTMLInputElement>;
  fields.availability.value = availability;
  fields.text.value = [emoji, text].filter(Boolean).join(" ");
}

function put(place: Element, text: string): void {
  if (place.textContent !== text) place.textContent = text;
}

function use(): void {
  if (document.hidden || Date.now() - usedAt < LOOK_MS) return;
  usedAt = Date.now();
  clearTimeout(leaving);
  leaving = setTimeout(() => say("away"), LEFT_ALONE_MS);
  if (activity === "away") say("online");
}

function leave(): void {
  isLeft = true;
  if (document.hidden) void tell("no");
}

function changeVisibility(): void {
  clearInterval(repeating);
  if (isLeft) return;
  if (document.hidden) repeating = setInterval(() => void tell("yes"), REPEAT_MS);
  void tell(document.hidden ? "yes" : "no");
  usedAt = 0;
  use();
}

function say(next: typeof activity): void {
  activity = next;
  void tell(document.hidden ? "yes" : "no");
}

/** `held`: whether the window has no stream, and is there all the same. */
function tell(held: "yes" | "no"): Promise<number> {
  return post(paths.presence, { device, activity, held });
}
